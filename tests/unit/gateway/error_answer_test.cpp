#include "gateway/error_answer.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "hiratake/payload/json.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/rpc/rpc_error.hpp"

namespace hiratake::gateway {
namespace {

class ErrorAnswerTest : public testing::Test {
  protected:
    template <class Error>
    ErrorAnswer answer_to(Error error) const {
        return answer_to_error(std::make_exception_ptr(std::move(error)), route, exceptions, "gateway.shop.get.1");
    }
    static RemoteError remote(std::string type, std::string path, std::string message) {
        return {std::move(type), std::move(path), std::move(message), {}};
    }
    static std::string detail(const ErrorAnswer& answer) {
        EXPECT_EQ(*answer.response.headers.find("Content-Type"), "application/problem+json");
        const Value problem = parse_json(answer.response.body);
        EXPECT_EQ(problem.find("status")->as_integer(), answer.response.status);
        const Value* text = problem.find("detail");
        return text ? text->as_string() : "";
    }

    Route route{.path = "/orders/{id}",
                .rpc = "shop.get",
                .errors = {{"NotFound", 404}, {"stock.errors.Empty", 409}, {"Empty", 410}}};
    std::vector<DocumentedException> exceptions{{"shop.SoldOut", "", [](SchemaBuilder&) { return Value{Object{}}; }},
                                                {"shop.Closed", "", {}},
                                                {"shop.NotFound", "", {}}};
};

TEST_F(ErrorAnswerTest, gives_remote_exceptions_the_status_that_the_route_says) {
    const auto answer = answer_to(remote("NotFound", "shop.errors.NotFound", "there is no order 17"));
    EXPECT_EQ(answer.response.status, 404);
    EXPECT_EQ(detail(answer), "there is no order 17");
    EXPECT_EQ(answer.problem, "") << "it is part of the contract";
    EXPECT_EQ(answer_to(remote("Empty", "stock.errors.Empty", "")).response.status, 409) << "by its path";
    EXPECT_EQ(answer_to(remote("Empty", "other.Empty", "")).response.status, 410);
    EXPECT_EQ(answer_to(remote("BadRequest", "nameko.exceptions.BadRequest", "no")).response.status, 400);
}

TEST_F(ErrorAnswerTest, keeps_other_remote_exceptions_to_the_log) {
    const auto answer = answer_to(remote("KeyError", "builtins.KeyError", "secret"));
    EXPECT_EQ(answer.response.status, 500);
    EXPECT_EQ(answer.response.body.find("secret"), std::string::npos) << answer.response.body;
    EXPECT_EQ(parse_json(answer.response.body).find("call_id")->as_string(), "gateway.shop.get.1");
    EXPECT_EQ(answer.problem, "KeyError secret");
    EXPECT_EQ(answer_to(std::runtime_error("inside")).response.status, 500);
    EXPECT_EQ(answer_to(std::runtime_error("inside")).problem, "runtime_error: inside");
}

TEST_F(ErrorAnswerTest, knows_the_exceptions_of_the_service) {
    const auto sold_out = answer_to(
        RemoteError{"SoldOut", "shop.SoldOut", "no tea is left", {"no tea is left", Object{{"product", "tea"}}}});
    EXPECT_EQ(sold_out.response.status, 400);
    EXPECT_EQ(detail(sold_out), "no tea is left");
    const Value problem = parse_json(sold_out.response.body);
    EXPECT_EQ(*problem.find("exception"), Value{"shop.SoldOut"});
    EXPECT_EQ(*problem.find("details"), (Value{Object{{"product", "tea"}}}));
    EXPECT_EQ(sold_out.problem, "") << "it is part of the contract";

    const auto closed = answer_to(RemoteError{"Closed", "shop.Closed", "come again", {"come again"}});
    EXPECT_EQ(closed.response.status, 400);
    EXPECT_FALSE(parse_json(closed.response.body).find("details"));
    const auto missing = answer_to(remote("NotFound", "shop.NotFound", "there is no order 17"));
    EXPECT_EQ(missing.response.status, 404) << "as the route says";
    EXPECT_EQ(*parse_json(missing.response.body).find("exception"), Value{"shop.NotFound"});
    EXPECT_EQ(answer_to(remote("Closed", "bank.Closed", "secret")).response.status, 500) << "it is another's";
}

TEST_F(ErrorAnswerTest, tells_whose_fault_it_is_when_the_call_itself_fails) {
    const auto refused = answer_to(IncorrectSignature("get() missing 1 required positional argument: 'id'"));
    EXPECT_EQ(refused.response.status, 422);
    EXPECT_EQ(detail(refused), "get() missing 1 required positional argument: 'id'");
    EXPECT_EQ(answer_to(MethodNotFound("get")).response.status, 502);
    EXPECT_EQ(answer_to(MalformedRequest("no")).response.status, 502);
    EXPECT_EQ(answer_to(MalformedReply("no")).response.status, 502);
    EXPECT_EQ(answer_to(RpcTimeout("late")).response.status, 504);
    EXPECT_EQ(answer_to(JsonError("no UTF-8")).response.status, 422);
    for (const auto& answer : {answer_to(UnknownService("shop")), answer_to(RequestNotSent("no broker"))}) {
        EXPECT_EQ(answer.response.status, 503);
        EXPECT_EQ(*answer.response.headers.find("Retry-After"), "1");
        EXPECT_EQ(detail(answer).find("no broker"), std::string::npos);
    }
}

TEST_F(ErrorAnswerTest, notes_what_contradicts_the_description_of_the_service) {
    EXPECT_TRUE(answer_to(IncorrectSignature("no")).contradicts_description);
    EXPECT_TRUE(answer_to(MethodNotFound("get")).contradicts_description);
    EXPECT_FALSE(answer_to(RpcTimeout("late")).contradicts_description);
}

}  // namespace
}  // namespace hiratake::gateway
