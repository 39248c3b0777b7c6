#include "hiratake/service/config.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;

const Config config{Object{{"smtp", Object{{"host", "localhost"}, {"port", 25}, {"verify", false}, {"user", nullptr}}},
                           {"stop_timeout", 2.5}}};

TEST(Config, finds_values_by_dotted_keys) {
    EXPECT_EQ(config.text("smtp.host"), "localhost");
    EXPECT_EQ(config.integer("smtp.port"), 25);
    EXPECT_EQ(config.boolean("smtp.verify"), false);
    EXPECT_EQ(config.number("smtp.port"), 25.0);
    EXPECT_EQ(config.seconds("stop_timeout"), 2500ms);
}

TEST(Config, takes_a_null_for_an_absent_value) {
    EXPECT_EQ(config.text("smtp.user"), std::nullopt);
    EXPECT_EQ(config.text("smtp.host.name"), std::nullopt);
    EXPECT_EQ(config.text("nothing"), std::nullopt);
}

TEST(Config, names_the_key_of_a_value_of_the_wrong_kind) {
    try {
        config.integer("smtp.host");
        FAIL() << "no error";
    } catch (const ConfigurationError& error) {
        EXPECT_STREQ(error.what(), "configuration: `smtp.host` is a string, expected an integer");
    }
    EXPECT_THROW(config.seconds("smtp.verify"), ConfigurationError);
    EXPECT_THROW((Config{Object{{"t", -1}}}.seconds("t")), ConfigurationError);
}

TEST(Config, is_changed_only_in_a_copy) {
    const Config changed =
        config.with("smtp.host", "mail.example").with("http.listen", "127.0.0.1:0").with("smtp.port.x", 1);
    EXPECT_EQ(changed.text("smtp.host"), "mail.example");
    EXPECT_EQ(changed.text("http.listen"), "127.0.0.1:0");
    EXPECT_EQ(changed.integer("smtp.port.x"), 1);
    EXPECT_EQ(changed.boolean("smtp.verify"), false);
    EXPECT_EQ(config.text("smtp.host"), "localhost");
}

}  // namespace
}  // namespace hiratake
