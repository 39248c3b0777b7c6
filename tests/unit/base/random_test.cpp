#include "hiratake/base/random.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace hiratake {
namespace {

TEST(Random, makes_version_4_uuids) {
    Random random{1};
    const std::regex shape{"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"};
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string uuid = random.uuid4().text();
        EXPECT_TRUE(std::regex_match(uuid, shape)) << uuid;
        EXPECT_TRUE(seen.insert(uuid).second) << uuid;
    }
}

TEST(Random, repeats_itself_from_the_same_seed) {
    Random one{7};
    Random other{7};
    EXPECT_EQ(one.uuid4().view(), other.uuid4().view());
    EXPECT_NE(Random{}.uuid4().view(), Random{}.uuid4().view());
}

TEST(Random, unit_stays_below_one) {
    Random random{3};
    for (int i = 0; i < 1000; ++i) {
        const double value = random.unit();
        EXPECT_GE(value, 0.0);
        EXPECT_LT(value, 1.0);
    }
}

}  // namespace
}  // namespace hiratake
