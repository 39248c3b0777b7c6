#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "hiratake/events/standalone_event_dispatcher.hpp"
#include "hiratake/payload/json.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using testing::ElementsAre;

test::Journal journal;

struct Payment {
    std::string customer;
    double amount;
};

struct Payments {
    static constexpr auto name = "test_events_payments";
    EventDispatcher dispatch;

    void pay(std::string customer, double amount) { dispatch("payment_received", Payment{customer, amount}); }
    void say(std::string type, Value data) { dispatch(type, data); }

    static void define(Service<Payments>& payments) {
        payments.rpc<&Payments::pay>("customer", "amount");
        payments.rpc<&Payments::say>("type", "data");
    }
};

struct Ledger {
    static constexpr auto name = "test_events_ledger";

    void on_payment(Payment payment) { journal.add("payment of " + payment.customer); }
    void on_anything(Value data) { journal.add("anything " + write_json(data)); }
    void on_broadcast(Value) { journal.add("broadcast"); }
    void on_fragile(std::size_t attempts) {
        // One worker at a time: the event comes back only when this one has failed.
        if (journal.add("fragile") < attempts) throw std::runtime_error("not yet");
    }

    static void define(Service<Ledger>& ledger) {
        ledger.on_event<&Ledger::on_payment>("test_events_payments", "payment_received");
        ledger.on_event<&Ledger::on_anything>("test_events_payments", "any.#");
        ledger.on_event<&Ledger::on_broadcast>("test_events_payments", "shout",
                                               {.type = HandlerType::broadcast, .reliable_delivery = false});
        ledger.on_event<&Ledger::on_fragile>("test_events_payments", "fragile",
                                             {.type = HandlerType::singleton, .requeue_on_error = true});
    }
};

struct Archive {
    static constexpr auto name = "test_events_archive";

    void on_shout(Value data) { journal.add("archived " + write_json(data)); }

    static void define(Service<Archive>& archive) {
        archive.on_event<&Archive::on_shout>("test_events_payments", "shout",
                                             {.type = HandlerType::broadcast, .broadcast_identifier = "one"});
    }
};

class Events : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        journal.clear();
        if (!IsSkipped()) run<Payments, Ledger>();
    }
    RpcProxy payments() { return service("test_events_payments"); }
};

TEST_P(Events, reach_the_handler_with_their_data) {
    payments().call("pay", "ann", 12.5);
    EXPECT_THAT(journal.wait_for(1), ElementsAre("payment of ann"));
}

TEST_P(Events, match_wildcards_in_the_handlers_event_type) {
    payments().call("say", "any.thing.at.all", Object{{"x", 1}});
    EXPECT_THAT(journal.wait_for(1), ElementsAre("anything {\"x\": 1}"));
}

TEST_P(Events, are_broadcast_to_this_instance_too) {
    payments().call("say", "shout", nullptr);
    EXPECT_THAT(journal.wait_for(1), ElementsAre("broadcast"));
}

TEST_P(Events, come_again_until_a_handler_that_asks_for_it_succeeds) {
    payments().call("say", "fragile", 3);
    EXPECT_THAT(journal.wait_for(3), ElementsAre("fragile", "fragile", "fragile"));
}

TEST_P(Events, that_do_not_fit_are_dropped_with_a_log_line_and_no_harm) {
    payments().call("say", "payment_received", "no payment");
    payments().call("pay", "bob", 1.0);
    EXPECT_THAT(journal.wait_for(1), ElementsAre("payment of bob"));
    EXPECT_TRUE(comes_to_be_logged("dropped an event `payment_received`")) << whole_log();
}

TEST_P(Events, come_from_programs_that_are_no_service_too) {
    const StandaloneEventDispatcher dispatch{cluster().connection()};
    dispatch("test_events_payments", "payment_received", Payment{"eve", 1.0});
    EXPECT_THAT(journal.wait_for(1), ElementsAre("payment of eve"));
    EXPECT_NO_THROW(dispatch("test_events_nobody", "said", "anything")) << "its exchange is declared";
}

TEST_P(Events, without_a_listener_vanish) {
    EXPECT_NO_THROW(payments().call("say", "nobody_listens", 1));
}

INSTANTIATE_TEST_SUITE_P(over, Events, test::all_brokers(), test::broker_name);

/// Over the brokers that outlive a service.
class EventsOverBrokerOfItsOwn : public Events {};

TEST_P(EventsOverBrokerOfItsOwn, wait_for_an_instance_that_has_a_broadcast_identifier) {
    EXPECT_TRUE(stop());
    run<Archive>();
    EXPECT_TRUE(stop());
    const auto program = separate_cluster();
    const StandaloneEventDispatcher dispatch{program->connection()};
    dispatch("test_events_payments", "shout", 1);
    run<Archive>();
    EXPECT_THAT(journal.wait_for(1), ElementsAre("archived 1"));
}

INSTANTIATE_TEST_SUITE_P(over, EventsOverBrokerOfItsOwn,
                         testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq), test::broker_name);

}  // namespace
}  // namespace hiratake
