#include "hiratake/testing/fake_services.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hiratake::testing {
namespace {

TEST(FakeServices, keep_the_calls_with_their_arguments) {
    FakeServices services;
    const RpcProxy mail = services.proxy("mail");
    mail.call_async("send", "name@email.com", "testing");
    mail.call<void>("count", hiratake::arg("to", "name@email.com"));
    ASSERT_EQ(services.calls().size(), 2u);
    const auto sent = services.calls_of("mail.send");
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(Value{sent[0].args}, (Value{Array{"name@email.com", "testing"}}));
    EXPECT_EQ(Value{services.calls_of("mail.count")[0].kwargs}, (Value{Object{{"to", "name@email.com"}}}));
}

TEST(FakeServices, answer_with_the_values_that_the_test_gives) {
    FakeServices services;
    services.returns("compute.compute", 40);
    services.returns("compute.compute", 41);
    EXPECT_EQ(services.proxy("compute").call<long>("compute", "sum", 30, 11), 41);
}

TEST(FakeServices, answer_by_a_function_and_let_its_exception_reach_the_caller) {
    FakeServices services;
    services.answers("compute.compute", [](const RpcRequest& request) -> Value {
        if (request.args.at(0) == Value{"div"}) throw std::invalid_argument("division by zero");
        return request.args.at(1);
    });
    const RpcProxy compute = services.proxy("compute");
    EXPECT_EQ(compute.call<long>("compute", "sum", 7), 7);
    EXPECT_THROW(compute.call<long>("compute", "div", 7), std::invalid_argument);
}

TEST(FakeServices, answer_null_where_the_test_gives_nothing) {
    FakeServices services;
    EXPECT_NO_THROW(services.proxy("mail").call<void>("send"));
    EXPECT_THROW(services.proxy("mail").call<long>("count"), MalformedReply);
}

}  // namespace
}  // namespace hiratake::testing
