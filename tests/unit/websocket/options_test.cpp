#include "websocket/options.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::websocket {
namespace {

Options read(Object section) {
    return read_options(Config{Object{{"websocket", std::move(section)}}});
}

TEST(Options, have_defaults) {
    const auto options = read_options(Config{});
    EXPECT_EQ(options.max_connections, 10'000u);
    EXPECT_EQ(options.limits.max_message_bytes, 1024u * 1024);
    EXPECT_EQ(options.limits.ping_interval, std::chrono::seconds{20});
    EXPECT_FALSE(options.origins.allowed);
}

TEST(Options, are_read_from_their_section) {
    const auto options = read({{"max_message_bytes", 1},
                               {"max_queued_bytes", 2},
                               {"max_connections", 3},
                               {"ping_interval", 0.5},
                               {"origins", Array{"https://shop.example"}}});
    EXPECT_EQ(options.limits.max_message_bytes, 1u);
    EXPECT_EQ(options.limits.max_queued_bytes, 2u);
    EXPECT_EQ(options.max_connections, 3u);
    EXPECT_EQ(options.limits.ping_interval, std::chrono::milliseconds{500});
    EXPECT_EQ(options.origins.allowed, std::vector<std::string>{"https://shop.example"});
}

TEST(Options, that_make_no_sense_are_refused) {
    EXPECT_THROW(read({{"max_message_bytes", 0}}), ConfigurationError);
    EXPECT_THROW(read({{"max_connections", -1}}), ConfigurationError);
    EXPECT_THROW(read({{"ping_interval", "soon"}}), ConfigurationError);
    EXPECT_THROW(read({{"origins", "https://shop.example"}}), ConfigurationError);
    EXPECT_THROW(read({{"origins", Array{5}}}), ConfigurationError);
}

}  // namespace
}  // namespace hiratake::websocket
