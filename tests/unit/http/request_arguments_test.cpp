#include "http/request_arguments.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/base/error.hpp"
#include "hiratake/http/http_methods.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/service/service_builder.hpp"
#include "http/http_entrypoint.hpp"

namespace hiratake::http {
namespace {

template <class ServiceClass>
class TestService : public ServiceBuilder<ServiceClass>, public HttpMethods<TestService<ServiceClass>, ServiceClass> {};

enum class Color { red, green };

struct Order {
    std::string customer;
    std::vector<long> items;
};

struct Filter {
    std::optional<int> size;
    bool large = false;
    static constexpr auto missing_fields = MissingFields::keep_defaults;
};

struct Shop {
    static constexpr auto name = "shop";

    void pick(long, Color, std::optional<double>, std::vector<int>, bool) {}
    void visit(std::string, std::string, std::vector<std::string>) {}
    void replace(long, Order) {}
    void change(long, std::string, std::string) {}
    void wait(std::chrono::milliseconds, std::chrono::year_month_day) {}
    void upload(std::vector<std::byte>) {}
    void list(Filter) {}
    void publish(std::string, std::optional<int>, bool, UploadedFile, std::vector<UploadedFile>) {}
    void rename(std::string, std::vector<std::string>, std::optional<int>) {}
};

class RequestArgumentsTest : public testing::Test {
  protected:
    RequestArgumentsTest() { request_.method = "GET"; }

    void use(RouteOptions&) {
        auto definition = std::move(shop_).finish();
        entrypoint_ = std::move(definition.entrypoints.front());
    }
    void send(std::string method, std::string body, std::string content_type = "application/json") {
        request_.method = std::move(method);
        request_.headers.set("Content-Length", std::to_string(body.size()));
        request_.headers.set("Content-Type", std::move(content_type));
        request_.body = std::move(body);
    }
    RequestArguments read() {
        const auto& route = static_cast<const HttpEntrypoint&>(*entrypoint_);
        return read_request_arguments(route.method(), route.body_kind(), limits_, request_);
    }
    std::string values() {
        auto arguments = read();
        return arguments.problem ? arguments.problem->body : write_json(arguments.arguments.values);
    }
    int status() { return read().problem.value_or(Response{}).status; }
    /// "path: problem; expected", a line for each error.
    std::string errors() {
        const Value document = parse_json(read().problem.value_or(Response::json(Object{})).body);
        std::string lines;
        const Value* list = document.find("errors");
        for (const Value& error : list ? list->as_array() : Array{}) {
            const Value* expected = error.find("expected");
            lines += error.find("path")->as_string() + ": " + error.find("problem")->as_string() +
                     (expected ? "; " + expected->as_string() : "") + "\n";
        }
        return lines;
    }

