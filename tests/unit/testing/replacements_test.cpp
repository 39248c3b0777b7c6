#include "hiratake/testing/replacements.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "hiratake/hiratake.hpp"
#include "hiratake/testing/fake_services.hpp"

namespace hiratake::testing {
namespace {

struct Shop {
    static constexpr auto name = "shop";
    RpcProxy mail{"mail"};
    long orders = 0;
    RpcProxy stock{"stock"};

    void buy() {}
    void report() {}

    static void define(Service<Shop>& shop) {
        shop.rpc<&Shop::buy>();
        shop.every<&Shop::report>(std::chrono::minutes{5});
    }
};

struct Other {
    static constexpr auto name = "other";
    static void define(Service<Other>&) {}
};

/// The service object of a worker, with what the definition's replaced providers hand out.
Shop worker_of(const ServiceDefinition& definition, const std::vector<std::size_t>& replaced) {
    WorkerContext context{"shop", "buy", "1", {}, 10};
    Shop shop;
    for (const std::size_t index : replaced) {
        const DependencySlot& slot = definition.dependencies.at(index);
        slot.provider->inject(reinterpret_cast<std::byte*>(&shop) + slot.offset, context);
    }
    return shop;
}

TEST(Replacements, give_the_workers_the_fake_of_one_member) {
    FakeServices services;
    auto definition = define_service<Shop>();
    replace_dependency(definition, &Shop::stock, services.proxy("stock"));
    worker_of(definition, {1}).stock.call<void>("count");
    EXPECT_EQ(services.calls_of("stock.count").size(), 1u);
}

TEST(Replacements, give_the_workers_the_fake_of_each_member_of_a_type) {
    FakeServices services;
    auto definition = define_service<Shop>();
    replace_dependencies<RpcProxy, Shop>(definition, services.proxy("any"));
    const Shop shop = worker_of(definition, {0, 1});
    shop.mail.call<void>("send");
    shop.stock.call<void>("count");
    EXPECT_EQ(services.calls().size(), 2u);
}

TEST(Replacements, refuse_what_is_no_dependency_of_the_service) {
    auto definition = define_service<Shop>();
    EXPECT_THROW(replace_dependency(definition, &Shop::orders, 1), ConfigurationError);
    auto other = define_service<Other>();
    EXPECT_THROW(replace_dependency(other, &Shop::mail, RpcProxy{"mail"}), ConfigurationError);
}

TEST(Replacements, leave_only_the_entrypoints_that_are_named) {
    auto definition = define_service<Shop>();
    EXPECT_THROW(restrict_entrypoints(definition, {"buy", "sell"}), ConfigurationError);
    EXPECT_EQ(definition.entrypoints.size(), 2u);
    restrict_entrypoints(definition, {"buy"});
    ASSERT_EQ(definition.entrypoints.size(), 1u);
    EXPECT_EQ(definition.entrypoints[0]->method_name(), "buy");
}

}  // namespace
}  // namespace hiratake::testing
