#include "http/connection_machine.hpp"

#include "http/upgraded_connection.hpp"
#include "machine_fixture.hpp"

namespace hiratake::http {
namespace {

using std::chrono::seconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Chat final : public UpgradedConnection {
    void start(std::unique_ptr<net::ByteStream>, std::string, net::UniqueFunction<void()>) override {}
    void drain() override {}
    void close() override {}
};

const Response switching{101, {{"Upgrade", "chat"}}, {}, std::make_shared<Chat>()};

constexpr std::string_view get_request = "GET /orders/17?full=yes HTTP/1.1\r\nHost: a\r\nX-Note: one\r\n\r\n";

TEST_F(MachineTest, hands_out_a_request_and_writes_its_response) {
    machine_.receive(get_request);
    const auto request = next_request();
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.target, "/orders/17?full=yes");
    EXPECT_EQ(request.path, "/orders/17");
    EXPECT_EQ(request.query, (TextFields{{"full", "yes"}}));
    EXPECT_EQ(*request.headers.find("x-note"), "one");
    EXPECT_EQ(output(), "");
    machine_.respond(Response::text("done"));
    EXPECT_EQ(output(),
              "HTTP/1.1 200 OK\r\nDate: Fri, 20 Dec 2019 00:00:00 GMT\r\n"
              "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 4\r\n\r\ndone");
    EXPECT_FALSE(machine_.is_finished());
    EXPECT_TRUE(machine_.wants_input());
}

TEST_F(MachineTest, reads_the_same_request_from_bytes_that_come_one_by_one) {
    const std::string bytes = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        EXPECT_FALSE(machine_.take_request()) << i;
        machine_.receive(bytes.substr(i, 1));
    }
    const auto request = next_request();
    EXPECT_EQ(request.body, "hello");
    EXPECT_EQ(request.headers.size(), 2u);
}

