#include "mail/smtp_dialogue.hpp"

#include <gtest/gtest.h>

namespace hiratake::mail {
namespace {

TEST(SmtpDialogue, keeps_the_last_command_and_answer) {
    SmtpDialogue dialogue;
    EXPECT_FALSE(dialogue.has_answer());
    dialogue.received("220 ready\r\n");
    dialogue.sent("RCPT TO:<a@example.com>\r\n");
    dialogue.received("550 5.1.1 no such user\r\n");
    EXPECT_EQ(dialogue.command(), "RCPT TO:<a@example.com>");
    EXPECT_EQ(dialogue.reply_code(), 550);
    EXPECT_EQ(dialogue.answer(), "550 5.1.1 no such user");
}

TEST(SmtpDialogue, joins_the_lines_of_one_answer) {
    SmtpDialogue dialogue;
    dialogue.received("554-first\r\n");
    dialogue.received("554-second\r\n");
    dialogue.received("554 third\r\n");
    EXPECT_EQ(dialogue.answer(), "554-first second third");
    dialogue.received("250 ok\r\n");
    EXPECT_EQ(dialogue.answer(), "250 ok");
}

TEST(SmtpDialogue, never_keeps_credentials) {
    SmtpDialogue dialogue;
    dialogue.sent("AUTH PLAIN AHVzZXIAc2VjcmV0\r\n");
    EXPECT_EQ(dialogue.command(), "AUTH PLAIN");
    dialogue.sent("AUTH LOGIN\r\n");
    EXPECT_EQ(dialogue.command(), "AUTH LOGIN");
    dialogue.sent("c2VjcmV0\r\n");
    EXPECT_EQ(dialogue.command(), "AUTH LOGIN");
}

TEST(SmtpDialogue, makes_an_answer_printable_and_bounds_it) {
    SmtpDialogue dialogue;
    dialogue.received("550 a\x1b[31mb\r\n");
    EXPECT_EQ(dialogue.answer(), "550 a [31mb");
    dialogue.received("550 " + std::string(5000, 'x'));
    EXPECT_EQ(dialogue.answer().size(), 1000U);
}

TEST(SmtpDialogue, keeps_the_answer_that_led_to_the_parting) {
    SmtpDialogue dialogue;
    dialogue.sent("RCPT TO:<a@example.com>\r\n");
    dialogue.received("550 no\r\n");
    dialogue.sent("QUIT\r\n");
    dialogue.received("221-Good\r\n");
    dialogue.received("221 bye\r\n");
    EXPECT_EQ(dialogue.command(), "RCPT TO:<a@example.com>");
    EXPECT_EQ(dialogue.answer(), "550 no");
    dialogue.received("220 another connection\r\n");
    EXPECT_EQ(dialogue.reply_code(), 220);
}

TEST(SmtpDialogue, ignores_lines_without_a_code) {
    SmtpDialogue dialogue;
    dialogue.received("hello\r\n");
    dialogue.received("\r\n");
    dialogue.received("25\r\n");
    EXPECT_FALSE(dialogue.has_answer());
}

}  // namespace
}  // namespace hiratake::mail
