#include "cli/broker_command.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/error.hpp"

namespace hiratake::cli {
namespace {

TEST(BrokerCommand, reads_addresses_to_listen_on) {
    EXPECT_EQ(parse_listener("0.0.0.0:5673").address, "0.0.0.0");
    EXPECT_EQ(parse_listener("0.0.0.0:5673").port, 5673);
    EXPECT_EQ(parse_listener("[::1]:5672").address, "::1");
    EXPECT_EQ(parse_listener("localhost:0").port, 0);
    for (const char* text :
         {"", "5672", ":5672", "localhost", "localhost:", "localhost:x", "localhost:65536", "h:1x"}) {
        EXPECT_THROW(parse_listener(text), ConfigurationError) << text;
    }
}

TEST(BrokerCommand, reads_users_with_rights_in_every_vhost) {
    const BrokerUser user = parse_user("robot:pass:word", {"/", "test"});
    EXPECT_EQ(user.name, "robot");
    EXPECT_EQ(user.password, "pass:word");
    EXPECT_EQ(user.permissions.size(), 2U);
}

TEST(BrokerCommand, does_not_show_the_password_of_a_user_it_refuses) {
    EXPECT_THROW(parse_user("robot", {"/"}), ConfigurationError);
    try {
        parse_user(":secret", {"/"});
        FAIL() << "accepted";
    } catch (const ConfigurationError& error) {
        EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("secret")));
    }
}

}  // namespace
}  // namespace hiratake::cli
