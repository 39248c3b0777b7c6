#include "service/delivery_guarantee.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"

namespace hiratake {
namespace {

TEST(DeliveryGuarantee, is_at_least_once_unless_the_configuration_says_otherwise) {
    EXPECT_EQ(configured_guarantee(Config{}, "delivery.rpc"), DeliveryGuarantee::at_least_once);
    const Config config{Object{{"delivery", Object{{"rpc", "best_effort"}, {"events", "at_least_once"}}}}};
    EXPECT_EQ(configured_guarantee(config, "delivery.rpc"), DeliveryGuarantee::best_effort);
    EXPECT_EQ(configured_guarantee(config, "delivery.events"), DeliveryGuarantee::at_least_once);
}

TEST(DeliveryGuarantee, is_refused_by_its_key_when_it_is_not_known) {
    const Config config{Object{{"delivery", Object{{"events", "exactly_once"}}}}};
    try {
        configured_guarantee(config, "delivery.events");
        FAIL() << "it was taken";
    } catch (const ConfigurationError& error) {
        EXPECT_STREQ(error.what(), "delivery.events: 'exactly_once' is not known; give at_least_once or best_effort");
    }
}

}  // namespace
}  // namespace hiratake
