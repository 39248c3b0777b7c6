#include "hiratake/testing/test_runner.hpp"

#include <gtest/gtest.h>

#include "clinic.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/testing/fake_services.hpp"
#include "hiratake/testing/replacements.hpp"

namespace hiratake::testing {
namespace {

using namespace std::chrono_literals;

class TestRunnerTest : public ::testing::Test {
  protected:
    void run_clinic_and_pharmacy() {
        runner.add(define_service<Pharmacy>());
        runner.add(define_service<Clinic>());
        runner.start();
    }
    /// What the call throws, in words.
    template <class Call>
    static std::string failure_of(Call call) {
        try {
            call();
        } catch (const std::exception& error) {
            return error.what();
        }
        return "nothing thrown";
    }

    TestRunner runner;
};

TEST_F(TestRunnerTest, runs_services_that_call_each_other) {
    run_clinic_and_pharmacy();
    EXPECT_EQ(runner.service("clinic").call<long>("dose", 70, 30), 140);
}

TEST_F(TestRunnerTest, fires_an_entrypoint_and_returns_what_it_returned_or_throws_what_it_threw) {
    run_clinic_and_pharmacy();
    EXPECT_EQ(runner.fire<&Clinic::dose>(20, 8), 20);
    EXPECT_THROW(runner.fire<&Clinic::dose>(20, -1), std::invalid_argument);
    runner.fire<&Clinic::admit>("name");
    runner.fire<&Clinic::round>();
    EXPECT_THROW(runner.fire<&Clinic::admit>(""), std::invalid_argument);
}

TEST_F(TestRunnerTest, sends_context_data_along_with_what_it_fires) {
    run_clinic_and_pharmacy();
    auto factor = runner.waiter<&Pharmacy::factor>();
    runner.fire_with_context<&Clinic::dose>({{"language", "fr"}}, 20, 8);
    EXPECT_EQ(Value{factor.wait()[0].context_data}, (Value{Object{{"language", "fr"}}}));
}

TEST_F(TestRunnerTest, fires_only_what_is_there) {
    auto clinic = define_service<Clinic>();
    restrict_entrypoints(clinic, {"dose"});
    runner.add(std::move(clinic));
    runner.start();
    EXPECT_EQ(failure_of([&] { runner.fire<&Clinic::round>(); }), "service `clinic` has no entrypoint `round` to fire");
    EXPECT_EQ(failure_of([&] { runner.fire<&Pharmacy::factor>(1); }),
              "service `pharmacy` was not added to this TestRunner");
    EXPECT_THROW(runner.service("clinic").call<void>("operate"), MethodNotFound);
    EXPECT_THROW(runner.add(define_service<Clinic>()), ConfigurationError);
}

TEST_F(TestRunnerTest, runs_a_service_with_fakes_in_place_of_its_dependencies) {
    FakeServices services;
    services.returns("pharmacy.factor", 5);
    auto clinic = define_service<Clinic>();
    replace_dependency(clinic, &Clinic::pharmacy, services.proxy("pharmacy"));
    runner.add(std::move(clinic));
    runner.start();
    EXPECT_EQ(runner.service("clinic").call<long>("dose", 10, 30), 50);
    EXPECT_EQ(Value{services.calls_of("pharmacy.factor")[0].args}, (Value{Array{30}}));
}

TEST_F(TestRunnerTest, waits_for_firings_that_a_predicate_holds_for) {
    run_clinic_and_pharmacy();
    auto admissions = runner.waiter<&Clinic::admit>();
    for (const char* patient : {"", "one", "", "two"}) runner.dispatch_event("street", "accident", patient);
    EXPECT_EQ(admissions.wait(4).size(), 4u);
    const auto failed = admissions.wait(2, [](const Firing& firing) { return firing.error != nullptr; });
    EXPECT_THROW(std::rethrow_exception(failed[1].error), std::invalid_argument);
}

TEST_F(TestRunnerTest, tells_what_there_was_instead_of_the_firings_awaited) {
    run_clinic_and_pharmacy();
    runner.fire<&Pharmacy::factor>(1);
    auto factors = runner.waiter<&Pharmacy::factor>();
    runner.fire<&Pharmacy::factor>(2);
    runner.fire<&Pharmacy::factor>(20);
    const auto is_one = [](const Firing& firing) { return firing.result == Value{1}; };
    EXPECT_EQ(failure_of([&] { factors.wait(2, is_one, 0s); }),
              "pharmacy.factor has fired 1 of the 2 times awaited within 0 s; the last that did not count returned 2");
}

TEST_F(TestRunnerTest, ticks_when_the_test_moves_the_clock) {
    run_clinic_and_pharmacy();
    auto rounds = runner.waiter<&Clinic::round>();
    for (std::size_t round = 1; round <= 3; ++round) {
        runner.advance(6h);
        EXPECT_EQ(rounds.wait(round).size(), round);
        runner.wait_until_idle();
    }
}

TEST_F(TestRunnerTest, lets_a_call_time_out_when_the_test_moves_the_clock) {
    run_clinic_and_pharmacy();
    auto reply = runner.service("clinic").call_async<void>("operate");
    operation_has_begun.park();
    runner.advance(31s);
    EXPECT_THROW(reply.result(), RpcTimeout);
    operation_may_end.unpark();
    runner.wait_until_idle();
}

TEST_F(TestRunnerTest, is_idle_when_everything_has_been_handled) {
    run_clinic_and_pharmacy();
    auto admissions = runner.waiter<&Clinic::admit>();
    for (int patient = 0; patient < 50; ++patient) runner.dispatch_event("street", "accident", "name");
    runner.wait_until_idle();
    EXPECT_EQ(admissions.wait(50, nullptr, 0s).size(), 50u);
}

TEST_F(TestRunnerTest, tells_what_keeps_it_from_being_idle) {
    run_clinic_and_pharmacy();
    auto reply = runner.service("clinic").call_async<void>("operate");
    operation_has_begun.park();
    const std::string failure = failure_of([&] { runner.wait_until_idle(0s); });
    EXPECT_NE(failure.find("not idle within 0 s: 1 worker(s) of clinic"), std::string::npos) << failure;
    EXPECT_NE(failure.find("queue rpc-clinic with 0 message(s) waiting and 1 unacknowledged"), std::string::npos)
        << failure;
    operation_may_end.unpark();
    reply.result();
    runner.wait_until_idle();
}

TEST_F(TestRunnerTest, keeps_the_log) {
    run_clinic_and_pharmacy();
    EXPECT_THROW(runner.fire<&Clinic::admit>(""), std::invalid_argument);
    EXPECT_TRUE(runner.has_logged("invalid_argument: nobody"));
}

TEST_F(TestRunnerTest, shares_nothing_with_another) {
    run_clinic_and_pharmacy();
    TestRunner other;
    other.start();
    EXPECT_THROW(other.service("pharmacy").call<long>("factor", 1), UnknownService);
}

}  // namespace
}  // namespace hiratake::testing
