#include "mail/transfer_encoding.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace hiratake::mail {
namespace {

TEST(Base64, breaks_lines_after_76_characters) {
    const std::string lines = base64_lines(std::string(58, 'x'));
    EXPECT_EQ(lines.find("\r\n"), 76U);
    EXPECT_EQ(lines.size(), 76U + 2 + 4 + 2);
    EXPECT_EQ(base64_lines(""), "");
}

TEST(QuotedPrintable, keeps_plain_text_and_encodes_the_rest) {
    EXPECT_EQ(quoted_printable("1 = 1, é\r\n"), "1 =3D 1, =C3=A9\r\n");
}

TEST(QuotedPrintable, encodes_blanks_that_the_way_could_trim) {
    EXPECT_EQ(quoted_printable("a \r\nb\t"), "a=20\r\nb=09");
}

TEST(QuotedPrintable, encodes_line_ends_that_are_none) {
    EXPECT_EQ(quoted_printable("a\rb\nc"), "a=0Db=0Ac");
}

TEST(QuotedPrintable, never_writes_a_line_above_76_characters) {
    const std::string text = quoted_printable(std::string(200, 'a') + std::string(100, '='));
    std::size_t longest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find("\r\n", at), text.size());
        longest = std::max(longest, end - at);
        at = end + 2;
    }
    EXPECT_EQ(longest, 76U);
}

}  // namespace
}  // namespace hiratake::mail
