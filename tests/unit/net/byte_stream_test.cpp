// What every kind of stream promises, asked of each kind.
#include "net/byte_stream.hpp"

#include <array>
#include <functional>
#include <optional>

#include "net/connector.hpp"
#include "net/listener.hpp"
#include "net/memory_stream.hpp"
#include "stream_test.hpp"

namespace hiratake::net {
namespace {

enum class Kind { tcp, tls, memory };

class ByteStreamTest : public LoopTest, public testing::WithParamInterface<Kind> {
  protected:
    void SetUp() override { streams_ = GetParam() == Kind::memory ? memory_pair() : socket_pair(); }

    StreamPair memory_pair() {
        auto [client, server] = make_memory_stream_pair(loop_, loop_, 1024);
        return {std::move(client), std::move(server)};
    }

    StreamPair socket_pair() {
        ListenOptions options;
        ConnectTarget target{.host = "127.0.0.1", .port = 0, .tls = {}, .socket = {}};
        if (GetParam() == Kind::tls) {
            options.tls = test_certificate("server");
            target.tls.emplace().ca_file = test_certificates + "/ca.pem";
        }
        Listener listener(loop_, options);
        StreamPair pair;
        listener.start([&](std::unique_ptr<ByteStream> stream) { pair.server = std::move(stream); });
        Connector connector(loop_);
        target.port = listener.port();
        connector.async_connect(target, Deadline::never(), [&](ConnectResult result) {
            EXPECT_TRUE(result.stream) << result.message;
            pair.client = std::move(result.stream);
        });
        EXPECT_TRUE(run_until([&] { return pair.client && pair.server; }));
        return pair;
    }

    std::optional<ErrorCode> write(ByteStream& stream, std::string_view bytes) {
        std::optional<ErrorCode> outcome;
        stream.async_write(bytes, [&](ErrorCode error) { outcome = error; });
        EXPECT_FALSE(outcome) << "the handler ran inside the call";
        run_until([&] { return outcome.has_value(); });
        return outcome;
    }

