#include "hiratake/testing/faults.hpp"

#include <gtest/gtest.h>

#include "clinic.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/testing/test_runner.hpp"

namespace hiratake::testing {
namespace {

using namespace std::chrono_literals;

class FaultsTest : public ::testing::Test {
  protected:
    void SetUp() override {
        runner.add(define_service<Pharmacy>());
        runner.add(define_service<Clinic>());
        runner.start();
    }
    void TearDown() override { EXPECT_EQ(runner.faults().pending(), 0u); }

    TestRunner runner;
};

TEST_F(FaultsTest, a_lost_acknowledgement_brings_the_event_again) {
    auto admissions = runner.waiter<&Clinic::admit>();
    runner.faults().cut({Direction::to_broker, "basic.ack"});
    runner.dispatch_event("street", "accident", "name");
    admissions.wait(2);
    runner.wait_until_idle();
}

TEST_F(FaultsTest, a_lost_confirm_brings_the_event_twice) {
    auto admissions = runner.waiter<&Clinic::admit>();
    runner.faults().duplicate_publish();
    runner.dispatch_event("street", "accident", "name");
    admissions.wait(2);
    runner.wait_until_idle();
}

TEST_F(FaultsTest, a_dropped_delivery_stays_unacknowledged_until_the_connection_breaks) {
    auto admissions = runner.waiter<&Clinic::admit>();
    runner.faults().drop({Direction::to_services, "basic.deliver"});
    runner.dispatch_event("street", "accident", "name");
    EXPECT_THROW(runner.wait_until_idle(50ms), TimeoutError);
    EXPECT_THROW(admissions.wait(1, nullptr, 0s), TimeoutError);
    runner.faults().cut();
    admissions.wait();
    runner.wait_until_idle();
}

TEST_F(FaultsTest, a_delayed_request_is_answered_when_the_clock_has_moved) {
    runner.faults().delay({Direction::to_broker, "basic.publish"}, 10s);
    auto reply = runner.service("pharmacy").call_async<long>("factor", 1);
    EXPECT_THROW(runner.wait_until_idle(50ms), TimeoutError);
    EXPECT_FALSE(reply.ready());
    runner.advance(10s);
    EXPECT_EQ(reply.result(), 1);
}

TEST_F(FaultsTest, a_request_that_is_cut_off_is_sent_again) {
    runner.faults().cut({Direction::to_broker, "basic.publish"});
    EXPECT_EQ(runner.service("pharmacy").call<long>("factor", 1), 1);
}

}  // namespace
}  // namespace hiratake::testing
