#include "http/http_entrypoint.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <stdexcept>
#include <vector>

#include "hiratake/base/error.hpp"
#include "hiratake/http/body_writer.hpp"
#include "hiratake/http/http_methods.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/exceptions.hpp"
#include "hiratake/service/service_builder.hpp"
#include "http/body_source.hpp"
#include "http/upload_content.hpp"
#include "net/parker.hpp"
#include "support/test_environment.hpp"

namespace hiratake::http {
namespace {

using testing::HasSubstr;
using testing::Not;

template <class ServiceClass>
class TestService : public ServiceBuilder<ServiceClass>, public HttpMethods<TestService<ServiceClass>, ServiceClass> {};

enum class Operation { sum, mul };

struct ComputeRequest {
    Operation operation;
    long value;
    std::optional<long> other;
};

struct Item {
    std::string name;
    double price;
};

struct Shop {
    static constexpr auto name = "shop";

    std::string submit(ComputeRequest request) { return std::to_string(request.value + request.other.value_or(0)); }
    Item item(long id, std::string currency) { return {"item " + std::to_string(id) + " in " + currency, 0.5}; }
    void forget(long id) {
        if (id == 1) throw HttpError(404, "there is no item 1");
        if (id == 2) throw std::invalid_argument("two is not allowed");
        if (id == 3) throw std::runtime_error("the password is secret");
        if (id == 4) throw HttpError(200, "no error status");
    }
    Response create(std::string text, bool loud) {
        Response response = Response::text(loud ? text + "!" : text, 201);
        response.headers.add("Location", "/texts/1");
        return response;
    }
    std::optional<Item> find(long id) {
        if (id == 1) return Item{"pen", 1.5};
        return std::nullopt;
    }
    std::string store(UploadedFile photo, std::optional<UploadedFile> preview, std::vector<UploadedFile> more) {
        return photo.filename() + photo.read() + (preview ? " with preview" : "") + std::to_string(more.size());
    }
    std::string keep(UploadedFile content) { return content.content_type() + " " + content.read(); }
    std::vector<std::byte> image() { return {std::byte{0xff}, std::byte{0}}; }
    Response count(long up_to) {
        return Response::stream("text/plain", [this, up_to](BodyWriter& out) {
            for (last = 1; last <= up_to; ++last) out.write(std::to_string(last));
            if (up_to == 0) throw std::runtime_error("there is nothing to count");
        });
    }
    long last = 0;
    std::string raw(const Request& request) { return request.body + *request.query_parameter("q"); }
};

struct SoldOut : ApplicationError {
    static constexpr auto path = "shop.SoldOut";
    using ApplicationError::ApplicationError;
};
struct Closed : ApplicationError {
    static constexpr auto path = "shop.Closed";
    using ApplicationError::ApplicationError;
};

/// Calls one route as the server would, and waits for its answer.
class HttpEntrypointTest : public testing::Test {
  protected:
    template <class Define>
    void define(Define define_routes) {
        TestService<Shop> service;
        define_routes(service);
        auto definition = std::move(service).finish();
        entrypoint_ = static_cast<HttpEntrypoint*>(definition.entrypoints.front().get());
        container_.emplace(std::move(definition), environment_.environment);
        container_->setup();
    }

    Response call(Request request) {
        std::optional<Response> answer;
        net::Parker parker;
        entrypoint_->handle(std::move(request), Responder([&](Response response, Exchange) {
                                answer = std::move(response);
                                parker.unpark();
                            }));
        parker.park();
        return std::move(*answer);
    }
    static Request post(std::string body) {
        Request request;
        request.method = "POST";
        request.headers.set("Content-Length", std::to_string(body.size()));
        request.body = std::move(body);
        return request;
    }
    static Request with_path_variable(std::string method, std::string name, std::string value) {
        Request request;
        request.method = std::move(method);
        request.path_variables = {{std::move(name), std::move(value)}};
        return request;
    }
    void define_submit() {
        define([](auto& shop) { shop.template post<&Shop::submit>("/compute"); });
    }
    void define_item() {
        define([](auto& shop) { shop.template get<&Shop::item>("/items/{id}", "id", arg("currency", "EUR")); });
    }
    void define_forget() {
        define([](auto& shop) {
            shop.template del<&Shop::forget>("/items/{id}", "id").template expects<std::invalid_argument>();
        });
    }

