#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/messaging/message_info.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

test::Journal journal;

struct Reading {
    std::string station;
    double value;
};

const amqp::Exchange readings{.name = "test_messaging_readings", .type = "topic"};

/// Publishes what its callers say.
struct Station {
    static constexpr auto name = "test_messaging_station";
    Publisher out{readings.name, {readings}};
    Publisher direct;

    void report(std::string station, double value) {
        out.publish(Reading{station, value}, {.routing_key = "reading." + station,
                                              .headers = {{"unit", "kelvin"}},
                                              .priority = 3,
                                              .correlation_id = "c-1",
                                              .type = "reading"});
    }
    void send(std::string queue, Value payload, bool mandatory) {
        direct.publish(payload, {.routing_key = queue, .mandatory = mandatory});
    }
    /// Publishes the numbers from 1 on, waits for all of them together, and returns how many were confirmed.
    int send_many(std::string queue, int count, bool mandatory) {
        std::vector<Confirm> confirms;
        for (int number = 1; number <= count; ++number) {
            confirms.push_back(direct.publish_async(number, {.routing_key = queue, .mandatory = mandatory}));
        }
        int confirmed = 0;
        for (Confirm& confirm : confirms) {
            try {
                confirm.wait();
                ++confirmed;
            } catch (const UndeliverableMessage&) {
            }
        }
        return confirmed;
    }
    void send_and_forget(std::string queue) { direct.publish_async(1, {.routing_key = queue, .mandatory = true}); }
    void send_bytes(std::string queue, std::string bytes) {
        direct.publish_bytes(bytes, "image/png", {.routing_key = queue});
    }

    static void define(Service<Station>& station) {
        station.rpc<&Station::report>("station", "value");
        station.rpc<&Station::send>("queue", "payload", "mandatory");
        station.rpc<&Station::send_many>("queue", "count", "mandatory");
        station.rpc<&Station::send_and_forget>("queue");
        station.rpc<&Station::send_bytes>("queue", "bytes");
    }
};

/// Consumes them, and tells the journal.
struct Archive {
    static constexpr auto name = "test_messaging_archive";

    void on_reading(Reading reading, const MessageInfo& info) {
        journal.add(reading.station + " " + info.routing_key + " " + info.headers.find("unit")->as_string() + " " +
                    std::to_string(info.priority.value_or(0)) + " " + info.correlation_id.value_or("") + " " +
                    info.type.value_or(""));
    }
    void on_text(std::string text) { journal.add("text " + text); }
    void on_fragile(std::size_t attempts) {
        // One worker at a time: the message comes back only when this one has failed.
        if (journal.add("fragile") < attempts) throw std::runtime_error("not yet");
    }
    void on_number(int number) { journal.add(std::to_string(number)); }
    void on_batch(std::vector<int> numbers) {
        std::string line = "batch";
        for (const int number : numbers) line += " " + std::to_string(number);
        journal.add(line);
    }
    void on_fragile_batch(std::vector<int> numbers) {
        if (journal.add("batch of " + std::to_string(numbers.size())) < 2) throw std::runtime_error("not yet");
    }

    static void define(Service<Archive>& archive) {
        archive.consume<&Archive::on_reading>(
            "test_messaging_kept",
            {.topology = {readings, amqp::Queue{.name = "test_messaging_kept"},
                          amqp::Binding{
                              .queue = "test_messaging_kept", .exchange = readings.name, .routing_key = "reading.#"}}});
        archive.consume<&Archive::on_text>("test_messaging_texts");
        archive.consume<&Archive::on_fragile>("test_messaging_fragile", {.requeue_on_error = true});
        archive.consume<&Archive::on_number>("test_messaging_numbers").prefetch(1);
        archive.consume_batches<&Archive::on_batch>("test_messaging_batches",
                                                    {.max_messages = 5, .max_wait = std::chrono::seconds{1}});
        archive.consume_batches<&Archive::on_fragile_batch>(
            "test_messaging_fragile_batches",
            {.max_messages = 2, .max_wait = std::chrono::hours{1}, .requeue_on_error = true});
    }
};

class Messaging : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        journal.clear();
        if (!IsSkipped()) run<Station, Archive>();
    }
    void send(const std::string& queue, const Value& payload) {
        service("test_messaging_station").call("send", queue, payload, false);
    }
};

