#include "wire/redelivery.hpp"

#include <gtest/gtest.h>

#include <variant>

namespace hiratake::wire {
namespace {

using namespace std::chrono_literals;

const WallTime noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 26} + 12h};

amqp::Table death(const char* exchange, std::int64_t count) {
    return {{"count", count}, {"exchange", exchange}, {"queue", "q"}, {"reason", "expired"}};
}

std::string text(const amqp::Table& headers, std::string_view name) {
    const amqp::FieldValue* value = headers.find(name);
    return value ? std::string{value->as_string().value_or("no text")} : "none";
}

TEST(Redelivery, waits_in_queues_as_nameko_amqp_retry_declares_them) {
    EXPECT_EQ(waiting_topology(5s),
              (amqp::Topology{amqp::Exchange{.name = "backoff", .type = "headers"},
                              amqp::Queue{.name = "backoff--5000ms",
                                          .arguments = {{"x-expires", 10000}, {"x-dead-letter-exchange", ""}}},
                              amqp::Binding{.queue = "backoff--5000ms",
                                            .exchange = "backoff",
                                            .arguments = {{"backoff", 5000}, {"x-match", "any"}}}}));
}

TEST(Redelivery, parks_in_a_durable_queue_beside_that_of_the_handler) {
    EXPECT_EQ(parked_topology("documents"), (amqp::Topology{amqp::Queue{.name = "documents.parked"}}));
}

TEST(Redelivery, counts_attempts_by_its_own_header_and_by_the_brokers_whichever_is_more) {
    EXPECT_EQ(attempt_history({}).failures, 0U);
    EXPECT_EQ(attempt_history({{"hiratake.attempts", 3}}).failures, 3U);
    const amqp::Array deaths{{death("backoff", 1), death("other", 7), death("backoff", 2)}};
    EXPECT_EQ(attempt_history({{"x-death", deaths}}).failures, 3U);
    EXPECT_EQ(attempt_history({{"x-death", deaths}, {"hiratake.attempts", 2}}).failures, 3U);
    EXPECT_EQ(attempt_history({{"x-death", deaths}, {"hiratake.attempts", 4}}).failures, 4U);
}

TEST(Redelivery, takes_counts_of_any_kind_from_outside) {
    EXPECT_EQ(attempt_history({{"hiratake.attempts", "three"}}).failures, 0U);
    EXPECT_EQ(attempt_history({{"hiratake.attempts", -1}}).failures, 0U);
    EXPECT_EQ(attempt_history({{"x-death", "never"}}).failures, 0U);
    EXPECT_EQ(attempt_history({{"x-death", amqp::Array{{amqp::FieldValue{1}}}}}).failures, 0U);
    EXPECT_GT(attempt_history({{"hiratake.attempts", std::int64_t{1} << 60}}).failures, 1'000'000U);
}

TEST(Redelivery, writes_down_each_attempt) {
    const amqp::Table first = waiting_headers({{"nameko.user", 7}, {"CC", amqp::Array{}}},
                                              {1, noon, "payments.events", "received"}, 5s, {"a.b.1", "c.d.2"});
    EXPECT_EQ(*first.find("backoff"), amqp::FieldValue{5000});
    EXPECT_EQ(*first.find("nameko.call_id_stack"), (amqp::FieldValue{amqp::Array{{"a.b.1", "c.d.2.backoff"}}}));
    EXPECT_EQ(*first.find("nameko.user"), amqp::FieldValue{7});
    EXPECT_FALSE(first.contains("CC"));
    EXPECT_EQ(attempt_history(first).failures, 1U);
    EXPECT_EQ(attempt_history(first).exchange, "payments.events");
    EXPECT_EQ(attempt_history(first).routing_key, "received");

    const amqp::Table second = waiting_headers(first, {2, noon + 5s, "", "evt-queue"}, 8s, {"x"});
    EXPECT_EQ(*second.find("backoff"), amqp::FieldValue{8000});
    EXPECT_EQ(attempt_history(second).failures, 2U);
    EXPECT_EQ(attempt_history(second).exchange, "payments.events");
    EXPECT_EQ(attempt_history(second).routing_key, "received");
    EXPECT_EQ(text(second, header::first_failed_at), text(first, header::last_failed_at));
    EXPECT_NE(text(second, header::last_failed_at), text(first, header::last_failed_at));
}

TEST(Redelivery, says_why_and_from_where_a_message_was_parked) {
    const amqp::Table headers =
        parked_headers({{"backoff", 5000}, {"nameko.user", 7}}, {1, noon, "payments.events", "received"},
                       {"id-1", "evt-queue", "ledger.on_payment", "std.runtime_error", "no paper"});
    EXPECT_FALSE(headers.contains("backoff"));
    EXPECT_EQ(text(headers, header::id), "id-1");
    EXPECT_EQ(text(headers, header::queue), "evt-queue");
    EXPECT_EQ(text(headers, header::handler), "ledger.on_payment");
    EXPECT_EQ(text(headers, header::error_type), "std.runtime_error");
    EXPECT_EQ(text(headers, header::error_message), "no paper");
    EXPECT_EQ(text(headers, header::exchange), "payments.events");
    EXPECT_TRUE(text(headers, header::first_failed_at).starts_with("2026-11-26T12:00:00"));

    EXPECT_EQ(replayed_headers(headers), (amqp::Table{{"nameko.user", 7}}));
}

TEST(Redelivery, cuts_a_long_error_between_characters) {
    std::string message(2047, 'x');
    message += "ö and more";
    const amqp::Table headers = parked_headers({}, {}, {"id-1", "q", "h", "t", message});
    EXPECT_EQ(text(headers, header::error_message), std::string(2047, 'x'));
}

}  // namespace
}  // namespace hiratake::wire
