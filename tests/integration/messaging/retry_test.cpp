#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/client/connection.hpp"
#include "hiratake/messaging/message_info.hpp"
#include "hiratake/service/backoff.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"
#include "wire/field_value.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

test::Journal journal;
std::atomic<bool> is_mended;

const amqp::Exchange orders{.name = "test_retry_orders", .type = "topic"};

struct Shop {
    static constexpr auto name = "test_retry_shop";
    Publisher out{orders.name, {orders}};
    EventDispatcher dispatch;

    void order(std::string key, Value body) {
        out.publish(body, {.routing_key = key, .headers = {{"unit", "kg"}}, .correlation_id = "c-1"});
    }
    void tell(std::string type, Value body) { dispatch(type, body); }

    static void define(Service<Shop>& shop) {
        shop.rpc<&Shop::order>("key", "body");
        shop.rpc<&Shop::tell>("type", "body");
    }
};

struct Depot {
    static constexpr auto name = "test_retry_depot";

    void third_time(std::string body, const MessageInfo& info) {
        journal.add(body + " " + std::to_string(info.attempt) + " " + info.exchange + " " + info.routing_key + " " +
                    info.headers.find("unit")->as_string() + " " + info.correlation_id.value_or(""));
        if (info.attempt < 3) throw std::runtime_error("not yet");
    }
    void never(Value body) {
        journal.add("never");
        throw std::runtime_error("no " + body.as_string());
    }
    void picky(std::string what) {
        journal.add(what);
        if (what == "busy") throw Backoff("busy", 20ms);
        if (what == "range") throw std::range_error("range");
        throw std::logic_error("logic");
    }
    void batch(std::vector<std::string> bodies) {
        for (const std::string& body : bodies) journal.add(body);
        if (!is_mended) throw std::runtime_error("not yet");
    }
    void slowly(std::string body) {
        journal.add(body);
        throw std::runtime_error("wait for it");
    }
    void on_order(std::string data) {
        journal.add(data);
        throw std::runtime_error("never");
    }

    static void define(Service<Depot>& depot) {
        depot.consume<&Depot::third_time>("test_retry_third", options("test_retry_third")).retry({20ms, 40ms, 60ms});
        depot.consume<&Depot::never>("test_retry_never", options("test_retry_never"))
            .retry({20ms, 20ms})
            .sensitive({"body.card.number"});
        depot.consume<&Depot::picky>("test_retry_picky", options("test_retry_picky"))
            .retry<std::range_error>(RetrySchedule({20ms}).limit(2));
        depot
            .consume_batches<&Depot::batch>(
                "test_retry_batch",
                {.topology = options("test_retry_batch").topology, .max_messages = 2, .max_wait = 100ms})
            .retry(RetrySchedule({50ms}).limit(100));
        depot.consume<&Depot::slowly>("test_retry_slowly", options("test_retry_slowly")).retry({1h});
        depot.on_event<&Depot::on_order>("test_retry_shop", "ordered").retry({20ms});
    }

    /// Whatever is published under the name of the queue.
    static ConsumeOptions options(const std::string& queue) {
        return {.topology = {orders, amqp::Queue{.name = queue},
                             amqp::Binding{.queue = queue, .exchange = orders.name, .routing_key = queue}}};
    }
};

/// A message as it lies in a queue.
struct Found {
    std::string body;
    std::string exchange;
    std::string routing_key;
    std::string expiration;
    amqp::Table headers;

    std::string text(std::string_view header) const {
        const amqp::FieldValue* value = headers.find(header);
        return value ? std::string{value->as_string().value_or("no text")} : "none";
    }
    std::int64_t number(std::string_view header) const {
        const amqp::FieldValue* value = headers.find(header);
        return value ? value->as_integer().value_or(-1) : -1;
    }
};

