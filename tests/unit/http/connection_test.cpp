#include "http/connection.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <stdexcept>

#include "hiratake/base/manual_clock.hpp"
#include "hiratake/http/body_writer.hpp"
#include "hiratake/http/event_stream.hpp"
#include "net/event_loop.hpp"
#include "net/memory_stream.hpp"

namespace hiratake::http {
namespace {

using testing::HasSubstr;

/// A connection over a pipe in memory, with the test at the other end and the time in its hands.
class ConnectionTest : public testing::Test {
  protected:
    ConnectionTest() {
        auto [client, server] = net::make_memory_stream_pair(loop_, loop_, 1024);
        client_ = std::move(client);
        connection_ =
            std::make_shared<Connection>(std::move(server), limits_, handler_, observer_, [this] { ended_ = true; });
        connection_->start();
        read();
    }
    ~ConnectionTest() override {
        client_.reset();
        if (connection_) connection_->close();
        loop_.poll();
    }

    void read() {
        client_->async_read_some(buffer_, [this](net::ErrorCode error, std::size_t length) {
            received_.append(buffer_.data(), length);
            if (error) {
                client_error_ = error;
            } else {
                read();
            }
        });
    }
    void send(std::string_view bytes) {
        sent_ = bytes;
        client_->async_write(sent_, [](net::ErrorCode) {});
        loop_.poll();
    }
    void pass(Duration time) {
        clock_.advance(time);
        loop_.poll();
    }

