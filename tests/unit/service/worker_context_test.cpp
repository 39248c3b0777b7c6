#include "hiratake/service/worker_context.hpp"

#include <gmock/gmock.h>

namespace hiratake {
namespace {

using testing::ElementsAre;

TEST(WorkerContext, starts_a_chain_of_one) {
    const WorkerContext context{"mail", "send", "u1", {}, 10};
    EXPECT_EQ(context.call_id(), "mail.send.u1");
    EXPECT_THAT(context.call_id_stack(), ElementsAre("mail.send.u1"));
    EXPECT_EQ(context.origin_call_id(), std::nullopt);
    EXPECT_EQ(context.immediate_parent_call_id(), std::nullopt);
}

TEST(WorkerContext, continues_its_callers_chain) {
    const WorkerContext context{"mail", "send", "u1", {{"a.b.1", "c.d.2"}, {}}, 10};
    EXPECT_THAT(context.call_id_stack(), ElementsAre("a.b.1", "c.d.2", "mail.send.u1"));
    EXPECT_EQ(context.origin_call_id(), "a.b.1");
    EXPECT_EQ(context.immediate_parent_call_id(), "c.d.2");
}

TEST(WorkerContext, drops_the_oldest_callers) {
    const WorkerContext context{"mail", "send", "u1", {{"1", "2", "3"}, {}}, 2};
    EXPECT_THAT(context.call_id_stack(), ElementsAre("2", "3", "mail.send.u1"));
    EXPECT_EQ(context.origin_call_id(), "1");
    EXPECT_EQ(context.immediate_parent_call_id(), "3");
}

TEST(WorkerContext, knows_its_caller_even_when_the_stack_remembers_none) {
    const WorkerContext context{"mail", "send", "u1", {{"1", "2", "3"}, {}}, 0};
    EXPECT_THAT(context.call_id_stack(), ElementsAre("mail.send.u1"));
    EXPECT_EQ(context.origin_call_id(), "1");
    EXPECT_EQ(context.immediate_parent_call_id(), "3");
}

}  // namespace
}  // namespace hiratake
