#include "messaging/batch_collector.hpp"

#include <gtest/gtest.h>

namespace hiratake::messaging {
namespace {

using namespace std::chrono_literals;
using Batch = std::vector<int>;

constexpr TimePoint start{1h};

TEST(BatchCollector, is_full_with_as_many_messages_as_a_batch_has) {
    BatchCollector<int> collector{3, 100ms};
    collector.add(1, start);
    collector.add(2, start);
    EXPECT_FALSE(collector.is_full());
    collector.add(3, start);
    EXPECT_TRUE(collector.is_full());
    EXPECT_EQ(collector.take(), (Batch{1, 2, 3}));
    EXPECT_FALSE(collector.is_full());
}

TEST(BatchCollector, is_due_when_its_first_message_has_waited_long_enough) {
    BatchCollector<int> collector{3, 100ms};
    EXPECT_TRUE(collector.due().is_never());
    collector.add(1, start);
    collector.add(2, start + 60ms);
    EXPECT_EQ(collector.due().at(), start + 100ms);
}

TEST(BatchCollector, counts_the_time_of_each_batch_anew) {
    BatchCollector<int> collector{3, 100ms};
    collector.add(1, start);
    collector.take();
    EXPECT_TRUE(collector.due().is_never());
    collector.add(2, start + 150ms);
    EXPECT_EQ(collector.due().at(), start + 250ms);
    EXPECT_EQ(collector.take(), Batch{2});
}

}  // namespace
}  // namespace hiratake::messaging