    Log log_{LogLevel::info, [](const LogRecord&) {}};
    ManualClock clock_;
    net::EventLoop loop_{log_, clock_};
    Limits limits_;
    std::optional<Responder> responder_;
    std::vector<Request> requests_;
    Connection::Handler handler_ = [this](Request request, Responder responder) {
        requests_.push_back(std::move(request));
        responder_.emplace(std::move(responder));
    };
    std::vector<Exchange> exchanges_;
    Connection::Observer observer_ = [this](const Exchange& exchange) { exchanges_.push_back(exchange); };
    std::unique_ptr<net::ByteStream> client_;
    std::shared_ptr<Connection> connection_;  // the test's share
    std::array<char, 512> buffer_{};
    std::string sent_;
    std::string received_;
    net::ErrorCode client_error_;
    bool ended_ = false;
};

TEST_F(ConnectionTest, carries_a_request_to_the_handler_and_the_answer_back) {
    send("GET /a HTTP/1.1\r\nHost: a\r\nUser-Agent: test/1\r\n\r\n");
    ASSERT_EQ(requests_.size(), 1u);
    EXPECT_EQ(requests_[0].path, "/a");
    EXPECT_EQ(requests_[0].peer_address, "memory");
    clock_.advance(std::chrono::milliseconds{3});
    responder_->exchange().answer_headers.set("X-Request-ID", "7");
    (*responder_)(Response::text("hello"));
    EXPECT_EQ(received_, "") << "answers come back by way of the loop";
    loop_.poll();
    EXPECT_THAT(received_, HasSubstr("\r\n\r\nhello"));
    EXPECT_THAT(received_, HasSubstr("\r\nX-Request-ID: 7\r\n"));
    ASSERT_EQ(exchanges_.size(), 1u);
    EXPECT_EQ(exchanges_[0].client_address, "memory");
    EXPECT_EQ(exchanges_[0].method, "GET");
    EXPECT_EQ(exchanges_[0].target, "/a");
    EXPECT_FALSE(exchanges_[0].is_http_1_0);
    EXPECT_EQ(exchanges_[0].user_agent, "test/1");
    EXPECT_EQ(exchanges_[0].status, 200);
    EXPECT_EQ(exchanges_[0].bytes, 5u);
    EXPECT_EQ(exchanges_[0].duration, std::chrono::milliseconds{3});
    EXPECT_FALSE(ended_);
}

TEST_F(ConnectionTest, writes_an_answer_that_is_larger_than_the_pipe) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    (*responder_)(Response::text(std::string(100'000, 'x')));
    loop_.poll();
    EXPECT_THAT(received_, testing::EndsWith(std::string(100'000, 'x')));
}

TEST_F(ConnectionTest, answers_500_for_a_handler_that_forgets_to) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    responder_.reset();
    loop_.poll();
    EXPECT_THAT(received_, testing::StartsWith("HTTP/1.1 500 "));
}

TEST_F(ConnectionTest, ends_when_the_client_has_gone) {
    client_->close();
    loop_.poll();
    EXPECT_TRUE(ended_);
}

TEST_F(ConnectionTest, survives_an_answer_for_a_client_that_has_gone) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    client_->close();
    loop_.poll();
    (*responder_)(Response::text("too late"));
    loop_.poll();
    EXPECT_TRUE(ended_);
}

TEST_F(ConnectionTest, ends_an_idle_client_in_virtual_time) {
    pass(limits_.idle_timeout);
    EXPECT_TRUE(ended_);
    EXPECT_TRUE(net::is_end_of_stream(client_error_));
}

TEST_F(ConnectionTest, counts_the_idle_time_anew_after_each_answer) {
    pass(limits_.idle_timeout / 2);
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    (*responder_)(Response::text("hello"));
    loop_.poll();
    pass(limits_.idle_timeout / 2);
    EXPECT_FALSE(ended_);
    pass(limits_.idle_timeout / 2);
    EXPECT_TRUE(ended_);
}

TEST_F(ConnectionTest, notices_a_shorter_time_than_the_one_it_waits_for) {
    send("GET /a HT");
    pass(limits_.header_timeout);
    EXPECT_THAT(received_, testing::StartsWith("HTTP/1.1 408 "));
}

TEST_F(ConnectionTest, tells_the_client_that_the_answer_was_the_last_and_then_waits_for_it_to_go) {
    send("nonsense\r\n\r\n");
    EXPECT_THAT(received_, testing::StartsWith("HTTP/1.1 400 "));
    ASSERT_EQ(exchanges_.size(), 1u);
    EXPECT_EQ(exchanges_[0].status, 400);
    EXPECT_THAT(exchanges_[0].refusal, HasSubstr("the request is malformed"));
    EXPECT_TRUE(net::is_end_of_stream(client_error_));
    EXPECT_FALSE(ended_);
    send("more nonsense");
    EXPECT_FALSE(ended_);
    client_->close();
    loop_.poll();
    EXPECT_TRUE(ended_);
}

TEST_F(ConnectionTest, does_not_wait_for_ever_for_the_client_to_go) {
    send("nonsense\r\n\r\n");
    pass(limits_.linger_timeout);
    EXPECT_TRUE(ended_);
}

TEST_F(ConnectionTest, gives_up_a_client_that_stops_reading) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    // The read under way takes what fits into its buffer; there is no other.
    EXPECT_THAT(requests_, testing::SizeIs(1));
    auto [other_client, other_server] = net::make_memory_stream_pair(loop_, loop_, 16);
    bool other_ended = false;
    auto other = std::make_shared<Connection>(std::move(other_server), limits_, handler_, observer_,
                                              [&] { other_ended = true; });
    other->start();
    other_client->async_write("GET /b HTTP/1.1\r\nHost: a\r\n\r\n", [](net::ErrorCode) {});
    loop_.poll();
    (*responder_)(Response::text("does not fit into sixteen bytes"));
    loop_.poll();
    EXPECT_FALSE(other_ended);
    pass(limits_.write_timeout);
    EXPECT_TRUE(other_ended);
}

TEST_F(ConnectionTest, ends_after_the_answer_under_way_when_draining) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    connection_->drain();
    (*responder_)(Response::text("the last"));
    loop_.poll();
    EXPECT_THAT(received_, HasSubstr("Connection: close"));
    EXPECT_TRUE(net::is_end_of_stream(client_error_));
}

TEST_F(ConnectionTest, sends_a_body_while_it_is_made) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    auto response = Response::stream("text/plain", [](BodyWriter& out) {
        out.write("hello");
        out.write(", you");
    });
    auto work = response.streamed_body->take_work();
    (*responder_)(std::move(response));
    loop_.poll();
    EXPECT_THAT(received_, testing::EndsWith("Transfer-Encoding: chunked\r\n\r\n"));
    work();
    loop_.poll();
    EXPECT_THAT(received_, testing::EndsWith("\r\n\r\na\r\nhello, you\r\n0\r\n\r\n"));
    ASSERT_EQ(exchanges_.size(), 1u);
    EXPECT_EQ(exchanges_[0].bytes, 10u);
    EXPECT_EQ(exchanges_[0].interruption, "");
    EXPECT_FALSE(ended_);
}

TEST_F(ConnectionTest, holds_the_conditions_of_the_request_against_the_answer) {
    send("GET /a HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"1\"\r\n\r\n");
    (*responder_)({200, {{"ETag", "\"1\""}}, "known already"});
    loop_.poll();
    EXPECT_THAT(received_, testing::StartsWith("HTTP/1.1 304 Not Modified\r\n"));
    EXPECT_THAT(received_, testing::EndsWith("ETag: \"1\"\r\n\r\n"));
}

TEST_F(ConnectionTest, compresses_for_a_client_that_takes_it) {
    send("GET /a HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    (*responder_)(Response::text(std::string(10'000, 'x')));
    loop_.poll();
    EXPECT_THAT(received_, HasSubstr("Content-Encoding: gzip\r\n"));
    EXPECT_THAT(received_, HasSubstr("Vary: Accept-Encoding\r\n"));
    EXPECT_LT(received_.size(), 1000u);
    received_.clear();
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    (*responder_)(Response::text(std::string(10'000, 'x')));
    loop_.poll();
    EXPECT_THAT(received_, HasSubstr("Vary: Accept-Encoding\r\n"));
    EXPECT_THAT(received_, testing::EndsWith("xxxx"));
}

TEST_F(ConnectionTest, breaks_off_a_body_whose_maker_fails) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    auto response = Response::stream("text/plain", [](BodyWriter& out) {
        out.write("half");
        throw std::runtime_error("no more");
    });
    auto work = response.streamed_body->take_work();
    (*responder_)(std::move(response));
    EXPECT_THROW(work(), std::runtime_error);
    loop_.poll();
    EXPECT_THAT(received_, testing::EndsWith("\r\n\r\n4\r\nhalf\r\n"));
    EXPECT_TRUE(net::is_end_of_stream(client_error_));
    ASSERT_EQ(exchanges_.size(), 1u);
    EXPECT_EQ(exchanges_[0].bytes, 4u);
    EXPECT_EQ(exchanges_[0].interruption, "it was broken off");
}

TEST_F(ConnectionTest, lets_the_maker_of_a_body_know_that_the_client_has_gone) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    bool was_told = false;
    auto response = Response::events([&](EventStream& events) { was_told = !events.wait(Duration::zero()); });
    auto work = response.streamed_body->take_work();
    (*responder_)(std::move(response));
    loop_.poll();
    client_->close();
    loop_.poll();
    EXPECT_TRUE(ended_);
    work();
    EXPECT_TRUE(was_told);
}

TEST_F(ConnectionTest, lets_the_maker_of_a_body_know_that_its_client_went_before_it_began) {
    send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    client_->close();
    loop_.poll();
    connection_.reset();
    auto response = Response::stream("text/plain", [](BodyWriter& out) { out.write(std::string(1'000'000, 'x')); });
    auto work = response.streamed_body->take_work();
    (*responder_)(std::move(response));
    loop_.poll();
    work();
}

/// Sends back what it is sent, and a farewell.
class Echo final : public UpgradedConnection {
  public:
    void start(std::unique_ptr<net::ByteStream> stream, std::string received,
               net::UniqueFunction<void()> on_end) override {
        stream_ = std::move(stream);
        on_end_ = std::move(on_end);
        send(std::move(received));
    }
    void drain() override { send("goodbye"); }
    void close() override {
        stream_->close();
        on_end_();
    }

  private:
    void send(std::string bytes) {
        output_ = std::move(bytes);
        stream_->async_write(output_, [](net::ErrorCode) {});
    }

    std::unique_ptr<net::ByteStream> stream_;
    net::UniqueFunction<void()> on_end_;
    std::string output_;
};

constexpr std::string_view upgrade_request =
    "GET /echo HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";

TEST_F(ConnectionTest, gives_its_stream_to_what_the_handler_made_for_the_new_protocol) {
    send(std::string(upgrade_request) + "hello");
    (*responder_)({101, {{"Upgrade", "echo"}}, {}, std::make_shared<Echo>()});
    loop_.poll();
    EXPECT_THAT(received_, HasSubstr("Connection: Upgrade\r\n\r\nhello"));
    pass(limits_.idle_timeout);
    EXPECT_FALSE(ended_) << "its times no longer count";
    connection_->drain();
    loop_.poll();
    EXPECT_THAT(received_, testing::EndsWith("goodbye"));
    connection_->close();
    loop_.poll();
    EXPECT_TRUE(ended_);
    EXPECT_TRUE(net::is_end_of_stream(client_error_));
}

TEST_F(ConnectionTest, drops_the_new_protocol_when_the_client_has_gone) {
    send(upgrade_request);
    auto echo = std::make_shared<Echo>();
    const std::weak_ptr<Echo> left = echo;
    client_->close();
    (*responder_)({101, {{"Upgrade", "echo"}}, {}, std::move(echo)});
    loop_.poll();
    EXPECT_TRUE(ended_);
    connection_->close();
    connection_.reset();
    EXPECT_TRUE(left.expired());
}

}  // namespace
}  // namespace hiratake::http
