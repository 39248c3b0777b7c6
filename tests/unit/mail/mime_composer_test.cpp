#include "mail/mime_composer.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/manual_clock.hpp"
#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Composing : public testing::Test {
  protected:
    std::string bytes(const Email& email) { return composer.compose(email).bytes; }
    std::string refusal(const Email& email) {
        try {
            composer.compose(email);
        } catch (const MailError& error) {
            return error.what();
        }
        return "accepted";
    }

    ManualClock clock;
    Random random{1};
    MimeComposer composer{clock, random, 1000};
    const Email simple{
        .from = "hiratake@example.com", .to = {"name@email.com"}, .subject = "testing", .text = "Just testing"};
};

TEST_F(Composing, writes_a_plain_mail) {
    const std::string mail = bytes(simple);
    EXPECT_THAT(mail, testing::StartsWith("Date: Fri, 20 Dec 2019 00:00:00 +0000\r\n")) << mail;
    EXPECT_THAT(mail, HasSubstr("@example.com>\r\nFrom: hiratake@example.com\r\nTo: name@email.com\r\n"
                                "Subject: testing\r\nMIME-Version: 1.0\r\n"
                                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n"
                                "\r\nJust testing\r\n"));
}

TEST_F(Composing, gives_each_mail_an_id_of_its_own) {
    const auto id = [](const std::string& mail) { return mail.substr(mail.find("Message-ID: "), 60); };
    EXPECT_NE(id(bytes(simple)), id(bytes(simple)));
}

TEST_F(Composing, keeps_bcc_out_of_the_message_and_in_the_envelope) {
    Email email = simple;
    email.cc = {"Cc <cc@example.com>"};
    email.bcc = {"secret@example.com", "name@email.com"};
    const ComposedMail mail = composer.compose(email);
    EXPECT_THAT(mail.recipients, ElementsAre("name@email.com", "cc@example.com", "secret@example.com"));
    EXPECT_THAT(mail.bytes, Not(HasSubstr("secret")));
    EXPECT_THAT(mail.bytes, HasSubstr("Cc: Cc <cc@example.com>\r\n"));
}

TEST_F(Composing, turns_line_ends_of_every_kind_into_crlf) {
    Email email = simple;
    email.text = "a\nb\r\nc\rd\n\n";
    EXPECT_THAT(bytes(email), HasSubstr("\r\n\r\na\r\nb\r\nc\r\nd\r\n\r\n"));
}

TEST_F(Composing, chooses_the_lightest_encoding_that_keeps_the_text) {
    Email email = simple;
    email.text = "A line with one é in many plain words";
    EXPECT_THAT(bytes(email), HasSubstr("quoted-printable\r\n\r\nA line with one =C3=A9 in"));
    email.text = std::string(100, 'x');
    EXPECT_THAT(bytes(email), HasSubstr("quoted-printable")) << "an overlong line";
    email.text = "привет";
    EXPECT_THAT(bytes(email), HasSubstr("base64"));
}

TEST_F(Composing, refuses_a_mail_without_recipient_or_sender) {
    Email email = simple;
    email.to.clear();
    EXPECT_THAT(refusal(email), HasSubstr("no recipient"));
    email = simple;
    email.from = "";
    EXPECT_THAT(refusal(email), HasSubstr("from '' is not an e-mail address"));
}

