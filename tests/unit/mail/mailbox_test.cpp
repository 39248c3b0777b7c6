#include "mail/mailbox.hpp"

#include <gmock/gmock.h>

#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

using testing::HasSubstr;

std::string refusal(std::string_view text) {
    try {
        Mailbox::parse(text, "to[0]");
    } catch (const MailError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Mailbox, reads_a_bare_address) {
    const Mailbox mailbox = Mailbox::parse(" name@email.com ", "to[0]");
    EXPECT_EQ(mailbox.address, "name@email.com");
    EXPECT_EQ(mailbox.display_name, "");
    EXPECT_EQ(mailbox.to_header(4), "name@email.com");
    EXPECT_EQ(mailbox.domain(), "email.com");
}

TEST(Mailbox, reads_a_name_with_an_address) {
    EXPECT_EQ(Mailbox::parse("Ada Lovelace <ada@example.com>", "to[0]").display_name, "Ada Lovelace");
    EXPECT_EQ(Mailbox::parse("Zoë <zoe@example.com>", "to[0]").to_header(4), "=?UTF-8?B?Wm/Dqw==?= <zoe@example.com>");
    EXPECT_EQ(Mailbox::parse("<ada@example.com>", "to[0]").to_header(4), "ada@example.com");
    const Mailbox quoted = Mailbox::parse("\"Lovelace, \\\"Ada\\\"\" <ada@example.com>", "to[0]");
    EXPECT_EQ(quoted.display_name, "Lovelace, \"Ada\"");
    EXPECT_EQ(quoted.to_header(4), "\"Lovelace, \\\"Ada\\\"\" <ada@example.com>");
}

TEST(Mailbox, reads_unusual_addresses_that_are_valid) {
    for (const char* address : {"root@localhost", "a+b.c_d'e@sub.example.co.uk", "x@[127.0.0.1]", "x@[IPv6:::1]",
                                "почта@пример.рф", "o'brien@example.com"}) {
        EXPECT_EQ(refusal(address), "accepted") << address;
    }
}

TEST(Mailbox, refuses_what_is_no_address_with_the_reason) {
    EXPECT_THAT(refusal(""), HasSubstr("to[0] '' is not an e-mail address: it is empty"));
    EXPECT_THAT(refusal("Name <>"), HasSubstr("it is empty"));
    EXPECT_THAT(refusal("nobody"), HasSubstr("it has no '@'"));
    EXPECT_THAT(refusal("@example.com"), HasSubstr("before the '@'"));
    EXPECT_THAT(refusal("a..b@example.com"), HasSubstr("before the '@'"));
    EXPECT_THAT(refusal("a b@example.com"), HasSubstr("before the '@'"));
    EXPECT_THAT(refusal(std::string(65, 'a') + "@example.com"), HasSubstr("before the '@'"));
    EXPECT_THAT(refusal("a@"), HasSubstr("after the '@'"));
    EXPECT_THAT(refusal("a@exa mple.com"), HasSubstr("after the '@'"));
    EXPECT_THAT(refusal("a@example..com"), HasSubstr("after the '@'"));
    EXPECT_THAT(refusal("a@example.com>"), HasSubstr("without a '<'"));
    EXPECT_THAT(refusal("a@example.com> NOTIFY=NEVER <b@example.com>"), HasSubstr("double quotes"));
}

TEST(Mailbox, refuses_more_than_one_address) {
    EXPECT_THAT(refusal("a@example.com, b@example.com"), HasSubstr("more than one"));
    EXPECT_THAT(refusal("a@example.com, Bob <b@example.com>"), HasSubstr("double quotes"));
}

TEST(Mailbox, refuses_line_ends_in_names_and_addresses) {
    EXPECT_THAT(refusal("a@example.com\r\nRCPT TO:<b@example.com>"), HasSubstr("to[0] holds the control character"));
    EXPECT_THAT(refusal("Eve\nBcc: b@example.com <a@example.com>"), HasSubstr("to[0] holds the control character"));
    EXPECT_THAT(refusal(std::string_view{"a@example.com\0", 14}), HasSubstr("control character 0x00"));
}

}  // namespace
}  // namespace hiratake::mail
