#include <gmock/gmock.h>

#include <cstdint>
#include <latch>
#include <memory>
#include <string>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/signature.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/service_builder.hpp"
#include "hiratake/service/service_container.hpp"
#include "service/ordering_key.hpp"
#include "support/test_environment.hpp"

namespace hiratake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Abilities {
    bool limit = true;
    bool prefetch = true;
    bool order = true;
    bool retry = true;
};

class AbleEntrypoint final : public Entrypoint {
  public:
    AbleEntrypoint(std::string method, Abilities abilities) : Entrypoint(std::move(method)), abilities_(abilities) {}
    bool can_limit_workers() const override { return abilities_.limit; }
    bool can_set_prefetch() const override { return abilities_.prefetch; }
    bool can_order() const override { return abilities_.order; }
    bool can_retry() const override { return abilities_.retry; }

  private:
    Abilities abilities_;
};

struct Shop {
    static constexpr auto name = "shop";
};
struct Order {
    std::string customer;
    int number = 0;
};

class Concurrency : public testing::Test {
  protected:
    EntrypointOptions& add(const std::string& method, Abilities abilities = {}) {
        return builder.add(std::make_unique<AbleEntrypoint>(method, abilities));
    }
    ServiceContainer& container() {
        if (!container_) {
            container_ = std::make_unique<ServiceContainer>(std::move(builder).finish(), process.environment);
        }
        return *container_;
    }
    void start() {
        process.event_loop.start();
        container().setup();
        container().start();
    }
    void configure(Object config) { process.config = Config{std::move(config)}; }
    std::uint16_t prefetch_of(std::size_t position) {
        return container().prefetch_for({container().definition().entrypoints.at(position).get()});
    }
    std::string refusal() {
        try {
            container().setup();
            return {};
        } catch (const ConfigurationError& error) {
            return error.what();
        }
    }

    ServiceBuilder<Shop> builder;
    test::TestEnvironment process;

  private:
    std::unique_ptr<ServiceContainer> container_;
};

TEST_F(Concurrency, of_a_service_is_what_says_most_about_it) {
    add("list");
    builder.max_workers(4).prefetch(7);
    configure({{"max_workers", 20}, {"prefetch", 30}});
    EXPECT_EQ(container().max_workers(), 4U);
    EXPECT_EQ(prefetch_of(0), 7);
}

TEST_F(Concurrency, of_a_service_may_be_configured) {
    add("list");
    builder.max_workers(4);
    configure({{"max_workers", 20}, {"concurrency", Object{{"shop", Object{{"max_workers", 6}}}}}});
    EXPECT_EQ(container().max_workers(), 6U);
    EXPECT_EQ(prefetch_of(0), 6);
}

TEST_F(Concurrency, of_an_entrypoint_may_be_configured) {
    add("list").max_workers(3);
    add("order").prefetch(9);
    configure(
        {{"concurrency", Object{{"shop", Object{{"entrypoints", Object{{"list", Object{{"max_workers", 2}}},
                                                                       {"order", Object{{"prefetch", 50}}}}}}}}}});
    EXPECT_EQ(prefetch_of(0), 2);
    EXPECT_EQ(prefetch_of(1), 50);
}