class Retry : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        journal.clear();
        is_mended = false;
        if (!IsSkipped()) run<Shop, Depot>();
    }
    void TearDown() override {
        looking_.reset();
        ServiceTest::TearDown();
    }

    void order(const std::string& queue, const Value& body) { service("test_retry_shop").call("order", queue, body); }

    /// Takes the first message out of the queue.
    Found take(const std::string& queue) {
        // Shared with the handler.
        const auto found = std::make_shared<std::vector<Found>>();
        const auto arrived = std::make_shared<net::Parker>();
        looking_ = runner().connection().consume(
            {.queue = queue, .prefetch_count = 1}, [found, arrived](client::Delivery delivery) {
                // One that comes before the cancel goes back.
                if (!found->empty()) return;
                const client::MessageProperties properties = delivery.properties();
                found->push_back({std::string{delivery.body()}, std::string{delivery.exchange()},
                                  std::string{delivery.routing_key()}, std::string{properties.expiration.value_or("")},
                                  properties.headers.value_or(amqp::Table{})});
                delivery.ack();
                arrived->unpark();
            });
        EXPECT_TRUE(arrived->park(Deadline{SystemClock{}.now() + 20s})) << queue << " is empty\n" << whole_log();
        looking_->cancel();
        return found->empty() ? Found{} : found->front();
    }

  private:
    std::optional<client::Consumer> looking_;
};

TEST_P(Retry, brings_a_message_again_as_it_was_until_the_method_succeeds) {
    order("test_retry_third", "box");
    const std::string rest = " test_retry_orders test_retry_third kg c-1";
    EXPECT_THAT(journal.wait_for(3), ElementsAre("box 1" + rest, "box 2" + rest, "box 3" + rest)) << whole_log();
}

TEST_P(Retry, parks_a_message_after_the_last_attempt_and_says_why) {
    order("test_retry_never", "luck");
    const Found parked = take("test_retry_never.parked");
    EXPECT_EQ(parked.body, "\"luck\"");
    EXPECT_EQ(parked.number("hiratake.attempts"), 3);
    EXPECT_EQ(parked.text("hiratake.error_type"), "std.runtime_error");
    EXPECT_EQ(parked.text("hiratake.error_message"), "no luck");
    EXPECT_EQ(parked.text("hiratake.queue"), "test_retry_never");
    EXPECT_EQ(parked.text("hiratake.exchange"), "test_retry_orders");
    EXPECT_EQ(parked.text("hiratake.routing_key"), "test_retry_never");
    EXPECT_EQ(parked.text("hiratake.handler"), "test_retry_depot.never");
    EXPECT_LT(parked.text("hiratake.first_failed_at"), parked.text("hiratake.last_failed_at"));
    ASSERT_TRUE(parked.headers.find("hiratake.sensitive"));
    EXPECT_EQ(wire::from_field_value(*parked.headers.find("hiratake.sensitive")), Value{Array{"card.number"}});
    EXPECT_EQ(parked.text("unit"), "kg");
    EXPECT_EQ(parked.expiration, "");
    EXPECT_THAT(journal.wait_for(3), SizeIs(3));
    EXPECT_TRUE(comes_to_be_logged("parked a message of queue `test_retry_never`")) << whole_log();
}

TEST_P(Retry, parks_at_once_what_does_not_fit) {
    order("test_retry_third", 17);
    const Found parked = take("test_retry_third.parked");
    EXPECT_EQ(parked.body, "17");
    EXPECT_EQ(parked.number("hiratake.attempts"), 1);
    EXPECT_EQ(parked.text("hiratake.error_type"), "hiratake.ArgumentError");
    EXPECT_THAT(journal.wait_for(0), IsEmpty());
}

TEST_P(Retry, is_for_the_exceptions_that_are_named_and_for_backoff) {
    order("test_retry_picky", "logic");
    EXPECT_EQ(take("test_retry_picky.parked").number("hiratake.attempts"), 1);
    order("test_retry_picky", "range");
    EXPECT_EQ(take("test_retry_picky.parked").number("hiratake.attempts"), 3);
    order("test_retry_picky", "busy");
    EXPECT_EQ(take("test_retry_picky.parked").text("hiratake.error_type"), "hiratake.Backoff");
}

