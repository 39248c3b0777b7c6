#include "cli/call_arguments.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/error.hpp"

namespace hiratake::cli {
namespace {

TEST(CallArguments, are_json_or_plain_text) {
    const CallArguments call = CallArguments::parse(
        "compute.compute", {"sum", "30", "1.5", "true", "null", "[1, \"a\"]", "\"30\"", "a@b.c", ""});
    EXPECT_EQ(call.service, "compute");
    EXPECT_EQ(call.method, "compute");
    EXPECT_EQ(call.args, (Array{"sum", 30, 1.5, true, nullptr, Array{1, "a"}, "30", "a@b.c", ""}));
    EXPECT_TRUE(call.kwargs.empty());
}

TEST(CallArguments, are_keywords_where_a_name_stands_before_an_equals_sign) {
    const CallArguments call = CallArguments::parse("mail.send", {"to=a@b.c", "count=3", "text=x=y", "empty=", "1=2"});
    EXPECT_EQ(call.kwargs, (Object{{"to", "a@b.c"}, {"count", 3}, {"text", "x=y"}, {"empty", ""}}));
    EXPECT_EQ(call.args, Array{"1=2"});
}

TEST(CallArguments, take_the_last_dot_of_the_target) {
    const CallArguments call = CallArguments::parse("my.service.method", {});
    EXPECT_EQ(call.service, "my.service");
    EXPECT_EQ(call.method, "method");
}

TEST(CallArguments, refuse_what_is_no_target_and_a_keyword_given_twice) {
    EXPECT_THROW(CallArguments::parse("mail", {}), ConfigurationError);
    EXPECT_THROW(CallArguments::parse(".send", {}), ConfigurationError);
    EXPECT_THROW(CallArguments::parse("mail.", {}), ConfigurationError);
    EXPECT_THROW(CallArguments::parse("mail.send", {"to=1", "to=2"}), ConfigurationError);
}

}  // namespace
}  // namespace hiratake::cli
