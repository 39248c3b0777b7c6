#include <gmock/gmock.h>

#include <map>

#include "broker/core/topic_index.hpp"

namespace hiratake::broker::core {
namespace {

using Keys = std::vector<std::string>;

struct Pattern final : RoutingTarget {
    explicit Pattern(std::string pattern) : RoutingTarget(Kind::queue, std::move(pattern)) {}
};

/// Which of the keys reach a queue that is bound with the pattern, others being bound beside it.
class TopicIndexTest : public testing::Test {
  protected:
    TopicIndexTest() {
        for (const char* pattern : {"#", "*", "a.*", "a.#", "#.c", "*.*.c", "a.*.c", "", "#.#", "*.#"}) {
            patterns_.push_back(std::make_unique<Pattern>(pattern));
            EXPECT_TRUE(index_.add({patterns_.back().get(), pattern, {}}));
        }
    }

    Keys reaching(std::string_view pattern) {
        Keys keys;
        for (const char* key : {"a", "a.b", "a.b.c", "a.", ".a", "a..c", ""}) {
            std::vector<RoutingTarget*> targets;
            LazyHeaders headers{{}};
            index_.route(key, headers, targets);
            for (const RoutingTarget* target : targets) {
                if (target->name() == pattern) keys.emplace_back(key);
            }
        }
        return keys;
    }

    TopicIndex index_;
    std::vector<std::unique_ptr<Pattern>> patterns_;
};

TEST_F(TopicIndexTest, matches_as_rabbitmq_was_seen_to) {
    EXPECT_EQ(reaching("#"), (Keys{"a", "a.b", "a.b.c", "a.", ".a", "a..c", ""}));
    EXPECT_EQ(reaching("*"), (Keys{"a"}));
    EXPECT_EQ(reaching("a.*"), (Keys{"a.b", "a."}));
    EXPECT_EQ(reaching("a.#"), (Keys{"a", "a.b", "a.b.c", "a.", "a..c"}));
    EXPECT_EQ(reaching("#.c"), (Keys{"a.b.c", "a..c"}));
    EXPECT_EQ(reaching("*.*.c"), (Keys{"a.b.c", "a..c"}));
    EXPECT_EQ(reaching("a.*.c"), (Keys{"a.b.c", "a..c"}));
    EXPECT_EQ(reaching(""), (Keys{""}));
    EXPECT_EQ(reaching("#.#"), (Keys{"a", "a.b", "a.b.c", "a.", ".a", "a..c", ""}));
    EXPECT_EQ(reaching("*.#"), (Keys{"a", "a.b", "a.b.c", "a.", ".a", "a..c"}));
}

TEST_F(TopicIndexTest, forgets_what_is_removed_and_only_that) {
    ASSERT_EQ(index_.size(), 10U);
    for (const auto& pattern : patterns_) {
        const std::string key = pattern->name();
        if (key == "a.#") continue;
        EXPECT_TRUE(index_.remove({pattern.get(), key, {}})) << key;
        EXPECT_FALSE(index_.remove({pattern.get(), key, {}})) << key;
    }
    EXPECT_EQ(index_.size(), 1U);
    EXPECT_EQ(reaching("a.#"), (Keys{"a", "a.b", "a.b.c", "a.", "a..c"}));
    EXPECT_EQ(reaching("#"), Keys{});
}

TEST_F(TopicIndexTest, knows_a_binding_that_it_has) {
    EXPECT_FALSE(index_.add({patterns_.front().get(), "#", {}}));
    EXPECT_TRUE(index_.add({patterns_.front().get(), "#", {{"x", 1}}}));
    std::size_t seen = 0;
    index_.for_each([&seen](const Binding&) { ++seen; });
    EXPECT_EQ(seen, 11U);
}

TEST(TopicIndex, stays_quick_with_patterns_that_could_match_in_very_many_ways) {
    TopicIndex index;
    Pattern target{"target"};
    std::string pattern = "#";
    std::string key = "b";
    for (int word = 0; word < 40; ++word) pattern += ".a.#";
    for (int word = 0; word < 120; ++word) key += ".a";
    ASSERT_TRUE(index.add({&target, pattern, {}}));
    std::vector<RoutingTarget*> targets;
    LazyHeaders headers{{}};
    index.route(key, headers, targets);
    EXPECT_EQ(targets.size(), 1U);
    targets.clear();
    index.route(key + ".c", headers, targets);
    EXPECT_EQ(targets.size(), 1U);
    index.route("a.a.a", headers, targets);
    EXPECT_EQ(targets.size(), 1U);
}

}  // namespace
}  // namespace hiratake::broker::core
