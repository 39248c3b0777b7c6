#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>

#include "hiratake/payload/content_error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/payload/serializer.hpp"

namespace hiratake {
namespace {

using namespace std::string_literals;

std::string encoded(const Value& value) {
    return msgpack_serializer().encode(value);
}

Value decoded(std::string_view body) {
    return msgpack_serializer().decode(body);
}

std::string refusal(std::string_view body) {
    try {
        decoded(body);
    } catch (const ContentError& error) {
        return error.what();
    }
    return "none";
}

// As msgpack.packb(…, use_bin_type=True) of Python writes them.
TEST(Msgpack, is_what_python_writes) {
    EXPECT_EQ(encoded(Object{{"args", Array{1, "a"}}, {"kwargs", Object{}}}),
              "\x82\xa4"
              "args\x92\x01\xa1"
              "a\xa6"
              "kwargs\x80"s);
    EXPECT_EQ(encoded(nullptr), "\xc0"s);
    EXPECT_EQ(encoded(true), "\xc3"s);
    EXPECT_EQ(encoded(-1), "\xff"s);
    EXPECT_EQ(encoded(std::numeric_limits<std::uint64_t>::max()), "\xcf\xff\xff\xff\xff\xff\xff\xff\xff"s);
    EXPECT_EQ(encoded(0.1), "\xcb\x3f\xb9\x99\x99\x99\x99\x99\x9a"s);
    EXPECT_EQ(encoded("Zo\xc3\xab"), "\xa4Zo\xc3\xab"s);
    EXPECT_EQ(encoded("\xff\x00"s), "\xc4\x02\xff\x00"s) << "bytes";
}

TEST(Msgpack, reads_what_it_writes) {
    for (const Value& value :
         {Value{}, Value{false}, Value{0}, Value{-33}, Value{std::numeric_limits<std::int64_t>::min()},
          Value{std::numeric_limits<std::uint64_t>::max()}, Value{1.5}, Value{1e300}, Value{""},
          Value{std::string(70'000, 'x')}, Value{"\xff\xfe"}, Value{Array{}}, Value{Object{}},
          Value{Array{1, Value{Array{Object{{"a", Array{nullptr}}}}}, "z"}},
          Value{Object{{"z", 1}, {"a", Object{{"", true}}}}}}) {
        EXPECT_EQ(decoded(encoded(value)), value) << write_json(value.kind() == Value::Kind::string ? Value{} : value);
    }
}

TEST(Msgpack, keeps_the_order_of_members_and_the_last_of_one_name) {
    EXPECT_EQ(write_json(decoded(encoded(Object{{"z", 1}, {"a", 2}}))), R"({"z": 1, "a": 2})");
    EXPECT_EQ(write_json(decoded("\x82\xa1z\x01\xa1z\x02")), R"({"z": 2})");
}

TEST(Msgpack, has_no_room_for_integers_beyond_64_bits) {
    try {
        encoded(Array{BigInteger{"-9223372036854775809"}});
        FAIL() << "there is no such integer";
    } catch (const ContentError& error) {
        EXPECT_STREQ(error.what(),
                     "MessagePack: it has no room for the integer -9223372036854775809; send it as a string");
    }
}

TEST(Msgpack, that_makes_no_sense_is_refused) {
    EXPECT_NE(refusal(""), "none");
    EXPECT_NE(refusal("\x92\x01").find("MessagePack: at byte"), std::string::npos) << "cut off";
    EXPECT_NE(refusal("\x01\x01"), "none") << "more than one value";
    EXPECT_NE(refusal("\xc1"), "none") << "never used";
    EXPECT_NE(refusal("\x81\x01\x02"), "none") << "a key that is no text";
    EXPECT_NE(refusal("\xdd\xff\xff\xff\xff"), "none") << "four thousand million items, and none there";
    EXPECT_NE(refusal("\xc6\xff\xff\xff\xff"), "none") << "as many bytes";
    EXPECT_NE(refusal("\xd6\xff\x00\x00\x00\x00"s).find("the extension type"), std::string::npos);
}

TEST(Msgpack, is_not_read_or_written_beyond_a_depth) {
    std::string deep(max_json_depth, '\x91');
    EXPECT_EQ(refusal(deep + '\x01'), "none");
    EXPECT_EQ(refusal(std::string(1'000'000, '\x91')), "MessagePack: more than 128 levels of nesting");
    Value value = decoded(deep + '\x01');
    EXPECT_EQ(encoded(value), deep + '\x01');
    EXPECT_THROW(encoded(Array{std::move(value)}), ContentError);
}

}  // namespace
}  // namespace hiratake
