#include "wire/context.hpp"

#include <gtest/gtest.h>

#include "amqp/table_codec.hpp"
#include "hiratake/payload/content_error.hpp"

namespace hiratake::wire {
namespace {

class ContextTest : public testing::Test {
  protected:
    std::vector<std::string> lines_;
    Log log_{LogLevel::debug, [this](const LogRecord& record) { lines_.emplace_back(record.message); }};
    Logger logger_{log_, "wire"};

    amqp::Table written(const Context& context) {
        const amqp::ByteBuffer bytes = encode_context(context, logger_);
        amqp::Table table;
        EXPECT_EQ(amqp::decode_table(bytes, table), amqp::DecodeError::none);
        return table;
    }
};

Context read(const amqp::Table& headers) {
    amqp::ByteBuffer bytes;
    amqp::write_table(bytes, headers);
    return read_context(amqp::TableView{bytes});
}

amqp::FieldValue ids(std::initializer_list<const char*> texts) {
    amqp::Array array;
    for (const char* text : texts) array.items.emplace_back(text);
    return array;
}

TEST_F(ContextTest, goes_into_headers_with_a_prefix) {
    const amqp::Table headers =
        written({.call_id_stack = {"a.b.c"}, .data = {{"language", "en"}, {"traceparent", "00-1"}}});
    EXPECT_EQ(headers, (amqp::Table{{"nameko.call_id_stack", ids({"a.b.c"})},
                                    {"nameko.language", "en"},
                                    {"nameko.traceparent", "00-1"}}));
    EXPECT_TRUE(lines_.empty());
}

TEST_F(ContextTest, leaves_out_nulls_with_a_warning_but_not_nested_ones) {
    const amqp::Table headers = written({.call_id_stack = {}, .data = {{"a", nullptr}, {"b", Array{nullptr}}}});
    ASSERT_EQ(headers.size(), 1u);
    ASSERT_NE(headers.find("nameko.b"), nullptr);
    EXPECT_TRUE(headers.find("nameko.b")->as_array()->items.at(0).is_null());
    EXPECT_EQ(lines_, std::vector<std::string>{"the context data `a` is null and will not be sent"});
}

TEST_F(ContextTest, does_not_send_a_second_stack) {
    const amqp::Table headers = written({.call_id_stack = {"x"}, .data = {{"call_id_stack", Array{"forged"}}}});
    EXPECT_EQ(headers, (amqp::Table{{"nameko.call_id_stack", ids({"x"})}}));
}

TEST_F(ContextTest, comes_from_all_headers) {
    const Context context = read({{"nameko.call_id_stack", ids({"a", "b"})},
                                  {"nameko.user_id", 7},
                                  {"plain", 1},
                                  {"x-trace", amqp::Array{}},
                                  {"nameko.", true}});
    EXPECT_EQ(context.call_id_stack, (CallIdStack{"a", "b"}));
    EXPECT_EQ(context.data, (Object{{"user_id", 7}, {"plain", 1}, {"x-trace", Array{}}, {"", true}}));
}

TEST_F(ContextTest, leaves_out_what_tells_of_the_delivery) {
    const Context context = read({{"x-death", amqp::Array{}},
                                  {"x-first-death-queue", "q"},
                                  {"backoff", 1000},
                                  {"nameko.backoff", "a user's own"},
                                  {"hiratake.attempts", 2},
                                  {"nameko.hiratake.attempts", 2}});
    EXPECT_EQ(context.data, (Object{{"backoff", "a user's own"}}));
}

TEST_F(ContextTest, tolerates_a_stack_of_another_type) {
    EXPECT_EQ(read({{"nameko.call_id_stack", "one"}}).call_id_stack, CallIdStack{"one"});
    EXPECT_TRUE(read({{"nameko.call_id_stack", 5}}).call_id_stack.empty());
    EXPECT_TRUE(read({}).call_id_stack.empty());
    amqp::Array mixed;
    mixed.items = {"a", 5, "b"};
    EXPECT_EQ(read({{"nameko.call_id_stack", mixed}}).call_id_stack, (CallIdStack{"a", "b"}));
}

TEST_F(ContextTest, is_refused_where_the_headers_are_broken) {
    const auto refuse = [](std::string_view bytes) { read_context(amqp::TableView{bytes}); };
    EXPECT_NO_THROW(refuse({}));
    EXPECT_THROW(refuse({"\0\0\0\3\1aS", 7}), ContentError);
    // Inside a value: an array that is cut short.
    EXPECT_THROW(refuse({"\0\0\0\10\1aA\0\0\0\1S", 12}), ContentError);
    // What tells of the delivery is not looked at.
    EXPECT_NO_THROW(refuse({"\0\0\0\16\7x-deathA\0\0\0\1S", 18}));
}

}  // namespace
}  // namespace hiratake::wire