    TestService<Shop> shop_;
    std::unique_ptr<Entrypoint> entrypoint_;
    Request request_;
    FormLimits limits_;
};

TEST_F(RequestArgumentsTest, reads_texts_as_the_types_of_their_parameters) {
    use(shop_.get<&Shop::pick>("/{id}", "id", "color", "weight", "sizes", arg("loud", false)));
    request_.path_variables = {{"id", "17"}};
    request_.query = {{"color", "red"}, {"weight", "0.5"}, {"sizes", "4"}, {"sizes", "2"}, {"loud", "1"}};
    EXPECT_EQ(values(), R"([17, "red", 0.5, [4, 2], true])");
    request_.query = {{"color", "green"}, {"sizes", "4"}, {"unknown", "ignored"}};
    EXPECT_EQ(values(), R"([17, "green", null, [4], false])") << "an optional and a default may be missing";
}

TEST_F(RequestArgumentsTest, takes_defaults_in_any_order) {
    use(shop_.get<&Shop::pick>("/pick", arg("id", 1), "color", "weight", query("sizes", Array{4}), "loud"));
    request_.query = {{"color", "red"}, {"loud", "1"}};
    EXPECT_EQ(values(), R"([1, "red", null, [4], true])");
    request_.query = {{"color", "red"}};
    EXPECT_EQ(errors(), "query.loud: it is missing; a boolean\n");
}

TEST_F(RequestArgumentsTest, reports_all_that_is_wrong_with_its_place_in_the_request) {
    use(shop_.get<&Shop::pick>("/{id}", arg("id").minimum(1), "color", "weight", "sizes", arg("loud", false)));
    request_.path_variables = {{"id", "17"}};
    request_.query = {{"color", "blue"}, {"weight", "nan"}, {"sizes", "4"}, {"sizes", "x"}, {"loud", "yes"}};
    EXPECT_EQ(errors(),
              "query.color: got 'blue'; one of 'red', 'green'\n"
              "query.weight: got 'nan'; a number\n"
              "query.sizes[1]: got 'x'; an integer\n"
              "query.loud: got 'yes'; a boolean\n");
    EXPECT_EQ(status(), 422);
    request_.path_variables = {{"id", "0"}};
    EXPECT_EQ(errors(), "path.id: got 0; an integer from 1 to 9223372036854775807\n");
    EXPECT_EQ(status(), 404);
}

TEST_F(RequestArgumentsTest, refuses_a_single_value_that_is_given_twice) {
    use(shop_.get<&Shop::pick>("/{id}", "id", "color", "weight", "sizes", arg("loud", false)));
    request_.path_variables = {{"id", "17"}};
    request_.query = {{"color", "red"}, {"color", "green"}, {"sizes", "1"}};
    EXPECT_EQ(errors(),
              "query.color: it is there 2 times; one value\nquery.color: it is missing; one of 'red', 'green'\n");
}

TEST_F(RequestArgumentsTest, refuses_texts_that_are_no_utf8) {
    use(shop_.get<&Shop::visit>("/", query("tenant"), query("session"), query("languages", Array{})));
    request_.query = {{"tenant", "\xff"}, {"session", "ok"}};
    EXPECT_EQ(errors().substr(0, errors().find('\n')), "query.tenant: got bytes that are no UTF-8; a text");
}

TEST_F(RequestArgumentsTest, reads_headers_and_cookies) {
    use(shop_.get<&Shop::visit>("/", header("X-Tenant", "tenant").pattern("^[a-z]+$"), cookie("session"),
                                header("Accept-Language", "languages", Array{})));
    request_.headers = {{"x-tenant", "acme"},
                        {"Cookie", "theme=dark; session=\"abc=1\"; session=of-the-site"},
                        {"Accept-Language", "de, en-GB;q=0.5 ,"},
                        {"Accept-Language", "fr"}};
    EXPECT_EQ(values(), R"(["acme", "abc=1", ["de", "en-GB;q=0.5", "fr"]])");
    request_.headers = {{"X-Tenant", "ACME"}};
    EXPECT_EQ(errors(),
              "cookie.session: it is missing; a string\n"
              "header.X-Tenant: got 'ACME'; a string that matches ^[a-z]+$\n");
}

TEST_F(RequestArgumentsTest, takes_the_whole_body_as_one_argument) {
    use(shop_.put<&Shop::replace>("/{id}", "id", body("order")));
    request_.path_variables = {{"id", "17"}};
    send("PUT", R"({"customer": "Ann", "items": [1, 2]})");
    EXPECT_EQ(values(), R"([17, {"customer": "Ann", "items": [1, 2]}])");
    send("PUT", R"({"items": [1, "two"]})");
    EXPECT_EQ(errors(), "body.customer: it is missing; a string\nbody.items[1]: got a string; an integer\n");
    send("PUT", "[]");
    EXPECT_EQ(errors(), "body: got an array; an object\n");
    send("PUT", "");
    EXPECT_EQ(errors(), "body: it is missing; an object\n");
    request_.headers.erase("Content-Length");
    EXPECT_EQ(status(), 411);
}

TEST_F(RequestArgumentsTest, takes_members_of_the_body_for_what_comes_from_nowhere_else) {
    use(shop_.patch<&Shop::change>("/{id}", "id", "customer", header("X-Tenant", "tenant")));
    request_.path_variables = {{"id", "17"}};
    request_.headers = {{"X-Tenant", "acme"}};
    send("PATCH", R"({"customer": "Ann", "id": 18})");
    EXPECT_EQ(values(), R"([17, "Ann", "acme"])") << "the path goes first";
    send("PATCH", R"({"customer": "Ann", "tenant": "other", "more": 1})");
    EXPECT_EQ(errors(), "body.tenant: it is not known here\nbody.more: it is not known here\n");
    send("PATCH", R"({})");
    request_.query = {{"customer", "Bob"}};
    EXPECT_EQ(errors(), "body.customer: it is missing; a string\n") << "the query does not stand in for the body";
}

TEST_F(RequestArgumentsTest, refuses_bodies_of_other_types_even_empty_ones) {
    use(shop_.patch<&Shop::change>("/", query("id"), query("customer"), query("tenant")));
    request_.query = {{"id", "1"}, {"customer", "Ann"}, {"tenant", "acme"}};
    send("PATCH", "", "application/x-www-form-urlencoded");
    const auto refusal = *read().problem;
    EXPECT_EQ(refusal.status, 415) << "a form on another site can send this";
    EXPECT_EQ(*refusal.headers.find("Accept-Patch"), "application/json");
}

TEST_F(RequestArgumentsTest, takes_durations_as_seconds_and_dates_as_texts) {
    use(shop_.get<&Shop::wait>("/", "timeout", "from"));
    request_.query = {{"timeout", "1.5"}, {"from", "2024-05-01"}};
    EXPECT_EQ(values(), R"([1.5, "2024-05-01"])");
}

TEST_F(RequestArgumentsTest, hands_over_a_raw_body_of_any_type) {
    use(shop_.put<&Shop::upload>("/", raw_body("content").max_length(4)));
    send("PUT", std::string("\xff\0\x01", 3), "image/png");
    EXPECT_EQ(read().arguments.values[0].as_string(), std::string("\xff\0\x01", 3));
    send("PUT", "");
    EXPECT_EQ(read().arguments.values[0].as_string(), "");
    send("PUT", "12345");
    EXPECT_EQ(errors(), "body: got 5 characters; a string of at most 4 characters\n");
    request_.headers.erase("Content-Length");
    EXPECT_EQ(status(), 411);
}

TEST_F(RequestArgumentsTest, reads_the_fields_of_a_struct_from_the_query) {
    use(shop_.get<&Shop::list>("/"));
    request_.query = {{"size", "4"}};
    EXPECT_EQ(values(), R"([{"size": 4}])");
    request_.query = {{"size", "big"}};
    EXPECT_EQ(errors(), "query.size: got 'big'; an integer\n");
}

TEST_F(RequestArgumentsTest, reads_forms_with_files) {
    use(shop_.post<&Shop::publish>("/", form("title"), form("year"), form("public"), file("photo"),
                                   file("more").max_items(2)));
    const auto part = [](const std::string& parameters, const std::string& data) {
        return "--XX\r\nContent-Disposition: form-data; " + parameters + "\r\n\r\n" + data + "\r\n";
    };
    const auto photo = part("name=photo; filename=cat.png", "bytes of a cat");
    const auto more = part("name=more; filename=1.txt", "one");
    const auto type = "multipart/form-data; boundary=XX";
    send("POST",
         part("name=title", "Cat") + part("name=year", "") + part("name=public", "on") + photo + more + more +
             part("name=go", "") + part("name=unknown; filename=x", "x") + "--XX--",
         type);
    EXPECT_EQ(values(),
              R"(["Cat", null, true, {"filename": "cat.png", "content_type": "application/octet-stream", "size": 14}, )"
              R"([{"filename": "1.txt", "content_type": "application/octet-stream", "size": 3}, )"
              R"({"filename": "1.txt", "content_type": "application/octet-stream", "size": 3}]])");
    const auto arguments = read().arguments;
    EXPECT_EQ(arguments.files[3][0].read(), "bytes of a cat");
    EXPECT_EQ(arguments.files[4][1].read(), "one");

    send("POST",
         part("name=public", "true") + part("name=photo", "no file") + part("name=title; filename=t", "no text") +
             part("name=more; filename=\"\"", "") + photo + photo + "--XX--",
         type);
    EXPECT_EQ(errors(),
              "form.photo: it is there 2 times; one file\n"
              "form.title: it is missing; a string\n"
              "form.photo: it is missing\n"
              "form.more: it is missing; an array\n");
    limits_.max_field_bytes = 2;
    send("POST", part("name=title", "Cat") + "--XX--", type);
    EXPECT_EQ(status(), 413);
    send("POST", part("name=title", "Cat of the neighbours"), type);
    EXPECT_EQ(status(), 413) << "what was wrong first";
    send("POST", photo, type);
    EXPECT_EQ(status(), 400);
    send("POST", photo, "multipart/form-data");
    EXPECT_EQ(status(), 400);
    send("POST", "title=Cat", "application/x-www-form-urlencoded");
    EXPECT_EQ(status(), 415) << "no files can come that way";
    send("POST", "{}", "application/json");
    EXPECT_EQ(status(), 415);
}

TEST_F(RequestArgumentsTest, reads_forms_of_both_encodings) {
    use(shop_.post<&Shop::rename>("/", form("name").min_length(1), form("tags", Array{}), form("size", Value{})));
    send("POST", "name=a+cat%21&tags=x&tags=&size=&tags=y,z&go=1", "application/x-www-form-urlencoded; charset=UTF-8");
    EXPECT_EQ(values(), R"(["a cat!", ["x", "", "y,z"], null])");
    send("POST", "--XX\r\nContent-Disposition: form-data; name=name\r\n\r\nb\r\n--XX--",
         "multipart/form-data; boundary=XX");
    EXPECT_EQ(values(), R"(["b", [], null])");
    send("POST", "name=&size=big", "application/x-www-form-urlencoded");
    EXPECT_EQ(errors(),
              "form.name: got 0 characters; a string of at least 1 characters\n"
              "form.size: got 'big'; an integer\n");
    send("POST", "name=%zz", "application/x-www-form-urlencoded");
    EXPECT_EQ(status(), 400);
}

TEST_F(RequestArgumentsTest, keeps_large_and_odd_numbers_apart) {
    EXPECT_EQ(value_of_text(TextKind::number, "18446744073709551615").to_unsigned(), 18446744073709551615u);
    EXPECT_EQ(value_of_text(TextKind::number, "-9223372036854775808"), Value(std::numeric_limits<std::int64_t>::min()));
    EXPECT_EQ(value_of_text(TextKind::number, "inf"), Value("inf"));
    EXPECT_EQ(value_of_text(TextKind::number, "1e3"), Value(1000.0));
    EXPECT_EQ(value_of_text(TextKind::number, ""), Value(""));
    EXPECT_EQ(value_of_text(TextKind::number, " 1"), Value(" 1"));
    EXPECT_EQ(value_of_text(TextKind::boolean, "TRUE"), Value("TRUE"));
}

TEST_F(RequestArgumentsTest, refuses_definitions_that_contradict_themselves) {
    EXPECT_THROW((shop_.get<&Shop::wait>("/{id}", "timeout", "from")), ConfigurationError);
    EXPECT_THROW((shop_.get<&Shop::upload>("/", body("content"))), ConfigurationError);
    EXPECT_THROW((shop_.post<&Shop::upload>("/", file("content"))), ConfigurationError);
    EXPECT_THROW((shop_.post<&Shop::rename>("/", form("name"), "tags", "size")), ConfigurationError);
    EXPECT_THROW((shop_.post<&Shop::replace>("/", "id", body("order"))), ConfigurationError);
    EXPECT_THROW((shop_.post<&Shop::replace>("/", body("id"), raw_body("order"))), ConfigurationError);
}

}  // namespace
}  // namespace hiratake::http