TEST_F(MachineTest, joins_the_chunks_of_a_body_and_looks_at_no_trailers) {
    machine_.receive(
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;extension=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Late: 1\r\n\r\nGET /b");
    const auto request = next_request();
    EXPECT_EQ(request.body, "abcde");
    EXPECT_FALSE(request.headers.contains("X-Late"));
}

TEST_F(MachineTest, answers_a_pipeline_in_order_one_at_a_time) {
    machine_.receive(
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi\r\n"
        "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(next_request().path, "/1");
    EXPECT_FALSE(machine_.take_request());
    machine_.respond(Response::text("1"));
    const auto second = next_request();
    EXPECT_EQ(second.path, "/2");
    EXPECT_EQ(second.body, "hi");
    machine_.respond(Response::text("2"));
    EXPECT_EQ(next_request().path, "/3");
    EXPECT_THAT(output(), HasSubstr("\r\n\r\n1HTTP/1.1 200 OK\r\n"));
}

TEST_F(MachineTest, pauses_reading_when_too_much_has_been_read_ahead) {
    machine_.receive(get_request);
    next_request();
    EXPECT_TRUE(machine_.wants_input());
    machine_.receive(std::string(limits_.max_read_ahead_bytes, 'x'));
    EXPECT_FALSE(machine_.wants_input());
}

TEST_F(MachineTest, begins_no_request_while_the_client_does_not_take_its_answers) {
    machine_.receive(get_request);
    next_request();
    machine_.respond(Response::text("first"));
    EXPECT_NE(machine_.take_output(), "");
    machine_.receive(get_request);
    next_request();
    machine_.respond(Response::text(std::string(limits_.max_unsent_bytes, 'x')));
    machine_.receive(get_request);
    EXPECT_FALSE(machine_.take_request());
    EXPECT_EQ(machine_.take_output(), "") << "one write at a time";
    machine_.output_written();
    EXPECT_FALSE(machine_.take_request());
    EXPECT_NE(machine_.take_output(), "");
    machine_.output_written();
    EXPECT_TRUE(machine_.take_request());
}

TEST_F(MachineTest, keeps_an_http_1_0_connection_only_when_asked_to) {
    machine_.receive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    next_request();
    machine_.respond(Response::text("a"));
    EXPECT_THAT(output(), HasSubstr("Connection: keep-alive\r\n"));
    machine_.receive("GET / HTTP/1.0\r\n\r\n");
    next_request();
    machine_.respond(Response::text("b"));
    EXPECT_THAT(output(), HasSubstr("Connection: close\r\n"));
    EXPECT_TRUE(machine_.wants_end_of_output());
}

TEST_F(MachineTest, closes_when_the_client_asks_for_it) {
    machine_.receive("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    next_request();
    machine_.respond(Response::text("bye"));
    EXPECT_FALSE(machine_.wants_end_of_output()) << "the answer is not out yet";
    EXPECT_THAT(output(), HasSubstr("Connection: close\r\n"));
    EXPECT_TRUE(machine_.wants_end_of_output());
    EXPECT_FALSE(machine_.is_finished());
    machine_.receive("something of no interest");
    machine_.receive_end();
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(MachineTest, leaves_out_the_body_of_an_answer_to_head_but_not_its_length) {
    machine_.receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    next_request();
    machine_.respond(Response::text("four"));
    EXPECT_THAT(output(), EndsWith("Content-Length: 4\r\n\r\n"));
}

TEST_F(MachineTest, gives_no_length_to_an_answer_that_has_no_body) {
    machine_.receive(get_request);
    next_request();
    machine_.respond({204, {}, "forgotten"});
    const auto bytes = output();
    EXPECT_THAT(bytes, StartsWith("HTTP/1.1 204 No Content\r\n"));
    EXPECT_THAT(bytes, Not(HasSubstr("Content-Length")));
    EXPECT_THAT(bytes, EndsWith("\r\n\r\n"));
}

TEST_F(MachineTest, does_not_let_a_handler_contradict_the_framing) {
    machine_.receive(get_request);
    next_request();
    Response response = Response::text("four");
    response.headers.add("content-length", "99");
    response.headers.add("Transfer-Encoding", "chunked");
    response.headers.add("X-Kept", "yes");
    machine_.respond(response);
    const auto bytes = output();
    EXPECT_THAT(bytes, HasSubstr("Content-Length: 4\r\n"));
    EXPECT_THAT(bytes, HasSubstr("X-Kept: yes\r\n"));
    EXPECT_THAT(bytes, Not(HasSubstr("99")));
    EXPECT_THAT(bytes, Not(HasSubstr("chunked")));
}

TEST_F(MachineTest, tells_a_client_that_waits_to_go_on) {
    EXPECT_EQ(answer_to("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"),
              "HTTP/1.1 100 Continue\r\n\r\n");
    machine_.receive("h");
    EXPECT_EQ(output(), "") << "once is enough";
    machine_.receive("i");
    EXPECT_EQ(next_request().body, "hi");
}

TEST_F(MachineTest, does_not_tell_a_client_to_go_on_that_has) {
    machine_.receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nhi");
    EXPECT_EQ(next_request().body, "hi");
    EXPECT_EQ(output(), "");
}

TEST_F(MachineTest, ignores_empty_lines_before_a_request) {
    machine_.receive("\r\n\r\n");
    EXPECT_EQ(machine_.deadline().left(clock_.now()), limits_.idle_timeout);
    machine_.receive(std::string("\r\n") + std::string(get_request));
    EXPECT_EQ(next_request().path, "/orders/17");
}

TEST_F(MachineTest, answers_a_client_that_has_closed_its_side) {
    machine_.receive(get_request);
    machine_.receive_end();
    EXPECT_FALSE(machine_.wants_input());
    next_request();
    machine_.respond(Response::text("done"));
    EXPECT_FALSE(machine_.is_finished());
    EXPECT_THAT(output(), HasSubstr("done"));
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(MachineTest, answers_all_of_a_pipeline_whose_client_has_closed_its_side) {
    machine_.receive(std::string(get_request) + std::string(get_request) + "GET /half");
    machine_.receive_end();
    for (int i = 0; i < 2; ++i) {
        next_request();
        machine_.respond(Response::text("done"));
        EXPECT_THAT(output(), HasSubstr("done"));
    }
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(MachineTest, ends_with_a_client_that_goes_in_the_middle_of_a_request) {
    for (const auto* bytes : {"", "GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh"}) {
        ConnectionMachine machine(limits_, clock_);
        machine.receive(bytes);
        machine.receive_end();
        EXPECT_FALSE(machine.take_request()) << bytes;
        EXPECT_TRUE(machine.is_finished()) << bytes;
    }
}

TEST_F(MachineTest, ignores_an_answer_that_nobody_waits_for) {
    machine_.respond(Response::text("who asked?"));
    EXPECT_EQ(output(), "");
}

TEST_F(MachineTest, ends_after_the_answer_under_way_when_draining) {
    machine_.receive(get_request);
    next_request();
    machine_.drain();
    machine_.receive(get_request);
    machine_.respond(Response::text("the last"));
    EXPECT_THAT(output(), HasSubstr("Connection: close\r\n"));
    EXPECT_FALSE(machine_.take_request());
    EXPECT_TRUE(machine_.wants_end_of_output());
}

TEST_F(MachineTest, ends_an_idle_connection_when_draining) {
    machine_.drain();
    EXPECT_TRUE(machine_.wants_end_of_output());
    pass(limits_.linger_timeout);
    EXPECT_TRUE(machine_.is_finished());
}

// Upgrades

constexpr std::string_view upgrade_request =
    "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: chat\r\n\r\n";

TEST_F(MachineTest, gives_up_its_connection_when_the_answer_is_101) {
    machine_.receive(std::string(upgrade_request) + "hello");
    EXPECT_EQ(next_request().path, "/chat");
    EXPECT_FALSE(machine_.wants_input()) << "what comes now may be of another protocol";
    machine_.respond(switching);
    EXPECT_FALSE(machine_.has_switched()) << "the header is not out yet";
    const auto bytes = output();
    EXPECT_THAT(bytes, StartsWith("HTTP/1.1 101 Switching Protocols\r\n"));
    EXPECT_THAT(bytes, HasSubstr("Upgrade: chat\r\nConnection: Upgrade\r\n\r\n"));
    EXPECT_TRUE(machine_.has_switched());
    machine_.receive(", you");
    EXPECT_EQ(machine_.take_input(), "hello, you");
    EXPECT_TRUE(machine_.deadline().is_never());
}

TEST_F(MachineTest, goes_on_when_the_answer_to_an_upgrade_is_another) {
    machine_.receive(std::string(upgrade_request) + std::string(get_request));
    next_request();
    machine_.respond(Response::text("no"));
    EXPECT_THAT(output(), StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(next_request().path, "/orders/17");
}

TEST_F(MachineTest, switches_only_where_the_client_has_asked_for_it) {
    machine_.receive(get_request);
    next_request();
    machine_.respond(switching);
    EXPECT_THAT(output(), StartsWith("HTTP/1.1 500 "));
    machine_.receive("GET / HTTP/1.0\r\nConnection: Upgrade, keep-alive\r\nUpgrade: chat\r\n\r\n");
    next_request();
    machine_.respond(switching);
    EXPECT_THAT(output(), StartsWith("HTTP/1.1 500 "));
}

TEST_F(MachineTest, does_not_switch_when_draining) {
    machine_.receive(upgrade_request);
    next_request();
    machine_.drain();
    machine_.respond(switching);
    EXPECT_THAT(output(), StartsWith("HTTP/1.1 503 "));
    EXPECT_TRUE(machine_.wants_end_of_output());
}

// Times

TEST_F(MachineTest, closes_without_a_word_after_too_long_without_a_request) {
    pass(limits_.idle_timeout - Duration{1});
    EXPECT_FALSE(machine_.is_finished());
    pass(Duration{1});
    EXPECT_EQ(output(), "");
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(MachineTest, answers_408_to_a_header_that_drips) {
    machine_.receive("G");
    // A byte each second keeps no one longer than the whole header may take.
    for (int i = 0; i < 9; ++i) {
        pass(seconds{1});
        machine_.receive("E");
    }
    EXPECT_EQ(output(), "");
    pass(seconds{1});
    EXPECT_THAT(output(), StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
    EXPECT_TRUE(machine_.wants_end_of_output());
    pass(limits_.linger_timeout);
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(MachineTest, answers_408_to_a_body_that_drips) {
    machine_.receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 29; ++i) {
        pass(seconds{1});
        machine_.receive("x");
    }
    EXPECT_EQ(output(), "");
    pass(seconds{1});
    EXPECT_THAT(output(), StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
}

TEST_F(MachineTest, does_not_count_the_time_that_the_handler_takes) {
    machine_.receive(get_request);
    next_request();
    EXPECT_TRUE(machine_.deadline().is_never());
    pass(std::chrono::hours{1});
    machine_.respond(Response::text("at last"));
    EXPECT_THAT(output(), HasSubstr("at last"));
}

TEST_F(MachineTest, gives_up_a_client_that_does_not_take_its_answer) {
    machine_.receive(get_request);
    next_request();
    machine_.respond(Response::text("done"));
    EXPECT_NE(machine_.take_output(), "");
    pass(limits_.write_timeout - Duration{1});
    EXPECT_FALSE(machine_.is_finished());
    pass(Duration{1});
    EXPECT_TRUE(machine_.is_finished());
}

TEST_F(MachineTest, counts_the_time_to_linger_from_the_end_of_the_answer) {
    machine_.receive("nonsense\r\n\r\n");
    EXPECT_NE(machine_.take_output(), "");
    pass(limits_.linger_timeout);
    EXPECT_FALSE(machine_.wants_end_of_output());
    EXPECT_TRUE(machine_.wants_input());
    machine_.output_written();
    EXPECT_EQ(machine_.deadline().left(clock_.now()), limits_.linger_timeout);
    pass(limits_.linger_timeout);
    EXPECT_TRUE(machine_.is_finished());
}

}  // namespace
}  // namespace hiratake::http
