#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "client/core/connection_machine.hpp"
#include "unit/client/support/fake_broker.hpp"
#include "unit/client/support/pending.hpp"

namespace hiratake::client::core {

/// A machine, a broker for it to talk to, and time that stands still until the test moves it.
class ConnectionFixture : public testing::Test {
  protected:
    /// @param acknowledgement_delay none: what is acknowledged leaves at once
    explicit ConnectionFixture(Duration acknowledgement_delay = {})
        : machine(options(acknowledgement_delay), log, random) {}

    static ConnectionMachineOptions options(Duration acknowledgement_delay = {}) {
        ConnectionMachineOptions options;
        options.acknowledgement_delay = acknowledgement_delay;
        options.client_properties = {{"product", "hiratake"}};
        options.retry = {.first_delay = std::chrono::seconds{1}, .jitter = 0.0};
        options.publisher.max_unconfirmed = 8;
        return options;
    }

    void publish(std::string_view key, Deadline deadline = {}, std::string_view exchange = "x",
                 bool mandatory = false) {
        machine.publish(pending({.message = {exchange, key, std::string_view{"\0\0", 2}, "body of " + std::string{key}},
                                 .mandatory = mandatory,
                                 .deadline = deadline,
                                 .handler = [this, name = std::string{key}](const PublishResult& result) {
                                     outcomes.push_back(name + " " + std::string{to_string(result.status)});
                                 }}));
    }
    std::vector<std::string> take_outcomes() {
        for (auto& publish : std::exchange(machine.events().settled, {})) publish.handler(publish.result);
        return std::exchange(outcomes, {});
    }
    std::vector<ConsumerChange> take_consumer_changes() { return std::exchange(machine.events().consumers, {}); }
    std::vector<IncomingDeliveryPointer> take_deliveries() { return std::exchange(machine.events().deliveries, {}); }
    std::vector<std::string> take_log() { return std::exchange(log_lines, {}); }
    /// Delivers one message to the consumer of `channel`.
    void deliver(std::uint16_t channel, std::uint64_t delivery_tag, std::string_view body,
                 std::uint32_t frame_max = 0) {
        broker.say_content(channel,
                           amqp::BasicDeliver{.consumer_tag = "tag",
                                              .delivery_tag = delivery_tag,
                                              .redelivered = delivery_tag == 1,
                                              .exchange = "x",
                                              .routing_key = "key"},
                           std::string_view{"\0\0", 2}, body, frame_max);
    }
    ConnectionAction converse() { return broker.converse(now); }
    ConnectionAction converse_after(Duration pause) {
        now += pause;
        return converse();
    }

    std::vector<std::string> log_lines;
    Log log{LogLevel::debug, [this](const LogRecord& record) { log_lines.emplace_back(record.message); }};
    Random random{7};
    TimePoint now{std::chrono::hours{1}};
    std::vector<std::string> outcomes;
    ConnectionMachine machine;
    FakeBroker broker{machine};
};

}  // namespace hiratake::client::core
