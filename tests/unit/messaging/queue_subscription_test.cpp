#include "messaging/queue_subscription.hpp"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "hiratake/service/service_container.hpp"
#include "support/test_environment.hpp"
#include "unit/messaging/one_connection.hpp"

namespace hiratake::messaging {
namespace {

TEST(TopologyOfAQueue, has_a_durable_queue_unless_it_says_otherwise) {
    const auto topology = with_queue({client::Binding{.queue = "documents", .exchange = "uploads"}}, "documents");
    ASSERT_EQ(topology.size(), 2U);
    const auto& queue = std::get<client::Queue>(topology.front());
    EXPECT_EQ(queue.name, "documents");
    EXPECT_TRUE(queue.durable);
}

TEST(TopologyOfAQueue, stays_as_it_is_with_the_queue_in_it) {
    const auto topology = with_queue(
        {client::Exchange{.name = "uploads"}, client::Queue{.name = "documents", .passive = true}}, "documents");
    ASSERT_EQ(topology.size(), 2U);
    EXPECT_TRUE(std::get<client::Queue>(topology.back()).passive);
}

TEST(QueueSubscription, tells_how_its_consumer_is_from_start_to_stop) {
    test::TestEnvironment environment;
    OneConnection source{environment};
    ServiceContainer container{ServiceDefinition{}, environment.environment};
    const auto consumers = [&] {
        std::vector<std::string> names;
        for (const auto& part : environment.health.summary().parts) {
            if (part.name.starts_with("consumer")) names.push_back(part.name + " " + part.report.status);
        }
        return names;
    };

    QueueSubscription subscription;
    subscription.setup(container, {.queue = "documents"});
    EXPECT_TRUE(consumers().empty());
    subscription.start([](client::Delivery) {});
    EXPECT_EQ(consumers(), std::vector<std::string>{"consumer documents subscribing"});
    subscription.stop();
    EXPECT_TRUE(consumers().empty());
}

}  // namespace
}  // namespace hiratake::messaging
