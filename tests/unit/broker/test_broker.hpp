#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "broker/core/broker.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "hiratake/base/random.hpp"

namespace hiratake::broker::core::test {

/// A broker whose time the test owns. Users: guest (everything), limited (may read and write what begins with "ok",
/// declare nothing), outsider (no vhost), impersonator.
struct TestBroker {
    static BrokerSettings settings() {
        const auto user = [](std::string name, std::string configure, std::string write, std::string read) {
            User made{.name = name, .password = std::move(name), .tags = {}, .permissions = {}};
            made.permissions.emplace("/", Permissions{NamePattern{configure}, NamePattern{write}, NamePattern{read}});
            return made;
        };
        BrokerSettings settings;
        settings.users.push_back(user("guest", ".*", ".*", ".*"));
        settings.users.push_back(user("limited", "", "^ok", "^ok"));
        settings.users.push_back(user("impersonator", ".*", ".*", ".*"));
        settings.users.back().tags = {"impersonator"};
        settings.users.push_back({.name = "outsider", .password = "outsider", .tags = {}, .permissions = {}});
        return settings;
    }

    explicit TestBroker(BrokerSettings with = settings()) : broker(std::move(with), clock, random) {}

    void pass(std::chrono::milliseconds time) {
        clock.advance(time);
        broker.advance();
    }

    ManualClock clock;
    Random random{1};
    Broker broker;
};

}  // namespace hiratake::broker::core::test