    void define_count() {
        define([](auto& shop) { shop.template get<&Shop::count>("/numbers/{up_to}", "up_to"); });
        container_->start();
        environment_.event_loop.start();
    }

    test::TestEnvironment environment_{Config{Object{{"WEB_SERVER_ADDRESS", "127.0.0.1:0"}}}};
    HttpEntrypoint* entrypoint_ = nullptr;
    std::optional<ServiceContainer> container_;
};

TEST_F(HttpEntrypointTest, shows_nothing_of_a_sensitive_member_of_the_body) {
    define([](auto& shop) { shop.template post<&Shop::submit>("/compute").sensitive({"operation"}); });
    const auto response = call(post(R"({"operation": "s3cret", "value": "x", "other": 3})"));
    EXPECT_EQ(response.status, 422);
    EXPECT_THAT(response.body, HasSubstr(R"("path":"body.operation","problem":"it does not fit")"));
    EXPECT_THAT(response.body, HasSubstr(R"("path":"body.value","problem":"got a string")"));
    EXPECT_THAT(response.body, Not(HasSubstr("s3cret")));
}

TEST_F(HttpEntrypointTest, reads_a_struct_from_the_body_and_answers_a_text) {
    define_submit();
    const auto response = call(post(R"({"operation": "sum", "value": 2, "other": 3})"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(*response.headers.find("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(response.body, "5");
    EXPECT_EQ(call(post(R"({"operation": "sum", "value": 2})")).body, "2");
}

TEST_F(HttpEntrypointTest, answers_400_to_a_body_that_is_no_json) {
    define_submit();
    const auto response = call(post(R"({"operation": )"));
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(response.body, HasSubstr("the body is no JSON"));
}

TEST_F(HttpEntrypointTest, answers_422_with_the_path_of_what_does_not_fit) {
    define_submit();
    const auto wrong = call(post(R"({"operation": "sum", "value": "2", "other": 3})"));
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr(R"("errors":[{"path":"body.value","problem":"got a string","expected":)"));
    const auto unknown = call(post(R"({"operation": "pow", "value": 2})"));
    EXPECT_EQ(unknown.status, 422);
    EXPECT_THAT(unknown.body, HasSubstr(R"("path":"body.operation")"));
    EXPECT_THAT(unknown.body, HasSubstr("sum"));
    const auto missing = call(post(R"({"operation": "sum"})"));
    EXPECT_EQ(missing.status, 422);
    EXPECT_THAT(missing.body, HasSubstr(R"({"path":"body.value","problem":"it is missing")"));
    const auto no_object = call(post("[1]"));
    EXPECT_EQ(no_object.status, 422);
    EXPECT_THAT(no_object.body, HasSubstr(R"({"path":"body","problem":"got an array","expected":"an object"})"));
}

TEST_F(HttpEntrypointTest, answers_415_to_a_body_of_another_type) {
    define_submit();
    auto request = post("value=2");
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    EXPECT_EQ(call(request).status, 415);
    request.headers.set("Content-Type", "application/vnd.shop+json; charset=utf-8");
    request.body = R"({"operation": "mul", "value": 2})";
    EXPECT_EQ(call(request).status, 200);
}

TEST_F(HttpEntrypointTest, answers_411_when_a_needed_body_states_no_length) {
    define_submit();
    Request request;
    request.method = "POST";
    EXPECT_EQ(call(request).status, 411);
}

TEST_F(HttpEntrypointTest, reads_numbers_from_the_path_and_the_query_and_answers_json) {
    define_item();
    auto request = with_path_variable("GET", "id", "17");
    EXPECT_EQ(call(request).body, R"({"name":"item 17 in EUR","price":0.5})");
    request.query = {{"currency", "JPY"}, {"unknown", "x"}, {"id", "18"}};
    const auto response = call(request);
    EXPECT_EQ(*response.headers.find("Content-Type"), "application/json");
    EXPECT_EQ(response.body, R"({"name":"item 17 in JPY","price":0.5})");
}

TEST_F(HttpEntrypointTest, knows_nothing_at_a_path_whose_variable_is_of_the_wrong_type) {
    define_item();
    const auto response = call(with_path_variable("GET", "id", "seventeen"));
    EXPECT_EQ(response.status, 404);
    EXPECT_THAT(response.body,
                HasSubstr(R"("errors":[{"path":"path.id","problem":"got 'seventeen'","expected":"an integer"}])"));
}

TEST_F(HttpEntrypointTest, lists_every_argument_that_is_missing_or_unknown) {
    define([](auto& shop) { shop.template post<&Shop::create>("/texts", "text", "loud"); });
    EXPECT_THAT(call(post(R"({"silent": true})")).body,
                HasSubstr(R"("errors":[{"path":"body.text","problem":"it is missing","expected":"a string"},)"
                          R"({"path":"body.loud","problem":"it is missing","expected":"a boolean"},)"
                          R"({"path":"body.silent","problem":"it is not known here"}])"));
}

TEST_F(HttpEntrypointTest, passes_a_response_through) {
    define([](auto& shop) { shop.template post<&Shop::create>("/texts", "text", query("loud")); });
    auto request = post(R"({"text": "hello"})");
    request.query = {{"loud", "true"}};
    const auto response = call(request);
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(*response.headers.find("Location"), "/texts/1");
    EXPECT_EQ(response.body, "hello!");
}

TEST_F(HttpEntrypointTest, hands_over_the_request_as_it_is) {
    define([](auto& shop) { shop.template post<&Shop::raw>("/raw"); });
    auto request = post("not json, and ");
    request.headers.set("Content-Type", "application/octet-stream");
    request.query = {{"q", "raw"}};
    EXPECT_EQ(call(request).body, "not json, and raw");
}

TEST_F(HttpEntrypointTest, lets_a_method_write_its_body_while_it_is_sent) {
    define_count();
    const auto response = call(with_path_variable("GET", "up_to", "5"));
    std::string body;
    net::Parker more;
    response.streamed_body->start([&] { more.unpark(); });
    for (auto state = BodySource::State::more; state != BodySource::State::ended;) {
        state = response.streamed_body->read(body, 2);
        if (state == BodySource::State::waiting) more.park();
    }
    EXPECT_EQ(body, "12345");
}

TEST_F(HttpEntrypointTest, logs_what_breaks_a_body_off) {
    define_count();
    const auto response = call(with_path_variable("GET", "up_to", "0"));
    container_->stop(Deadline::never());
    std::string body;
    EXPECT_EQ(response.streamed_body->read(body, 1), BodySource::State::failed);
    EXPECT_TRUE(environment_.logged("there is nothing to count"));
}

TEST_F(HttpEntrypointTest, writes_no_body_for_head) {
    define_count();
    const auto response = call(with_path_variable("HEAD", "up_to", "0"));
    container_->stop(Deadline::never());
    EXPECT_EQ(response.status, 200);
    EXPECT_FALSE(environment_.logged("there is nothing to count"));
}

TEST_F(HttpEntrypointTest, answers_nothing_with_204) {
    define_forget();
    EXPECT_EQ(call(with_path_variable("DELETE", "id", "9")).status, 204);
}

TEST_F(HttpEntrypointTest, turns_exceptions_into_statuses) {
    define_forget();
    const auto not_found = call(with_path_variable("DELETE", "id", "1"));
    EXPECT_EQ(not_found.status, 404);
    EXPECT_THAT(not_found.body, HasSubstr("there is no item 1"));
    const auto expected = call(with_path_variable("DELETE", "id", "2"));
    EXPECT_EQ(expected.status, 400);
    EXPECT_THAT(expected.body, HasSubstr("two is not allowed"));
    EXPECT_EQ(call(with_path_variable("DELETE", "id", "4")).status, 500);
}

TEST_F(HttpEntrypointTest, tells_the_documentation_of_the_statuses_of_exceptions) {
    define([](auto& shop) { shop.template del<&Shop::forget>("/items/{id}", "id").template maps<SoldOut>(409); });
    entrypoint_->options().expects(exceptions<SoldOut, Closed>);
    EXPECT_EQ(*entrypoint_->describe("shop", {}).details.find("exception_statuses"),
              (Value{Object{{"shop.SoldOut", 409}}}));
}

TEST_F(HttpEntrypointTest, answers_exceptions_with_the_statuses_that_they_are_mapped_to) {
    define([](auto& shop) {
        shop.template del<&Shop::forget>("/items/{id}", "id")
            .template maps<std::invalid_argument>(409)
            .template maps<std::logic_error>(410)
            .doc("Forgets it.");
    });
    const auto conflict = call(with_path_variable("DELETE", "id", "2"));
    EXPECT_EQ(conflict.status, 409);
    EXPECT_THAT(conflict.body, HasSubstr(R"("detail":"two is not allowed")"));
    EXPECT_EQ(call(with_path_variable("DELETE", "id", "3")).status, 500);
    EXPECT_EQ(call(with_path_variable("DELETE", "id", "1")).status, 404) << "an HttpError has its own";
    const auto& options = entrypoint_->route_options();
    EXPECT_EQ(options.common().doc(), "Forgets it.");
    EXPECT_EQ(options.responses().size(), 2u);
}

TEST_F(HttpEntrypointTest, answers_success_with_the_status_and_type_of_the_route) {
    define([](auto& shop) { shop.template post<&Shop::submit>("/compute").status(202).produces("text/csv"); });
    const auto response = call(post(R"({"operation": "sum", "value": 2})"));
    EXPECT_EQ(response.status, 202);
    EXPECT_EQ(*response.headers.find("Content-Type"), "text/csv");
    EXPECT_EQ(response.body, "2");
}

TEST_F(HttpEntrypointTest, answers_404_to_an_optional_that_is_empty) {
    define([](auto& shop) { shop.template get<&Shop::find>("/items/{id}", "id"); });
    EXPECT_EQ(call(with_path_variable("GET", "id", "1")).body, R"({"name":"pen","price":1.5})");
    EXPECT_EQ(call(with_path_variable("GET", "id", "2")).status, 404);
}

TEST_F(HttpEntrypointTest, answers_bytes_as_they_are) {
    define([](auto& shop) { shop.template get<&Shop::image>("/image").produces("image/png"); });
    const auto response = call(Request{});
    EXPECT_EQ(*response.headers.find("Content-Type"), "image/png");
    EXPECT_EQ(response.body, std::string("\xff\0", 2));
}

TEST_F(HttpEntrypointTest, hands_over_uploaded_files) {
    define(
        [](auto& shop) { shop.template post<&Shop::store>("/photos", file("photo"), file("preview"), file("more")); });
    const std::string part = "--XX\r\nContent-Disposition: form-data; filename=cat.png; name=";
    auto request = post(part + "photo\r\n\r\n: meow\r\n" + part + "more\r\n\r\nx\r\n--XX--");
    request.headers.set("Content-Type", "multipart/form-data; boundary=XX");
    EXPECT_EQ(call(request).body, "cat.png: meow1");
}

TEST_F(HttpEntrypointTest, takes_a_whole_body_as_a_file_that_may_be_large) {
    define([](auto& shop) {
        shop.template post<&Shop::keep>("/files", raw_body("content")).max_body_bytes(std::uint64_t{1} << 40);
    });
    const auto rules = entrypoint_->body_rules(1000);
    EXPECT_EQ(rules.max_bytes, std::uint64_t{1} << 40);
    ASSERT_TRUE(rules.store);
    rules.store->append("content");
    auto request = post("");
    request.headers.set("Content-Type", "image/png");
    request.stored_body = rules.store;
    EXPECT_EQ(call(request).body, "image/png content");
    request.headers.erase("Content-Type");
    EXPECT_EQ(call(request).body, "application/octet-stream content");
    EXPECT_EQ(call(with_path_variable("POST", "", "")).status, 411) << "nothing was sent";
}

TEST_F(HttpEntrypointTest, reads_a_form_from_where_it_is_kept) {
    define(
        [](auto& shop) { shop.template post<&Shop::store>("/photos", file("photo"), file("preview"), file("more")); });
    const auto rules = entrypoint_->body_rules(1000);
    EXPECT_EQ(rules.max_bytes, 1000u);
    ASSERT_TRUE(rules.store);
    rules.store->append("--x\r\nContent-Disposition: form-data; name=photo; filename=a.png\r\n\r\n");
    for (int i = 0; i < 100; ++i) rules.store->append(std::string(1000, 'p'));
    rules.store->append("\r\n--x\r\nContent-Disposition: form-data; name=more; filename=b.png\r\n\r\nb\r\n--x--\r\n");
    auto request = post("");
    request.headers.set("Content-Type", "multipart/form-data; boundary=x");
    request.stored_body = rules.store;
    EXPECT_TRUE(call(request).body == "a.png" + std::string(100'000, 'p') + "1");
}

TEST_F(HttpEntrypointTest, keeps_other_bodies_in_memory) {
    define_submit();
    EXPECT_FALSE(entrypoint_->body_rules(1000).store);
    EXPECT_EQ(entrypoint_->body_rules(1000).max_bytes, 1000u);
}

TEST_F(HttpEntrypointTest, answers_406_before_the_method_when_the_client_would_not_take_the_result) {
    define_item();
    auto request = with_path_variable("GET", "id", "17");
    const auto status_with = [&](std::string accept) {
        request.headers.set("Accept", std::move(accept));
        return call(request).status;
    };
    EXPECT_EQ(status_with("text/html"), 406);
    EXPECT_EQ(status_with("application/json;q=0, */*"), 406);
    EXPECT_EQ(status_with("*/*;q=0"), 406);
    EXPECT_EQ(status_with("text/html, application/*;q=0.2"), 200);
    EXPECT_EQ(status_with("application/json;q=0.000, application/json"), 406);
    EXPECT_EQ(status_with("Application/JSON; indent=2"), 200);
    EXPECT_EQ(status_with(""), 200);
    EXPECT_EQ(status_with("nonsense"), 200);
}

TEST_F(HttpEntrypointTest, refuses_statuses_that_mean_something_else) {
    TestService<Shop> shop;
    auto& options = shop.get<&Shop::image>("/image");
    EXPECT_THROW(options.status(404), ConfigurationError);
    EXPECT_THROW(options.maps<std::logic_error>(200), ConfigurationError);
    EXPECT_THROW(options.responds(199, "too early"), ConfigurationError);
}

TEST_F(HttpEntrypointTest, keeps_what_went_wrong_inside_for_the_log) {
    define_forget();
    const auto response = call(with_path_variable("DELETE", "id", "3"));
    EXPECT_EQ(response.status, 500);
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
    EXPECT_TRUE(environment_.logged("the password is secret"));
    const Value document = parse_json(response.body);
    const auto& call_id = document.find("call_id")->as_string();
    EXPECT_THAT(call_id, testing::StartsWith("shop.forget."));
    EXPECT_TRUE(environment_.logged(call_id));
}

TEST_F(HttpEntrypointTest, answers_503_when_no_worker_is_to_be_had) {
    define_forget();
    container_->start();
    environment_.event_loop.start();
    container_->stop(Deadline::never());
    const auto response = call(with_path_variable("DELETE", "id", "9"));
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(*response.headers.find("Retry-After"), "1");
}

TEST_F(HttpEntrypointTest, refuses_two_routes_of_the_same_method_and_path) {
    EXPECT_THROW(define([](auto& shop) {
                     shop.template del<&Shop::forget>("/items/{id}", "id");
                     shop.template del<&Shop::forget>("/items/{number}", "number");
                 }),
                 ConfigurationError);
}

}  // namespace
}  // namespace hiratake::http
