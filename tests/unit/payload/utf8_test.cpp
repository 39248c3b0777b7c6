#include "payload/utf8.hpp"

#include <gtest/gtest.h>

namespace hiratake::payload {
namespace {

TEST(Utf8, accepts_characters_of_every_length) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("plain"));
    EXPECT_TRUE(is_utf8("é€😀\xf4\x8f\xbf\xbf"));
}

TEST(Utf8, refuses_what_rfc_3629_forbids) {
    EXPECT_FALSE(is_utf8("\xff"));
    EXPECT_FALSE(is_utf8("\x80"));
    EXPECT_FALSE(is_utf8("\xc0\xaf")) << "overlong, two bytes";
    EXPECT_FALSE(is_utf8("\xe0\x80\xaf")) << "overlong, three bytes";
    EXPECT_FALSE(is_utf8("\xf0\x80\x80\xaf")) << "overlong, four bytes";
    EXPECT_FALSE(is_utf8("\xed\xa0\x80")) << "surrogate";
    EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80")) << "above U+10FFFF";
    EXPECT_FALSE(is_utf8("a\xe2\x82")) << "cut off";
    EXPECT_FALSE(is_utf8("\xe2\x28\xa1"));
}

TEST(Utf8, cuts_between_characters_only) {
    EXPECT_EQ(first_characters("abcdef", 4), "abcd");
    EXPECT_EQ(first_characters("ab", 4), "ab");
    EXPECT_EQ(first_characters("ab€€", 4), "ab");
    EXPECT_EQ(first_characters("ab€€", 5), "ab€");
    EXPECT_EQ(first_characters("😀😀", 7), "😀");
}

}  // namespace
}  // namespace hiratake::payload
