#include "mail/header_text.hpp"

#include <gmock/gmock.h>

#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string refusal(std::string_view text) {
    try {
        check_header_text(text, "subject");
    } catch (const MailError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(HeaderText, refuses_every_control_character_by_the_name_of_the_field) {
    EXPECT_THAT(refusal("hello\r\nBcc: everyone@example.com"), HasSubstr("subject holds the control character 0x0d"));
    EXPECT_THAT(refusal("hello\nBcc: everyone@example.com"), HasSubstr("0x0a"));
    EXPECT_THAT(refusal(std::string_view{"a\0b", 3}), HasSubstr("0x00"));
    EXPECT_THAT(refusal("a\x7f"), HasSubstr("0x7f"));
    EXPECT_EQ(refusal("Grüße, 世界"), "accepted");
}

TEST(HeaderText, refuses_what_is_not_utf8) {
    EXPECT_THAT(refusal("caf\xe9"), HasSubstr("not valid UTF-8"));
}

TEST(HeaderText, leaves_plain_text_alone) {
    EXPECT_EQ(encode_text("testing", 9), "testing");
    EXPECT_EQ(encode_text("", 9), "");
}

TEST(HeaderText, folds_long_plain_text_before_a_space) {
    const std::string text = encode_text(std::string(60, 'a') + " " + std::string(30, 'b'), 9);
    EXPECT_EQ(text, std::string(60, 'a') + "\r\n " + std::string(30, 'b'));
}

TEST(HeaderText, encodes_what_is_not_ascii_as_words_of_75_characters_at_most) {
    EXPECT_EQ(encode_text("Grüße", 9), "=?UTF-8?B?R3LDvMOfZQ==?=");
    std::string text;
    for (int i = 0; i < 100; ++i) text += "€";
    const std::string encoded = encode_text(text, 9);
    for (std::size_t at = 0; at < encoded.size();) {
        const std::size_t end = std::min(encoded.find("\r\n", at), encoded.size());
        EXPECT_LE(end - at, 76U);
        at = end + 2;
    }
}

TEST(HeaderText, encodes_plain_text_that_looks_like_an_encoded_word) {
    EXPECT_THAT(encode_text("=?UTF-8?B?eA==?=", 9), HasSubstr("=?UTF-8?B?PT9VVEYtOD9CP2VBPT0/PQ==?="));
}

TEST(HeaderText, encodes_blanks_at_the_edges_which_would_be_trimmed) {
    EXPECT_EQ(encode_text(" x ", 9), "=?UTF-8?B?IHgg?=");
}

TEST(HeaderText, quotes_a_phrase_only_where_needed) {
    EXPECT_EQ(encode_phrase("Ada Lovelace", 4), "Ada Lovelace");
    EXPECT_EQ(encode_phrase("Lovelace, Ada", 4), "\"Lovelace, Ada\"");
    EXPECT_EQ(encode_phrase("the \"first\" \\", 4), "\"the \\\"first\\\" \\\\\"");
    EXPECT_EQ(encode_phrase("Zoë", 4), "=?UTF-8?B?Wm/Dqw==?=");
}

TEST(HeaderText, writes_parameters_in_the_form_they_need) {
    EXPECT_EQ(encode_parameter("filename", "a \"b\".txt"), ";\r\n filename=\"a \\\"b\\\".txt\"");
    EXPECT_EQ(encode_parameter("filename", "naïve.txt"), ";\r\n filename*=UTF-8''na%C3%AFve.txt");
    const std::string long_name = encode_parameter("filename", "世界世界世界世界世界.txt");
    EXPECT_THAT(long_name, HasSubstr(";\r\n filename*0*=UTF-8''%E4%B8%96"));
    EXPECT_THAT(long_name, HasSubstr(";\r\n filename*1*=%E4%B8%96"));
    EXPECT_THAT(long_name, Not(HasSubstr("filename*=")));
}

}  // namespace
}  // namespace hiratake::mail
