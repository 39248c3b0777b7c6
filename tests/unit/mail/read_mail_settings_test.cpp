#include "mail/read_mail_settings.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/error.hpp"

namespace hiratake::mail {
namespace {

using testing::HasSubstr;

Config smtp(Object settings) {
    return Config{Object{{"smtp", Value{std::move(settings)}}}};
}

std::string refusal(Object settings) {
    try {
        read_mail_settings(smtp(std::move(settings)));
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(MailSettings, are_an_outbox_when_nothing_is_configured) {
    const MailSettings settings = read_mail_settings(Config{});
    EXPECT_EQ(settings.host, "");
    EXPECT_EQ(settings.outbox, "outbox");
    EXPECT_TRUE(settings.verify);
}

TEST(MailSettings, are_read_from_every_key) {
    const MailSettings settings = read_mail_settings(smtp({{"host", "mx"},
                                                           {"port", 2525},
                                                           {"security", "smtps"},
                                                           {"user", "u"},
                                                           {"password", "p"},
                                                           {"allow_plaintext_auth", true},
                                                           {"from", "a@b.c"},
                                                           {"verify", false},
                                                           {"ca_file", "ca.pem"},
                                                           {"connect_timeout", 1.5},
                                                           {"timeout", 20},
                                                           {"max_connections", 2},
                                                           {"max_content_bytes", 1000},
                                                           {"outbox", "mails"}}));
    EXPECT_EQ(settings.host, "mx");
    EXPECT_EQ(settings.port, 2525);
    EXPECT_EQ(settings.security, MailSecurity::smtps);
    EXPECT_EQ(settings.user, "u");
    EXPECT_EQ(settings.password, "p");
    EXPECT_TRUE(settings.allow_plaintext_auth);
    EXPECT_EQ(settings.from, "a@b.c");
    EXPECT_FALSE(settings.verify);
    EXPECT_EQ(settings.ca_file, "ca.pem");
    EXPECT_EQ(settings.connect_timeout.count(), 1500);
    EXPECT_EQ(settings.timeout.count(), 20'000);
    EXPECT_EQ(settings.max_connections, 2U);
    EXPECT_EQ(settings.max_content_bytes, 1000U);
    EXPECT_EQ(settings.outbox, "mails");
}

TEST(MailSettings, refuse_what_they_do_not_know) {
    EXPECT_THAT(refusal({{"pasword", "x"}}), HasSubstr("smtp.pasword is not a setting"));
    EXPECT_THAT(refusal({{"security", "ssl"}}), HasSubstr("none, starttls or smtps"));
    EXPECT_THAT(refusal({{"port", 65536}}), HasSubstr("smtp.port is 65536"));
    EXPECT_THAT(refusal({{"max_connections", 0}}), HasSubstr("smtp.max_connections is 0"));
    EXPECT_THAT(refusal({{"host", 5}}), HasSubstr("smtp.host"));
    EXPECT_THROW(read_mail_settings(Config{Object{{"smtp", Value{"mx"}}}}), ConfigurationError);
}

}  // namespace
}  // namespace hiratake::mail
