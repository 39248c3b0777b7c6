#include "hiratake/base/masked_uri.hpp"

#include <gtest/gtest.h>

namespace hiratake {
namespace {

TEST(MaskedUri, hides_only_the_password) {
    EXPECT_EQ(masked_uri("amqp://guest:guest@localhost:5672//"), "amqp://guest:**@localhost:5672//");
    EXPECT_EQ(masked_uri("amqp://localhost/vhost"), "amqp://localhost/vhost");
    EXPECT_EQ(masked_uri("amqp://guest@localhost"), "amqp://guest@localhost");
    EXPECT_EQ(masked_uri("no uri at all: a@b"), "no uri at all: a@b");
}

TEST(MaskedUri, hides_each_of_several) {
    EXPECT_EQ(masked_uri("amqp://a:secret@one;amqp://b:hidden@two/x"), "amqp://a:**@one;amqp://b:**@two/x");
}

TEST(MaskedUri, hides_a_password_with_a_separator_of_hosts_in_it) {
    EXPECT_EQ(masked_uri("amqp://guest:pass;word,too@one;two:5673/v"), "amqp://guest:**@one;two:5673/v");
}

TEST(MaskedUri, hides_a_password_with_an_at_sign_or_a_slash_in_it) {
    EXPECT_EQ(masked_uri("amqp://guest:p@ss/w@rd@localhost/v"), "amqp://guest:**@localhost/v");
}

}  // namespace
}  // namespace hiratake
