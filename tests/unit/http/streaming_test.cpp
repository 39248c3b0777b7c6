// Bodies that are made while they are sent: by the machine, through the pipe, as events.
#include <thread>

#include "hiratake/http/event_stream.hpp"
#include "hiratake/http/response_interrupted.hpp"
#include "http/body_pipe.hpp"
#include "machine_fixture.hpp"

namespace hiratake::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class StreamingTest : public MachineTest {
  protected:
    void begin(std::string_view request, std::optional<std::uint64_t> length = std::nullopt,
               std::string_view keep_alive = {}) {
        machine_.receive(request);
        next_request();
        machine_.begin_response({200, {{"Content-Type", "text/plain"}}, {}}, length, keep_alive);
    }

    static constexpr std::string_view get_request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
};

TEST_F(StreamingTest, sends_a_body_of_unknown_length_in_chunks) {
    begin(get_request);
    const auto header = output();
    EXPECT_THAT(header, HasSubstr("Transfer-Encoding: chunked\r\n"));
    EXPECT_THAT(header, Not(HasSubstr("Content-Length")));
    machine_.send_body("hello");
    EXPECT_EQ(output(), "5\r\nhello\r\n");
    machine_.send_body("");
    EXPECT_EQ(output(), "") << "an empty chunk would be the end";
    machine_.send_body(std::string(17, 'x'));
    machine_.end_body();
    EXPECT_EQ(output(), "11\r\nxxxxxxxxxxxxxxxxx\r\n0\r\n\r\n");
    machine_.receive(get_request);
    EXPECT_TRUE(machine_.take_request()) << "the connection is kept";
}

TEST_F(StreamingTest, sends_a_body_of_known_length_as_it_is) {
    begin(get_request, 6);
    EXPECT_THAT(output(), HasSubstr("Content-Length: 6\r\n"));
    machine_.send_body("abc");
    machine_.send_body("def");
    machine_.end_body();
    EXPECT_EQ(output(), "abcdef");
    EXPECT_FALSE(machine_.is_finished());
}

