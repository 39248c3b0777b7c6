#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "hiratake/mail/mail_error.hpp"
#include "mail/mime_composer.hpp"
#include "mail/smtp_transport.hpp"
#include "payload/base64.hpp"
#include "support/child_process.hpp"

namespace hiratake::mail {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// An aiosmtpd server with the given behaviour.
class Server {
  public:
    explicit Server(const std::vector<std::string>& options) : process_(script_with(options)) {
        while (port == 0) {
            const std::string line = process_.read_line();
            if (line.empty()) throw std::runtime_error("the SMTP server did not start");
            if (line.starts_with("certificate ")) certificate = line.substr(12);
            if (line.starts_with("port ")) port = static_cast<std::uint16_t>(std::stoi(line.substr(5)));
        }
    }

    MailSettings settings(MailSecurity security) const {
        return {.host = "localhost", .port = port, .security = security, .ca_file = certificate};
    }
    /// The next event.
    std::string event() { return process_.read_line(); }
    /// The message that a `bytes` event, the next one, speaks of.
    std::string received_bytes() {
        std::ostringstream bytes;
        bytes << std::ifstream{event().substr(std::string_view{"bytes "}.size()), std::ios::binary}.rdbuf();
        return bytes.str();
    }
    /// All events until the server has ended.
    std::vector<std::string> end() {
        process_.close_input();
        return process_.read_lines();
    }

    std::uint16_t port = 0;
    std::string certificate;

  private:
    static std::vector<std::string> script_with(const std::vector<std::string>& options) {
        std::vector<std::string> words{"/usr/bin/python3", HIRATAKE_MAIL_TEST_FOLDER "/smtp_server.py"};
        words.insert(words.end(), options.begin(), options.end());
        return words;
    }

    test::ChildProcess process_;
};

class Smtp : public testing::Test {
  protected:
    ComposedMail simple_mail() {
        return mail({.from = "me@example.com", .to = {"name@email.com"}, .subject = "testing", .text = "Just testing"});
    }
    ComposedMail mail(const Email& email) { return MimeComposer{clock, random, 10'000'000}.compose(email); }

    MailError failure(SmtpTransport& transport, const ComposedMail& mail) {
        try {
            transport.deliver(mail);
        } catch (const MailError& error) {
            return error;
        }
        return MailError{"the mail was sent"};
    }