TEST_F(Composing, refuses_header_injection_in_every_field_that_reaches_a_header) {
    const std::string evil = "x@example.com\r\nX-Evil: 1";
    const auto with = [&](auto change) {
        Email email = simple;
        email.html = "<p>";
        change(email);
        return refusal(email);
    };
    EXPECT_THAT(with([&](Email& email) { email.from = evil; }), HasSubstr("from holds"));
    EXPECT_THAT(with([&](Email& email) { email.to.push_back(evil); }), HasSubstr("to[1] holds"));
    EXPECT_THAT(with([&](Email& email) { email.cc = {evil}; }), HasSubstr("cc[0] holds"));
    EXPECT_THAT(with([&](Email& email) { email.bcc = {evil}; }), HasSubstr("bcc[0] holds"));
    EXPECT_THAT(with([&](Email& email) { email.reply_to = {evil}; }), HasSubstr("reply_to[0] holds"));
    EXPECT_THAT(with([&](Email& email) { email.subject = evil; }), HasSubstr("subject holds"));
    EXPECT_THAT(with([&](Email& email) { email.headers = {{"X-A", evil}}; }), HasSubstr("headers['X-A'] holds"));
    EXPECT_THAT(with([&](Email& email) {
                    email.headers = {{"X-A: 1\r\nX-Evil", "1"}};
                }),
                HasSubstr("headers holds a name"));
    EXPECT_THAT(with([&](Email& email) { email.attachments = {{.file_name = evil}}; }),
                HasSubstr("attachments[0].file_name holds"));
    EXPECT_THAT(with([&](Email& email) { email.attachments = {{.file_name = "a", .content_type = evil}}; }),
                HasSubstr("attachments[0].content_type holds"));
    EXPECT_THAT(with([&](Email& email) { email.inline_images = {{.content_id = evil}}; }),
                HasSubstr("inline_images[0].content_id must"));
    EXPECT_THAT(with([&](Email& email) { email.inline_images = {{.content_id = "a", .file_name = evil}}; }),
                HasSubstr("inline_images[0].file_name holds"));
}

TEST_F(Composing, refuses_headers_that_follow_from_other_fields) {
    for (const char* name :
         {"To", "bcc", "CONTENT-TYPE", "Content-Disposition", "Date", "message-id", "MIME-Version"}) {
        Email email = simple;
        email.headers = {{name, "x"}};
        EXPECT_THAT(refusal(email), HasSubstr("follows from the mail's other fields")) << name;
    }
    Email email = simple;
    email.headers = {{"In-Reply-To", "<1@example.com>"}};
    EXPECT_THAT(bytes(email), HasSubstr("\r\nIn-Reply-To: <1@example.com>\r\n"));
}

TEST_F(Composing, refuses_text_that_is_not_utf8) {
    Email email = simple;
    email.text = "caf\xe9";
    EXPECT_THAT(refusal(email), HasSubstr("text is not valid UTF-8"));
    email = simple;
    email.html = "caf\xe9";
    EXPECT_THAT(refusal(email), HasSubstr("html is not valid UTF-8"));
}

TEST_F(Composing, refuses_inline_images_that_nothing_shows) {
    Email email = simple;
    email.inline_images = {{.content_id = "logo", .content_type = "image/png"}};
    EXPECT_THAT(refusal(email), HasSubstr("inline_images need html"));
}

TEST_F(Composing, refuses_more_content_than_allowed) {
    Email email = simple;
    email.text = std::string(500, 'a');
    email.attachments = {{.file_name = "a.bin", .content = std::string(501, 'b')}};
    EXPECT_THAT(refusal(email), HasSubstr("it holds 1001 bytes, more than the 1000"));
}

TEST_F(Composing, nests_alternatives_images_and_attachments) {
    Email email = simple;
    email.html = "<img src=\"cid:logo\">";
    email.inline_images = {{.content_id = "logo", .content_type = "image/png", .content = "PNG"}};
    email.attachments = {{.file_name = "a.txt", .content = "attached"}};
    const std::string mail = bytes(email);
    const std::size_t mixed = mail.find("multipart/mixed");
    const std::size_t alternative = mail.find("multipart/alternative");
    const std::size_t related = mail.find("multipart/related");
    const std::size_t image = mail.find("Content-ID: <logo>");
    const std::size_t attachment = mail.find("filename=\"a.txt\"");
    EXPECT_TRUE(mixed < alternative && alternative < related && related < image && image < attachment) << mail;
    EXPECT_LT(attachment, mail.size());
}

}  // namespace
}  // namespace hiratake::mail