TEST_P(Messaging, carries_a_payload_and_what_is_said_of_it) {
    service("test_messaging_station").call("report", "oslo", 271.5);
    EXPECT_THAT(journal.wait_for(1), ElementsAre("oslo reading.oslo kelvin 3 c-1 reading"));
}

TEST_P(Messaging, says_when_nobody_gets_a_mandatory_message) {
    try {
        service("test_messaging_station").call("send", "test_messaging_no_queue", 1, true);
        FAIL() << "nobody could get it";
    } catch (const RemoteError& error) {
        EXPECT_EQ(error.type(), "UndeliverableMessage");
        EXPECT_THAT(error.what(), HasSubstr("test_messaging_no_queue"));
    }
    EXPECT_NO_THROW(send("test_messaging_no_queue", 1));
}

TEST_P(Messaging, is_confirmed_many_at_a_time_in_order) {
    constexpr int count = 500;
    EXPECT_EQ(service("test_messaging_station").call<int>("send_many", "test_messaging_numbers", count, true), count);
    const auto lines = journal.wait_for(count);
    ASSERT_THAT(lines, SizeIs(count));
    for (int number = 1; number <= count; ++number) {
        EXPECT_EQ(lines[static_cast<std::size_t>(number) - 1], std::to_string(number));
    }
    EXPECT_EQ(service("test_messaging_station").call<int>("send_many", "test_messaging_no_queue", 3, true), 0);
}

TEST_P(Messaging, that_nobody_waits_for_is_logged_when_it_is_lost) {
    service("test_messaging_station").call("send_and_forget", "test_messaging_no_queue");
    EXPECT_TRUE(
        comes_to_be_logged("published without waiting: the message for exchange '' with routing key "
                           "'test_messaging_no_queue' was not published: returned"))
        << whole_log();
}

TEST_P(Messaging, that_the_service_does_not_accept_is_dropped_with_a_log_line) {
    service("test_messaging_station").call("send_bytes", "test_messaging_texts", "no image");
    send("test_messaging_texts", "hello");
    EXPECT_THAT(journal.wait_for(1), ElementsAre("text hello"));
    EXPECT_TRUE(comes_to_be_logged("dropped a message of queue `test_messaging_texts`")) << whole_log();
}

TEST_P(Messaging, comes_again_until_a_method_that_asks_for_it_succeeds) {
    send("test_messaging_fragile", 3);
    EXPECT_THAT(journal.wait_for(3), ElementsAre("fragile", "fragile", "fragile"));
}

/// What was in the batches that have so many messages together. A slow machine may hand over a batch before it is full,
/// and two workers may have two batches at once: in each the messages are in their order.
std::string messages_of_batches(std::size_t message_count) {
    std::map<int, std::string> batches;  // by their first message
    std::size_t found = 0;
    for (std::size_t count = 1; found < message_count; ++count) {
        const auto lines = journal.wait_for(count);
        if (lines.size() < count) break;
        const std::string messages = lines[count - 1].substr(std::string_view{"batch"}.size());
        const auto size = static_cast<std::size_t>(std::ranges::count(messages, ' '));
        EXPECT_LE(size, 5U) << messages;
        found += size;
        batches[std::stoi(messages)] = messages;
    }
    std::string all;
    for (const auto& [first, messages] : batches) all += messages;
    return all;
}

TEST_P(Messaging, gathers_batches_in_order_up_to_their_size) {
    for (int number = 1; number <= 10; ++number) send("test_messaging_batches", number);
    EXPECT_EQ(messages_of_batches(10), " 1 2 3 4 5 6 7 8 9 10");
}

TEST_P(Messaging, leaves_a_message_that_does_not_fit_out_of_its_batch) {
    for (const Value& payload : {Value{1}, Value{"two"}, Value{3}}) send("test_messaging_batches", payload);
    EXPECT_EQ(messages_of_batches(2), " 1 3");
    EXPECT_TRUE(comes_to_be_logged("dropped a message of queue `test_messaging_batches`")) << whole_log();
}

TEST_P(Messaging, brings_a_batch_again_whose_method_failed) {
    send("test_messaging_fragile_batches", 1);
    send("test_messaging_fragile_batches", 2);
    EXPECT_THAT(journal.wait_for(2), Each("batch of 2"));
}

INSTANTIATE_TEST_SUITE_P(over, Messaging, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