    SystemClock clock;
    Random random{1};
};

std::size_t connections(const std::vector<std::string>& events) {
    return static_cast<std::size_t>(std::count(events.begin(), events.end(), "connection"));
}

std::size_t mails(const std::vector<std::string>& events) {
    return static_cast<std::size_t>(std::count_if(events.begin(), events.end(),
                                                  [](const std::string& event) { return event.starts_with("mail "); }));
}

TEST_F(Smtp, delivers_the_very_bytes_to_every_recipient) {
    Server server{{}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    const ComposedMail sent = mail({.from = "Me <me@example.com>",
                                    .to = {"Name <name@email.com>"},
                                    .cc = {"cc@email.com"},
                                    .bcc = {"bcc@email.com"},
                                    .text = ".\n..\nlines that begin with dots\n.\n"});
    EXPECT_THAT(transport.deliver(sent), HasSubstr("(250 2.0.0 queued)"));
    EXPECT_EQ(server.event(), "connection");
    EXPECT_EQ(server.event(), "mail me@example.com name@email.com,cc@email.com,bcc@email.com plain as nobody");
    EXPECT_EQ(server.received_bytes(), sent.bytes);
}

TEST_F(Smtp, delivers_a_large_attachment_whole) {
    Server server{{}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    std::string content;
    for (int i = 0; i < 500'000; ++i) content += static_cast<char>(random.next());
    const ComposedMail sent =
        mail({.from = "a@b.c", .to = {"d@e.f"}, .attachments = {{.file_name = "a", .content = content}}});
    transport.deliver(sent);
    server.event();
    server.event();
    EXPECT_TRUE(server.received_bytes() == sent.bytes);
}

TEST_F(Smtp, delivers_to_an_address_beyond_ascii) {
    Server server{{}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    transport.deliver(mail({.from = "a@b.c", .to = {"почта@example.com"}}));
    server.event();
    EXPECT_EQ(server.event(), "mail a@b.c почта@example.com plain as nobody");
}

TEST_F(Smtp, uses_one_connection_for_many_mails) {
    Server server{{}};
    {
        SmtpTransport transport{server.settings(MailSecurity::none), clock};
        for (int i = 0; i < 20; ++i) transport.deliver(simple_mail());
    }
    const auto events = server.end();
    EXPECT_EQ(mails(events), 20U);
    EXPECT_EQ(connections(events), 1U);
}

TEST_F(Smtp, bounds_the_connections_of_many_threads) {
    Server server{{}};
    {
        MailSettings settings = server.settings(MailSecurity::none);
        settings.max_connections = 2;
        SmtpTransport transport{settings, clock};
        const ComposedMail sent = simple_mail();
        std::vector<std::thread> threads;
        for (int i = 0; i < 6; ++i) {
            threads.emplace_back([&] {
                for (int j = 0; j < 5; ++j) transport.deliver(sent);
            });
        }
        for (std::thread& thread : threads) thread.join();
    }
    const auto events = server.end();
    EXPECT_EQ(mails(events), 30U);
    EXPECT_LE(connections(events), 2U);
}

TEST_F(Smtp, encrypts_with_starttls_and_checks_the_certificate) {
    Server server{{"--starttls"}};
    SmtpTransport transport{server.settings(MailSecurity::starttls), clock};
    transport.deliver(simple_mail());
    server.event();
    EXPECT_THAT(server.event(), HasSubstr(" tls as nobody"));

    MailSettings distrusting = server.settings(MailSecurity::starttls);
    distrusting.ca_file.clear();
    SmtpTransport other{distrusting, clock};
    const MailError error = failure(other, simple_mail());
    EXPECT_THAT(error.what(), AllOf(HasSubstr("smtp://localhost:" + std::to_string(server.port) + " cannot be trusted"),
                                    HasSubstr("smtp.ca_file")));
    EXPECT_FALSE(error.is_temporary());

    distrusting.verify = false;
    SmtpTransport careless{distrusting, clock};
    EXPECT_THAT(careless.deliver(simple_mail()), HasSubstr("250"));
}

TEST_F(Smtp, checks_that_the_certificate_is_for_this_host) {
    Server server{{"--starttls"}};
    MailSettings settings = server.settings(MailSecurity::starttls);
    settings.host = "127.0.0.1";  // the certificate says localhost
    SmtpTransport transport{settings, clock};
    EXPECT_THAT(failure(transport, simple_mail()).what(), HasSubstr("cannot be trusted"));
}

TEST_F(Smtp, does_not_fall_back_to_plain_text) {
    Server server{{}};
    SmtpTransport transport{server.settings(MailSecurity::starttls), clock};
    EXPECT_THAT(failure(transport, simple_mail()).what(),
                AllOf(HasSubstr("does not offer STARTTLS"), HasSubstr("smtp.security")));
    EXPECT_EQ(mails(server.end()), 0U);
}

TEST_F(Smtp, encrypts_from_the_first_byte_with_smtps) {
    Server server{{"--smtps"}};
    SmtpTransport transport{server.settings(MailSecurity::smtps), clock};
    transport.deliver(simple_mail());
    transport.deliver(simple_mail());
    EXPECT_EQ(server.event(), "connection");
    EXPECT_THAT(server.event(), HasSubstr(" tls as nobody"));
}

TEST_F(Smtp, logs_in_once_for_a_connection) {
    Server server{{"--starttls", "--login", "robot:s3cret"}};
    MailSettings settings = server.settings(MailSecurity::starttls);
    settings.user = "robot";
    settings.password = "s3cret";
    SmtpTransport transport{settings, clock};
    transport.deliver(simple_mail());
    transport.deliver(simple_mail());
    server.event();
    EXPECT_THAT(server.event(), HasSubstr(" tls as robot"));
}

TEST_F(Smtp, tells_of_a_refused_login_without_the_password) {
    Server server{{"--login", "robot:s3cret"}};
    MailSettings settings = server.settings(MailSecurity::none);
    settings.user = "robot";
    settings.password = "h4rmless";
    SmtpTransport transport{settings, clock};
    const MailError error = failure(transport, simple_mail());
    EXPECT_THAT(error.what(), AllOf(HasSubstr("refused the user 'robot': 535"), HasSubstr("smtp.password"),
                                    Not(HasSubstr("h4rmless")),
                                    Not(HasSubstr(payload::encode_base64(std::string{"\0robot\0h4rmless", 15})))));
    EXPECT_EQ(error.reply_code(), 535);
}

TEST_F(Smtp, names_the_refused_recipient_and_the_servers_answer) {
    Server server{{"--refuse", "nobody@email.com"}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    const MailError error =
        failure(transport, mail({.from = "a@b.c", .to = {"name@email.com", "nobody@email.com", "other@email.com"}}));
    EXPECT_THAT(error.what(), HasSubstr("smtp://localhost:" + std::to_string(server.port) +
                                        " answered 550 5.1.1 no such user here to RCPT TO:<nobody@email.com>"));
    EXPECT_EQ(error.reply_code(), 550);
    EXPECT_FALSE(error.is_temporary());
    transport.deliver(simple_mail());  // a refusal spoils nothing for the next mail
    EXPECT_EQ(mails(server.end()), 1U) << "nobody receives a mail that one recipient was refused for";
}

TEST_F(Smtp, tells_a_temporary_refusal_from_a_final_one) {
    Server server{{"--defer", "name@email.com"}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    const MailError error = failure(transport, simple_mail());
    EXPECT_EQ(error.reply_code(), 450);
    EXPECT_TRUE(error.is_temporary());
}

TEST_F(Smtp, names_the_answer_to_a_refused_message) {
    Server server{{"--refuse-message"}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    const MailError error = failure(transport, simple_mail());
    EXPECT_THAT(error.what(), HasSubstr("answered 554 5.7.1 this looks like spam to the message"));
    EXPECT_EQ(error.reply_code(), 554);
}

TEST_F(Smtp, connects_again_when_the_server_has_closed_the_connection) {
    Server server{{"--hang-up-after", "1"}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    for (int i = 0; i < 3; ++i) transport.deliver(simple_mail());
    const auto events = server.end();
    EXPECT_EQ(mails(events), 3U);
    EXPECT_EQ(connections(events), 3U);
}

TEST_F(Smtp, connects_again_when_the_server_has_said_goodbye) {
    Server server{{"--hang-up-after", "1", "--say-goodbye"}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    for (int i = 0; i < 3; ++i) transport.deliver(simple_mail());
    EXPECT_EQ(mails(server.end()), 3U);
}

TEST_F(Smtp, does_not_send_twice_when_the_server_breaks_off_in_the_message) {
    Server server{{"--hang-up-in-data"}};
    SmtpTransport transport{server.settings(MailSecurity::none), clock};
    const MailError error = failure(transport, simple_mail());
    EXPECT_THAT(error.what(), HasSubstr("broke off"));
    EXPECT_TRUE(error.is_temporary());
    EXPECT_EQ(connections(server.end()), 1U);
}

TEST_F(Smtp, gives_up_on_a_silent_server_after_the_timeout) {
    Server server{{"--mute"}};
    MailSettings settings = server.settings(MailSecurity::none);
    settings.timeout = std::chrono::milliseconds{200};
    SmtpTransport transport{settings, clock};
    const MailError error = failure(transport, simple_mail());
    EXPECT_THAT(error.what(), HasSubstr("did not finish in time"));
    EXPECT_TRUE(error.is_temporary());
}

TEST_F(Smtp, tells_when_nobody_listens) {
    std::uint16_t port = 0;
    {
        Server server{{}};
        port = server.port;
    }
    SmtpTransport transport{{.host = "localhost", .port = port, .security = MailSecurity::none}, clock};
    const MailError error = failure(transport, simple_mail());
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("cannot send the mail to name@email.com"), HasSubstr("cannot be reached")));
    EXPECT_TRUE(error.is_temporary());
}

TEST_F(Smtp, tells_of_a_ca_file_that_cannot_be_read) {
    Server server{{"--smtps"}};
    MailSettings settings = server.settings(MailSecurity::smtps);
    settings.ca_file = "/nowhere/ca.pem";
    SmtpTransport transport{settings, clock};
    EXPECT_THAT(failure(transport, simple_mail()).what(),
                AllOf(HasSubstr("/nowhere/ca.pem"), HasSubstr("check smtp.ca_file")));
}

}  // namespace
}  // namespace hiratake::mail