TEST_F(Concurrency, is_refused_where_it_names_what_is_not_there_or_no_number_of_workers) {
    const auto refusal_of = [this](Object shop) -> std::string {
        configure({{"concurrency", Object{{"shop", std::move(shop)}}}});
        ServiceBuilder<Shop> shop_builder;
        shop_builder.add(std::make_unique<AbleEntrypoint>("list", Abilities{}));
        try {
            ServiceContainer{std::move(shop_builder).finish(), process.environment};
            return {};
        } catch (const ConfigurationError& error) {
            return error.what();
        }
    };
    EXPECT_EQ(refusal_of({{"entrypoints", Object{{"lst", Object{{"max_workers", 2}}}}}}),
              "configuration: `concurrency.shop.entrypoints.lst`: service `shop` has no entrypoint `lst`; it has list");
    EXPECT_THAT(refusal_of({{"max_workers", -1}}), HasSubstr("concurrency.shop.max_workers: -1 is below zero"));
    EXPECT_THAT(refusal_of({{"prefetch", 70'000}}), HasSubstr("70000 is not between 1 and 65535"));
    EXPECT_THAT(refusal_of({{"entrypoints", "list"}}), HasSubstr("is a string, expected a map"));
    EXPECT_THROW(EntrypointOptions{}.max_workers(0), ConfigurationError);
    EXPECT_THROW(EntrypointOptions{}.prefetch(0), ConfigurationError);
}

TEST_F(Concurrency, has_consumers_hold_more_where_messages_may_wait_for_each_other) {
    add("list").max_workers(2);
    add("order");
    add("pay").ordered_by("customer");
    const auto& entrypoints = container().definition().entrypoints;
    EXPECT_EQ(prefetch_of(0), 2);
    EXPECT_EQ(prefetch_of(1), 10);
    EXPECT_EQ(prefetch_of(2), 100);
    EXPECT_EQ(container().prefetch_for({entrypoints[0].get(), entrypoints[1].get()}), 100);
}

TEST_F(Concurrency, that_an_entrypoint_cannot_have_ends_the_start) {
    add("list", {.limit = false}).max_workers(2);
    EXPECT_THAT(refusal(), HasSubstr("`shop.list` cannot have max_workers"));
}

TEST_F(Concurrency, needs_a_queue_of_its_own_for_a_prefetch) {
    add("list", {.prefetch = false}).prefetch(2);
    EXPECT_THAT(refusal(), HasSubstr("`shop.list` cannot have prefetch"));
}

TEST_F(Concurrency, has_an_order_only_where_there_are_arguments_and_not_with_retries) {
    add("list", {.order = false}).ordered_by("customer");
    EXPECT_THAT(refusal(), HasSubstr("`shop.list` cannot have ordered_by()"));
}

TEST_F(Concurrency, does_not_let_retries_overtake) {
    add("list").ordered_by("customer").retry();
    EXPECT_THAT(refusal(), HasSubstr("`shop.list` cannot have both ordered_by() and retry()"));
}

TEST_F(Concurrency, is_told_by_health) {
    configure({{"max_workers", 1}, {"max_queued_workers", 16}});
    add("list");
    add("order");
    const auto& entrypoints = container().definition().entrypoints;
    start();
    std::latch begun{1};
    std::latch go{1};
    ASSERT_TRUE(container().submit(*entrypoints[0], [&] {
        begun.count_down();
        go.wait();
    }));
    begun.wait();
    const auto report = [this] { return process.health.summary().parts.front().report; };
    EXPECT_EQ(report().status, "available");
    while (container().submit(*entrypoints[0], [] {})) continue;
    EXPECT_EQ(report().state, HealthState::ready) << "the other entrypoint takes its work";
    EXPECT_EQ(report().status, "crowded");
    EXPECT_THAT(report().detail, HasSubstr("no more are taken for list"));
    while (container().submit(*entrypoints[1], [] {})) continue;
    EXPECT_EQ(report().state, HealthState::not_ready);
    EXPECT_EQ(report().status, "saturated");
    go.count_down();
    EXPECT_TRUE(container().stop(Deadline::never()));
}

TEST_F(Concurrency, is_told_by_metrics_for_each_method) {
    add("list").max_workers(1);
    add("list");
    add("order");
    const auto& entrypoints = container().definition().entrypoints;
    start();
    std::latch begun{2};
    std::latch go{1};
    const auto hold = [&] {
        begun.count_down();
        go.wait();
    };
    ASSERT_TRUE(container().submit(*entrypoints[0], hold));
    ASSERT_TRUE(container().submit(*entrypoints[1], hold));
    begun.wait();
    ASSERT_TRUE(container().submit(*entrypoints[0], [] {}));
    EXPECT_THAT(process.metrics.text(),
                AllOf(HasSubstr(R"(hiratake_entrypoint_workers_running{service="shop",method="list"} 2)"),
                      HasSubstr(R"(hiratake_entrypoint_workers_queued{service="shop",method="list"} 1)"),
                      HasSubstr(R"(hiratake_entrypoint_workers_running{service="shop",method="order"} 0)")));
    go.count_down();
    EXPECT_TRUE(container().stop(Deadline::never()));
}

TEST(OrderingKey, is_one_of_the_methods_parameters) {
    AbleEntrypoint entrypoint{"pay", {}};
    entrypoint.options().ordered_by("customer.name");
    EXPECT_NO_THROW(check_ordering("shop", entrypoint, payload::Signature{"pay", {"customer"}}));
    EXPECT_THROW(check_ordering("shop", entrypoint, payload::Signature{"pay", {"amount"}}), ConfigurationError);
}

TEST(OrderingKey, is_made_of_the_values_at_its_paths) {
    const Value arguments = Object{{"order", Object{{"customer", "ada"}, {"number", 7}}}, {"tenant", "eu"}};
    EXPECT_EQ(ordering_key({"order.customer"}, arguments), R"(["ada"])");
    EXPECT_EQ(ordering_key({"tenant", "order.number"}, arguments), R"(["eu",7])");
    EXPECT_EQ(ordering_key({"order.customer.name", "missing"}, arguments), "[null,null]");
    EntrypointOptions options;
    options.ordered_by<&Order::customer, &Order::number>();
    EXPECT_THAT(options.ordering_paths(), ElementsAre("customer", "number"));
}

TEST(OrderingKey, is_the_same_however_an_argument_is_given) {
    const payload::Signature signature{"pay", {"customer", Parameter{"currency", "EUR"}}};
    const Value by_position = arguments_by_name(signature, {"ada"}, {});
    EXPECT_EQ(by_position, (Value{Object{{"customer", "ada"}, {"currency", "EUR"}}}));
    EXPECT_EQ(Value{arguments_by_name(signature, {}, {{"currency", "EUR"}, {"customer", "ada"}})}, by_position);
    const payload::Signature one_struct{"pay", {"customer"}, payload::Signature::Form::one_struct};
    EXPECT_EQ(Value{arguments_by_name(one_struct, {Value{Object{{"customer", "ada"}}}}, {})},
              (Value{Object{{"customer", "ada"}}}));
}

}  // namespace
}  // namespace hiratake
