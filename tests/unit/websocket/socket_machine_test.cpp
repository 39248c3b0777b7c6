#include "websocket/socket_machine.hpp"

#include "socket_fixture.hpp"

namespace hiratake::websocket {
namespace {

TEST_F(SocketMachineTest, hands_out_one_message_at_a_time) {
    machine_.receive(client_frame(Opcode::text, "one") + client_frame(Opcode::text, "two"));
    EXPECT_EQ(machine_.take_message()->payload, "one");
    EXPECT_FALSE(machine_.take_message()) << "the first one is being handled";
    EXPECT_FALSE(machine_.wants_input()) << "one message waits already";
    send("answer");
    machine_.message_handled();
    EXPECT_EQ(machine_.take_message()->payload, "two");
    EXPECT_TRUE(machine_.wants_input());
    EXPECT_EQ(output(), Lines{"text answer"});
}

TEST_F(SocketMachineTest, answers_pings_while_a_message_is_being_handled) {
    machine_.receive(client_frame(Opcode::text, "slow"));
    ASSERT_TRUE(machine_.take_message());
    EXPECT_EQ(answer_to(client_frame(Opcode::ping, "there?")), Lines{"pong there?"});
}

TEST_F(SocketMachineTest, notices_a_close_while_a_message_is_being_handled) {
    machine_.receive(client_frame(Opcode::text, "slow"));
    ASSERT_TRUE(machine_.take_message());
    EXPECT_EQ(answer_to(client_close(1001)), Lines{"close 1001"});
    send("too late");
    machine_.message_handled();
    EXPECT_EQ(output(), Lines{});
}

TEST_F(SocketMachineTest, holds_the_next_message_back_while_the_client_is_behind) {
    machine_.receive(client_frame(Opcode::text, "ask"));
    ASSERT_TRUE(machine_.take_message());
    send(std::string(600, 'x'));
    machine_.message_handled();
    machine_.receive(client_frame(Opcode::text, "ask again"));
    EXPECT_FALSE(machine_.take_message());
    output();
    EXPECT_TRUE(machine_.take_message());
}

TEST_F(SocketMachineTest, is_closed_with_1008_when_too_much_waits_for_a_slow_client) {
    send(std::string(400, 'a'));
    ASSERT_EQ(machine_.take_output().size(), 1u) << "and it is not written yet";
    send(std::string(400, 'b'));
    EXPECT_TRUE(machine_.is_open());
    send(std::string(400, 'c'));
    EXPECT_FALSE(machine_.is_open());
    EXPECT_EQ(machine_.closure().code, CloseCode::policy_violation);
    machine_.output_written();
    EXPECT_EQ(output(), Lines{"close 1008"}) << "what was not being written is dropped";
}

TEST_F(SocketMachineTest, lets_a_large_message_through_when_nothing_else_waits) {
    send(std::string(5000, 'x'));
    EXPECT_TRUE(machine_.is_open());
    EXPECT_EQ(output().size(), 1u);
}

TEST_F(SocketMachineTest, a_flood_of_pings_ends_at_the_same_bound) {
    for (int i = 0; i < 100 && machine_.is_open(); ++i) {
        machine_.receive(client_frame(Opcode::ping, std::string(100, 'p')));
    }
    EXPECT_EQ(machine_.closure().code, CloseCode::policy_violation);
}

TEST_F(SocketMachineTest, pings_a_silent_client_and_takes_it_for_dead_without_a_pong) {
    pass(limits_.ping_interval - std::chrono::seconds{1});
    EXPECT_EQ(output(), Lines{});
    pass(std::chrono::seconds{1});
    EXPECT_EQ(output(), Lines{"ping"});
    machine_.receive(client_frame(Opcode::pong));
    EXPECT_EQ(machine_.deadline().at(), clock_.now() + limits_.ping_interval);
    pass(limits_.ping_interval);
    EXPECT_EQ(output(), Lines{"ping"});
    pass(limits_.ping_interval);
    EXPECT_TRUE(machine_.is_finished());
    EXPECT_EQ(machine_.closure().code, CloseCode::abnormal);
}

TEST_F(SocketMachineTest, takes_any_byte_for_a_sign_of_life) {
    const auto frame = client_frame(Opcode::text, "slow but alive");
    for (const char byte : frame) {
        pass(limits_.ping_interval - std::chrono::seconds{1});
        machine_.receive({&byte, 1});
    }
    EXPECT_TRUE(machine_.is_open());
    EXPECT_EQ(output(), Lines{});
}

TEST_F(SocketMachineTest, does_not_take_a_client_for_dead_that_it_does_not_listen_to) {
    machine_.receive(client_frame(Opcode::text, "one") + client_frame(Opcode::text, "two"));
    ASSERT_TRUE(machine_.take_message());
    ASSERT_FALSE(machine_.wants_input());
    EXPECT_TRUE(machine_.deadline().is_never());
    pass(10 * limits_.ping_interval);
    machine_.message_handled();
    ASSERT_TRUE(machine_.take_message());
    machine_.tick();
    EXPECT_TRUE(machine_.is_open());
    EXPECT_EQ(output(), Lines{});
}

TEST_F(SocketMachineTest, sends_no_pings_when_they_are_switched_off) {
    const Limits limits{.ping_interval = Duration::zero()};
    SocketMachine machine{limits, clock_};
    EXPECT_TRUE(machine.deadline().is_never());
}

TEST_F(SocketMachineTest, takes_a_client_for_dead_that_takes_nothing) {
    send("hello");
    ASSERT_FALSE(machine_.take_output().empty());
    pass(limits_.write_timeout);
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(SocketMachineTest, waits_for_the_answer_to_its_close_and_for_the_end) {
    machine_.close(CloseCode::normal, "done");
    EXPECT_EQ(output(), Lines{"close 1000"});
    EXPECT_FALSE(machine_.wants_end_of_output());
    EXPECT_EQ(answer_to(client_frame(Opcode::text, "crossed") + client_close(1000)), Lines{});
    EXPECT_TRUE(machine_.wants_end_of_output());
    EXPECT_FALSE(machine_.is_finished());
    machine_.receive_end();
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(SocketMachineTest, cuts_a_client_that_does_not_answer_its_close) {
    machine_.close(CloseCode::normal, "done");
    output();
    pass(limits_.close_timeout);
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(SocketMachineTest, cuts_a_client_that_does_not_hang_up) {
    EXPECT_EQ(answer_to(client_close(1000)), Lines{"close 1000"});
    EXPECT_TRUE(machine_.wants_end_of_output());
    pass(limits_.close_timeout);
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(SocketMachineTest, ends_when_the_client_goes_without_a_word) {
    machine_.receive_end();
    EXPECT_TRUE(machine_.is_finished());
    EXPECT_EQ(machine_.closure().code, CloseCode::abnormal);
}

TEST_F(SocketMachineTest, answers_what_is_under_way_before_it_is_drained) {
    machine_.receive(client_frame(Opcode::text, "one") + client_frame(Opcode::text, "two"));
    ASSERT_TRUE(machine_.take_message());
    machine_.drain();
    EXPECT_EQ(output(), Lines{});
    send("answer");
    machine_.message_handled();
    EXPECT_EQ(output(), (Lines{"text answer", "close 1001"}));
    EXPECT_FALSE(machine_.take_message()) << "the second one is not begun";
}

TEST_F(SocketMachineTest, an_idle_one_is_drained_at_once) {
    machine_.drain();
    EXPECT_EQ(output(), Lines{"close 1001"});
}

}  // namespace
}  // namespace hiratake::websocket