    StreamPair streams_;
};

TEST_P(ByteStreamTest, carries_bytes_both_ways) {
    Collector at_server(*streams_.server);
    Collector at_client(*streams_.client);
    EXPECT_EQ(write(*streams_.client, "question"), ErrorCode{});
    EXPECT_EQ(write(*streams_.server, "answer"), ErrorCode{});
    EXPECT_TRUE(run_until([&] { return at_server.bytes == "question" && at_client.bytes == "answer"; }));
    streams_ = {};
    run_until([&] { return at_server.error && at_client.error; });
}

TEST_P(ByteStreamTest, receives_into_a_buffer_that_is_not_the_readers) {
    std::string received;
    ErrorCode end;
    std::function<void()> receive = [&] {
        streams_.server->async_receive([&](ErrorCode error, std::string_view bytes) {
            received.append(bytes);
            if (error) {
                end = error;
            } else {
                receive();
            }
        });
    };
    receive();
    loop_.poll();
    EXPECT_EQ(received, "");
    const std::string large(200'000, 'x');
    EXPECT_EQ(write(*streams_.client, "first "), ErrorCode{});
    EXPECT_EQ(write(*streams_.client, large), ErrorCode{});
    EXPECT_TRUE(run_until([&] { return received.size() == large.size() + 6; }));
    EXPECT_EQ(received, "first " + large);
    streams_.client->close();
    EXPECT_TRUE(run_until([&] { return bool{end}; }));
    EXPECT_TRUE(is_end_of_stream(end)) << end.message();
}

TEST_P(ByteStreamTest, cancels_a_receive_when_it_is_closed) {
    std::optional<ErrorCode> outcome;
    streams_.server->async_receive([&](ErrorCode error, std::string_view) { outcome = error; });
    loop_.poll();
    streams_.server->close();
    EXPECT_FALSE(outcome);
    EXPECT_TRUE(run_until([&] { return outcome.has_value(); }));
    EXPECT_TRUE(is_cancelled(*outcome)) << outcome->message();
}

TEST_P(ByteStreamTest, writes_now_what_fits_and_the_rest_later) {
    const std::string large(20'000'000, 'x');
    std::optional<ErrorCode> outcome;
    EXPECT_FALSE(streams_.client->write(large, [&](ErrorCode error) { outcome = error; }));
    EXPECT_FALSE(outcome);
    Collector at_server(*streams_.server);
    EXPECT_TRUE(run_until([&] { return outcome && at_server.bytes.size() == large.size(); }));
    EXPECT_EQ(outcome, ErrorCode{});
    streams_ = {};
    run_until([&] { return bool{at_server.error}; });
}

TEST_P(ByteStreamTest, writes_now_to_one_who_waits_and_nothing_once_it_is_closed) {
    Collector at_server(*streams_.server);
    const std::string_view text = "hello";
    const bool is_written = streams_.client->write(text, [](ErrorCode) {});
    EXPECT_EQ(is_written, GetParam() != Kind::tls);
    EXPECT_TRUE(run_until([&] { return at_server.bytes == text; }));
    streams_.client->close();
    std::optional<ErrorCode> outcome;
    EXPECT_FALSE(streams_.client->write(text, [&](ErrorCode error) { outcome = error; }));
    EXPECT_TRUE(run_until([&] { return outcome.has_value(); }));
    EXPECT_TRUE(*outcome);
    EXPECT_TRUE(run_until([&] { return bool{at_server.error}; }));
    EXPECT_EQ(at_server.bytes, text);
}

TEST_P(ByteStreamTest, writes_several_buffers_in_order) {
    Collector at_server(*streams_.server);
    std::optional<ErrorCode> outcome;
    {
        const std::array<std::string_view, 4> buffers{"one ", "", "two ", "three"};
        streams_.client->async_write(buffers, [&](ErrorCode error) { outcome = error; });
    }
    EXPECT_TRUE(run_until([&] { return at_server.bytes == "one two three"; }));
    EXPECT_EQ(outcome, ErrorCode{});
    streams_ = {};
    run_until([&] { return bool{at_server.error}; });
}

TEST_P(ByteStreamTest, holds_a_writer_back_until_the_reader_has_made_room) {
    const std::string large(20'000'000, 'x');
    bool written = false;
    streams_.client->async_write(large, [&](ErrorCode error) { written = !error; });
    loop_.poll();
    EXPECT_FALSE(written);
    Collector at_server(*streams_.server);
    EXPECT_TRUE(run_until([&] { return written && at_server.bytes.size() == large.size(); }));
    EXPECT_EQ(at_server.bytes, large);
    streams_ = {};
    run_until([&] { return bool{at_server.error}; });
}

TEST_P(ByteStreamTest, ends_the_peers_reading_after_the_last_byte) {
    EXPECT_EQ(write(*streams_.client, "the last words"), ErrorCode{});
    streams_.client->close();
    Collector at_server(*streams_.server);
    EXPECT_TRUE(run_until([&] { return bool{at_server.error}; }));
    EXPECT_EQ(at_server.bytes, "the last words");
    EXPECT_TRUE(is_end_of_stream(at_server.error)) << at_server.error.message();
}

TEST_P(ByteStreamTest, goes_on_reading_after_it_has_said_that_it_writes_no_more) {
    Collector at_client(*streams_.client);
    Collector at_server(*streams_.server);
    EXPECT_EQ(write(*streams_.client, "question"), ErrorCode{});
    std::optional<ErrorCode> outcome;
    streams_.client->async_shutdown_write([&](ErrorCode error) { outcome = error; });
    EXPECT_TRUE(run_until([&] { return outcome && at_server.error; }));
    EXPECT_EQ(outcome, ErrorCode{});
    EXPECT_EQ(at_server.bytes, "question");
    EXPECT_TRUE(is_end_of_stream(at_server.error)) << at_server.error.message();
    if (GetParam() == Kind::tls) return;  // TLS as Asio has it ends both directions with the first close_notify.
    EXPECT_EQ(write(*streams_.server, "answer"), ErrorCode{});
    EXPECT_TRUE(run_until([&] { return at_client.bytes == "answer"; }));
    streams_ = {};
    run_until([&] { return bool{at_client.error}; });
}

TEST_P(ByteStreamTest, cancels_what_is_under_way_when_it_is_closed) {
    Collector at_server(*streams_.server);
    const std::string large(20'000'000, 'x');
    std::optional<ErrorCode> outcome;
    streams_.server->async_write(large, [&](ErrorCode error) { outcome = error; });
    streams_.server->close();
    streams_.server->close();
    EXPECT_FALSE(at_server.error);
    EXPECT_TRUE(run_until([&] { return outcome && at_server.error; }));
    EXPECT_TRUE(is_cancelled(*outcome));
    EXPECT_TRUE(is_cancelled(at_server.error));
}

TEST_P(ByteStreamTest, cancels_what_is_under_way_when_it_is_destroyed) {
    Collector at_server(*streams_.server);
    streams_.server.reset();
    EXPECT_TRUE(run_until([&] { return bool{at_server.error}; }));
    EXPECT_TRUE(is_cancelled(at_server.error));
}

TEST_P(ByteStreamTest, counts_as_cancelled_what_was_done_but_not_yet_reported) {
    Collector at_server(*streams_.server);
    EXPECT_EQ(write(*streams_.client, "x"), ErrorCode{});
    streams_.server->close();
    EXPECT_TRUE(run_until([&] { return bool{at_server.error}; }));
    EXPECT_TRUE(is_cancelled(at_server.error));
}

TEST_P(ByteStreamTest, fails_to_write_to_a_peer_that_is_gone) {
    streams_.server.reset();
    // The first write may still find room in the kernel; the refusal comes back by the next.
    std::optional<ErrorCode> outcome;
    for (int attempt = 0; attempt < 100 && (!outcome || !*outcome); ++attempt) {
        outcome = write(*streams_.client, "anybody there?");
    }
    EXPECT_TRUE(*outcome);
}

TEST_P(ByteStreamTest, says_who_is_at_each_end) {
    EXPECT_EQ(streams_.client->description(), streams_.server->description());
    EXPECT_NE(streams_.client->description().find(" -> "), std::string::npos);
    EXPECT_EQ(streams_.client->peer_address(), GetParam() == Kind::memory ? "memory" : "127.0.0.1");
    EXPECT_TRUE(streams_.server->is_loopback());
    EXPECT_EQ(streams_.server->is_encrypted(), GetParam() == Kind::tls);
    EXPECT_EQ(streams_.client->peer_certificate_name(), GetParam() == Kind::tls ? "localhost" : "");
    EXPECT_EQ(streams_.server->peer_certificate_name(), "");
    EXPECT_EQ(&streams_.server->loop(), &loop_);
}

std::string kind_name(const testing::TestParamInfo<Kind>& kind) {
    switch (kind.param) {
        case Kind::tcp: return "tcp";
        case Kind::tls: return "tls";
        case Kind::memory: return "memory";
    }
    return {};
}

INSTANTIATE_TEST_SUITE_P(Kinds, ByteStreamTest, testing::Values(Kind::tcp, Kind::tls, Kind::memory), kind_name);

TEST_F(LoopTest, a_memory_stream_between_two_loops_is_read_by_halves) {
    EventLoop other(log_.log(), clock_);
    auto [client, server] = make_memory_stream_pair(loop_, other, 64 * 1024);
    std::vector<char> room(64 * 1024);
    std::vector<std::size_t> lengths;
    std::function<void(ErrorCode, std::size_t)> on_read = [&, end = server.get()](ErrorCode error, std::size_t length) {
        ASSERT_FALSE(error);
        lengths.push_back(length);
        if (lengths.size() < 5) end->async_read_some(room, on_read);
    };
    server->async_read_some(room, on_read);
    client->async_write(std::string(16 * 1024 + 1, 'z'), [](ErrorCode) {});
    EXPECT_TRUE(other.run_until([&] { return lengths.size() == 5; }, std::chrono::seconds{20}));
    EXPECT_EQ(lengths, (std::vector<std::size_t>{8192, 4096, 2048, 2048, 1}));
}

TEST_F(LoopTest, a_memory_stream_joins_two_loops_on_two_threads) {
    EventLoop other(log_.log(), clock_);
    auto [client, server] = make_memory_stream_pair(loop_, other, 64);
    const std::string large(100'000, 'y');
    bool written = false;
    std::optional<Collector> at_server;
    // Read after the other loop's thread has ended.
    other.post([&, end = server.get()] { at_server.emplace(*end); });
    client->async_write(large, [&](ErrorCode error) { written = !error; });
    other.start();
    EXPECT_TRUE(run_until([&] { return written; }));
    client.reset();
    bool finished = false;
    std::function<void()> look = [&] {
        if (at_server->error) {
            server.reset();
            loop_.post([&] { finished = true; });
        } else {
            other.post([&] { look(); });
        }
    };
    other.post([&] { look(); });
    EXPECT_TRUE(run_until([&] { return finished; }));
    other.stop();
    other.join();
    EXPECT_EQ(at_server->bytes, large);
    EXPECT_TRUE(is_end_of_stream(at_server->error));
}

}  // namespace
}  // namespace hiratake::net