TEST_F(StreamingTest, ends_the_connection_with_the_body_for_http_1_0) {
    begin("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto header = output();
    EXPECT_THAT(header, HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(header, Not(HasSubstr("Transfer-Encoding")));
    machine_.send_body("abc");
    machine_.end_body();
    EXPECT_EQ(output(), "abc");
    EXPECT_TRUE(machine_.wants_end_of_output());
}

TEST_F(StreamingTest, keeps_an_http_1_0_connection_after_a_body_of_known_length) {
    begin("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 3);
    EXPECT_THAT(output(), HasSubstr("Connection: keep-alive\r\n"));
    machine_.send_body("abc");
    machine_.end_body();
    EXPECT_EQ(output(), "abc");
    EXPECT_FALSE(machine_.wants_end_of_output());
}

TEST_F(StreamingTest, wants_no_body_for_an_answer_to_head) {
    begin("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", 1000);
    EXPECT_FALSE(machine_.wants_body());
    EXPECT_THAT(output(), HasSubstr("Content-Length: 1000\r\n"));
    machine_.receive(get_request);
    EXPECT_TRUE(machine_.take_request());
}

TEST_F(StreamingTest, wants_no_more_than_the_client_takes) {
    begin(get_request);
    EXPECT_TRUE(machine_.wants_body());
    machine_.send_body(std::string(limits_.max_unsent_body_bytes, 'x'));
    EXPECT_FALSE(machine_.wants_body());
    EXPECT_NE(machine_.take_output(), "");
    EXPECT_TRUE(machine_.wants_body()) << "one piece is made while another is written";
    machine_.send_body(std::string(limits_.max_unsent_body_bytes, 'x'));
    EXPECT_FALSE(machine_.wants_body());
    pass(limits_.write_timeout);
    EXPECT_TRUE(machine_.is_finished()) << "the client takes nothing";
}

TEST_F(StreamingTest, breaks_off_so_that_the_client_sees_it) {
    begin(get_request);
    machine_.send_body("half");
    machine_.receive(get_request);
    machine_.abort_body();
    EXPECT_THAT(output(), EndsWith("4\r\nhalf\r\n"));
    EXPECT_TRUE(machine_.is_finished());
    EXPECT_FALSE(machine_.take_request());
}

TEST_F(StreamingTest, breaks_off_a_body_that_is_not_as_long_as_was_said) {
    begin(get_request, 6);
    machine_.send_body("abc");
    machine_.end_body();
    EXPECT_THAT(output(), EndsWith("abc"));
    EXPECT_TRUE(machine_.is_finished());

    ConnectionMachine other(limits_, clock_);
    other.receive(get_request);
    other.take_request();
    other.begin_response({}, 2);
    other.send_body("abc");
    EXPECT_THAT(other.take_output(), EndsWith("\r\n\r\n"));
    other.output_written();
    EXPECT_TRUE(other.is_finished());
}

TEST_F(StreamingTest, ends_after_the_body_under_way_when_draining) {
    begin(get_request);
    machine_.drain();
    machine_.send_body("abc");
    machine_.end_body();
    EXPECT_THAT(output(), EndsWith("0\r\n\r\n"));
    EXPECT_TRUE(machine_.wants_end_of_output());
}

TEST_F(StreamingTest, takes_its_time_where_nothing_keeps_it_alive) {
    begin(get_request);
    output();
    EXPECT_TRUE(machine_.deadline().is_never());
}

TEST_F(StreamingTest, keeps_an_idle_stream_of_events_alive) {
    begin(get_request, std::nullopt, ":\n\n");
    output();
    pass(limits_.event_idle_timeout / 2);
    machine_.send_body("data: 1\n\n");
    output();
    pass(limits_.event_idle_timeout / 2);
    EXPECT_EQ(output(), "");
    pass(limits_.event_idle_timeout / 2);
    EXPECT_EQ(output(), "3\r\n:\n\n\r\n");
    pass(limits_.event_idle_timeout);
    EXPECT_EQ(output(), "3\r\n:\n\n\r\n");
}

TEST_F(StreamingTest, ends_a_stream_of_events_with_its_client_but_completes_a_body) {
    begin(get_request, std::nullopt, ":\n\n");
    machine_.receive_end();
    output();
    EXPECT_TRUE(machine_.is_finished());

    ConnectionMachine other(limits_, clock_);
    other.receive(get_request);
    other.take_request();
    other.begin_response({}, 2);
    other.receive_end();
    EXPECT_TRUE(other.wants_body());
    other.send_body("ab");
    other.end_body();
    EXPECT_THAT(other.take_output(), EndsWith("ab"));
    other.output_written();
    EXPECT_TRUE(other.is_finished());
}

// The pipe between a worker and the loop

TEST(BodyPipe, hands_over_what_is_written) {
    BodyPipe pipe;
    int calls = 0;
    pipe.start([&] { ++calls; });
    std::string read;
    EXPECT_EQ(pipe.read(read, 10), BodySource::State::waiting);
    pipe.write("hello");
    pipe.write(", you");
    EXPECT_EQ(calls, 1) << "once for each time that the reader has waited";
    EXPECT_EQ(pipe.read(read, 7), BodySource::State::more);
    EXPECT_EQ(pipe.read(read, 7), BodySource::State::waiting);
    EXPECT_EQ(read, "hello, you");
    pipe.finish();
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(pipe.read(read, 7), BodySource::State::ended);
}

TEST(BodyPipe, makes_the_writer_wait_for_the_reader) {
    BodyPipe pipe;
    const std::string text(10 * BodyPipe::capacity, 'x');
    std::thread writer([&] {
        pipe.write(text);
        pipe.finish();
    });
    net::Parker more;
    pipe.start([&] { more.unpark(); });
    std::string read;
    while (true) {
        const auto before = read.size();
        const auto state = pipe.read(read, 2 * BodyPipe::capacity);
        EXPECT_LE(read.size() - before, BodyPipe::capacity);
        if (state == BodySource::State::ended) break;
        if (state == BodySource::State::waiting) more.park();
    }
    writer.join();
    EXPECT_EQ(read, text);
}

TEST(BodyPipe, tells_a_waiting_writer_that_nobody_reads_any_more) {
    BodyPipe pipe;
    pipe.start([] {});
    std::string problem;
    std::thread writer([&] {
        try {
            pipe.write(std::string(2 * BodyPipe::capacity, 'x'));
        } catch (const ResponseInterrupted& error) {
            problem = error.what();
        }
    });
    std::string read;
    while (read.empty()) pipe.read(read, 1);
    pipe.interrupt("the client has gone");
    pipe.interrupt("a later reason");
    writer.join();
    EXPECT_EQ(problem, "the response is interrupted: the client has gone");
    EXPECT_FALSE(pipe.wait(std::chrono::hours{1}));
}

TEST(BodyPipe, waits_for_the_end_of_the_reason_to_write) {
    BodyPipe pipe;
    EXPECT_TRUE(pipe.wait(std::chrono::milliseconds{1}));
    std::thread drainer([&] { pipe.drain(); });
    EXPECT_FALSE(pipe.wait(std::chrono::hours{1}));
    drainer.join();
    EXPECT_NO_THROW(pipe.write("a body may still be completed"));
}

// Events

std::string written(const Event& event) {
    BodyPipe pipe;
    EventStream(pipe).send(event);
    std::string bytes;
    pipe.read(bytes, 1000);
    return bytes;
}

TEST(EventStream, writes_what_the_specification_says) {
    EXPECT_EQ(written({.data = "hello"}), "data: hello\n\n");
    EXPECT_EQ(written({.event = "price", .id = "17", .data = "1.5", .retry_ms = 3000}),
              "event: price\nid: 17\nretry: 3000\ndata: 1.5\n\n");
    EXPECT_EQ(written({.data = "one\ntwo\r\nthree\rfour\n"}),
              "data: one\ndata: two\ndata: three\ndata: four\ndata: \n\n");
    EXPECT_EQ(written({.event = "ping"}), "event: ping\ndata: \n\n");
}

TEST(EventStream, lets_no_field_be_smuggled_in) {
    EXPECT_THROW(written({.event = "a\ndata: b", .data = "c"}), Error);
    EXPECT_THROW(written({.id = "a\rb", .data = "c"}), Error);
    EXPECT_THROW(written({.id = std::string("a\0b", 3), .data = "c"}), Error);
}

TEST(EventStream, ends_when_the_service_stops) {
    BodyPipe pipe;
    pipe.drain();
    EXPECT_THROW(EventStream(pipe).send("hello"), ResponseInterrupted);
}

}  // namespace
}  // namespace hiratake::http