TEST_P(Retry, is_for_each_message_of_a_batch) {
    order("test_retry_batch", "a");
    order("test_retry_batch", "b");
    EXPECT_THAT(journal.wait_for(6), SizeIs(testing::Ge(6)));
    is_mended = true;
    order("test_retry_batch", 5);
    EXPECT_EQ(take("test_retry_batch.parked").body, "5");
}

TEST_P(Retry, lets_a_message_wait_as_nameko_amqp_retry_does) {
    order("test_retry_slowly", "box");
    journal.wait_for(1);
    ASSERT_TRUE(comes_to_be_logged("comes again in 3600000 ms")) << whole_log();
    const Found waiting = take("backoff--3600000ms");
    EXPECT_EQ(waiting.body, "\"box\"");
    EXPECT_EQ(waiting.exchange, "backoff");
    EXPECT_EQ(waiting.routing_key, "test_retry_slowly");
    EXPECT_EQ(waiting.expiration, "3600000");
    EXPECT_EQ(waiting.number("backoff"), 3600000);
    EXPECT_EQ(waiting.number("hiratake.attempts"), 1);
    const amqp::FieldValue* stack = waiting.headers.find("nameko.call_id_stack");
    ASSERT_TRUE(stack && stack->as_array());
    const std::string failed_call{stack->as_array()->items.back().as_string().value_or("")};
    EXPECT_THAT(failed_call, testing::StartsWith("test_retry_depot.slowly."));
    EXPECT_THAT(failed_call, testing::EndsWith(".backoff"));
}

TEST_P(Retry, is_for_events_too) {
    service("test_retry_shop").call("tell", "ordered", "tea");
    const Found parked = take("evt-test_retry_shop-ordered--test_retry_depot.on_order.parked");
    EXPECT_EQ(parked.body, "\"tea\"");
    EXPECT_EQ(parked.number("hiratake.attempts"), 2);
    EXPECT_EQ(parked.text("hiratake.exchange"), "test_retry_shop.events");
    EXPECT_EQ(parked.text("hiratake.routing_key"), "ordered");
    EXPECT_THAT(journal.wait_for(2), ElementsAre("tea", "tea"));
}

TEST_P(Retry, loses_nothing_when_a_waiting_queue_takes_no_message) {
    // Like that of the schedule, but full from the start. It vanishes after a while.
    runner().connection().declare(
        {amqp::Exchange{.name = "backoff", .type = "headers"},
         amqp::Queue{.name = "backoff--20ms",
                     .arguments = {{"x-expires", 1500}, {"x-max-length", 0}, {"x-overflow", "reject-publish"}}},
         amqp::Binding{
             .queue = "backoff--20ms", .exchange = "backoff", .arguments = {{"backoff", 20}, {"x-match", "any"}}}});
    order("test_retry_never", "luck");
    EXPECT_EQ(take("test_retry_never.parked").number("hiratake.attempts"), 3);
    EXPECT_TRUE(comes_to_be_logged("did not get into queue `backoff--20ms`: rejected")) << whole_log();
}

INSTANTIATE_TEST_SUITE_P(over, Retry, test::all_brokers(), test::broker_name);

/// Over the brokers that can be lost.
class RetryOverLoss : public Retry {};

TEST_P(RetryOverLoss, keeps_each_message_whenever_the_connection_is_cut) {
    if (IsSkipped()) return;
    std::vector<std::string> bodies;
    for (int number = 0; number < 20; ++number) {
        bodies.push_back("box " + std::to_string(number));
        order("test_retry_never", bodies.back());
        if (number % 10 == 4) broker().gate()->cut();
    }
    std::vector<std::string> found;
    for (const std::string& body : bodies) {
        // Some may be there twice.
        while (std::find(found.begin(), found.end(), "\"" + body + "\"") == found.end()) {
            found.push_back(take("test_retry_never.parked").body);
            ASSERT_NE(found.back(), "") << body << " is lost\n" << whole_log();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(over, RetryOverLoss, testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq),
                         test::broker_name);

}  // namespace
}  // namespace hiratake
