#include "testing/frame_filter.hpp"

#include <gtest/gtest.h>

#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "hiratake/base/error.hpp"

namespace hiratake::testing {
namespace {

std::string publish(std::string_view body, std::uint16_t channel = 1) {
    amqp::ByteBuffer bytes;
    amqp::FrameWriter{bytes}.write_content(channel, amqp::BasicPublish{.routing_key = "q"}, std::string_view{"\0\0", 2},
                                           body);
    return std::string{bytes};
}

std::string acknowledge(std::uint64_t tag) {
    amqp::ByteBuffer bytes;
    amqp::FrameWriter{bytes}.write_method(1, amqp::BasicAck{.delivery_tag = tag});
    return std::string{bytes};
}

class FrameFilterTest : public ::testing::Test {
  protected:
    std::string passed(std::string_view bytes) {
        filter.feed(bytes);
        std::string out;
        stopped = filter.pass(out);
        return out;
    }

    std::shared_ptr<FaultPlan> plan = std::make_shared<FaultPlan>();
    FrameFilter filter{Direction::to_broker, plan};
    FrameFilter::Result stopped;
    const std::string header{amqp::protocol_header};
};

TEST_F(FrameFilterTest, lets_everything_pass_where_nothing_is_planned) {
    const std::string bytes = header + publish("one") + acknowledge(1) + publish("two");
    std::string out;
    for (const char octet : bytes) out += passed({&octet, 1});
    EXPECT_EQ(out, bytes);
}

TEST_F(FrameFilterTest, drops_a_method_with_its_content_and_nothing_of_another_channel) {
    plan->add({Direction::to_broker, "basic.publish", 2}, {Fault::Kind::drop, {}});
    EXPECT_EQ(passed(header + publish("one") + publish("two") + publish("three", 2) + publish("four")),
              header + publish("one") + publish("three", 2) + publish("four"));
    EXPECT_EQ(plan->pending(), 0u);
}

TEST_F(FrameFilterTest, stops_in_front_of_the_frame_that_is_delayed_and_goes_on_with_it) {
    plan->add({Direction::to_broker, "basic.ack"}, {Fault::Kind::delay, std::chrono::seconds{5}});
    EXPECT_EQ(passed(header + publish("one") + acknowledge(1) + publish("two")), header + publish("one"));
    EXPECT_EQ(stopped.stop, FrameFilter::Stop::delay);
    EXPECT_EQ(stopped.delay, std::chrono::seconds{5});
    EXPECT_EQ(passed(""), acknowledge(1) + publish("two"));
}

TEST_F(FrameFilterTest, cuts_in_place_of_the_frame) {
    plan->add({Direction::to_broker, "basic.ack", 2}, {Fault::Kind::cut, {}});
    EXPECT_EQ(passed(header + acknowledge(1) + acknowledge(2)), header + acknowledge(1));
    EXPECT_EQ(stopped.stop, FrameFilter::Stop::cut);
}

TEST(FaultPlan, refuses_a_method_that_does_not_go_that_way) {
    FaultPlan plan;
    EXPECT_THROW(plan.add({Direction::to_broker, "basic.deliver"}, {}), ConfigurationError);
    EXPECT_THROW(plan.add({Direction::to_services, "basic.publishes"}, {}), ConfigurationError);
    EXPECT_THROW(plan.add({Direction::to_broker, "basic.publish", 0}, {}), ConfigurationError);
}

}  // namespace
}  // namespace hiratake::testing
