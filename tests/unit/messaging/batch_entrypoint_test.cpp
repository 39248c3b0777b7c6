#include "messaging/batch_entrypoint.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "hiratake/base/error.hpp"

namespace hiratake::messaging {
namespace {

struct Archive {
    void store(std::vector<int>) {}
};

BatchEntrypoint of(BatchOptions options) {
    return BatchEntrypoint("documents", std::move(options), MethodCall::of<&Archive::store, Archive>({"bodies"}));
}

TEST(BatchEntrypoint, refuses_a_batch_of_no_or_too_many_messages) {
    EXPECT_THROW(of({.max_messages = 0}), ConfigurationError);
    EXPECT_THROW(of({.max_messages = 40'000}), ConfigurationError);
    EXPECT_NO_THROW(of({.max_messages = 32'767}));
}

}  // namespace
}  // namespace hiratake::messaging
