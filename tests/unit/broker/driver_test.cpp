#include <gmock/gmock.h>

#include <array>
#include <string>

#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/broker/broker.hpp"
#include "net/byte_stream.hpp"
#include "net/event_loop.hpp"
#include "net/memory_stream.hpp"

namespace hiratake::broker {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

BrokerOptions in_memory_only() {
    BrokerOptions options;
    options.listeners.clear();
    return options;
}

/// The client's end of a connection in memory, on the same loop as the broker, which the test runs by hand.
class RawClient {
  public:
    RawClient(Broker& broker, net::EventLoop& loop) : loop_(loop), stream_(broker.connect(loop)) { read(); }
    ~RawClient() {
        stream_.reset();
        loop_.poll();
    }

    void send(std::string bytes) {
        sent_ = std::move(bytes);
        stream_->async_write(sent_, [](net::ErrorCode) {});
        poll();
    }
    void poll() {
        while (loop_.poll() > 0) continue;
    }
    /// Up to an open channel 1.
    void open() {
        amqp::ByteBuffer bytes{amqp::protocol_header};
        amqp::FrameWriter writer{bytes};
        writer.write_method(
            0, amqp::ConnectionStartOk{.mechanism = "PLAIN", .response = std::string_view{"\0guest\0guest", 12}});
        writer.write_method(0, amqp::ConnectionTuneOk{.channel_max = 10, .frame_max = 131072, .heartbeat = 0});
        writer.write_method(0, amqp::ConnectionOpen{.virtual_host = "/"});
        writer.write_method(1, amqp::ChannelOpen{});
        send(std::string{bytes});
        received.clear();
    }
    void hang_up() {
        stream_->close();
        poll();
    }

    std::string received;
    bool ended = false;

  private:
    void read() {
        stream_->async_read_some(buffer_, [this](net::ErrorCode error, std::size_t size) {
            if (error) {
                ended = true;
                return;
            }
            received.append(buffer_.data(), size);
            read();
        });
    }

    net::EventLoop& loop_;
    std::unique_ptr<net::ByteStream> stream_;
    std::array<char, 65536> buffer_{};
    std::string sent_;
};

class DriverTest : public testing::Test {
  protected:
    Log log_{LogLevel::critical, [](const LogRecord&) {}};
    ManualClock clock_;
    Random random_{1};
    net::EventLoop loop_{log_, clock_};
};

template <class Method>
std::string frame_of(std::uint16_t channel, const Method& method) {
    amqp::ByteBuffer bytes;
    amqp::FrameWriter{bytes}.write_method(channel, method);
    return std::string{bytes};
}

/// Runs the functions of the broker that belong on the loop's thread there.
template <class Task>
void on_loop(net::EventLoop& loop, Task task) {
    loop.post(std::move(task));
    while (loop.poll() > 0) continue;
}

TEST_F(DriverTest, serves_a_connection_in_memory) {
    auto broker = std::make_unique<Broker>(in_memory_only(), loop_, random_);
    {
        RawClient client{*broker, loop_};
        client.open();
        client.send(frame_of(1, amqp::QueueDeclare{.queue = "q"}));
        EXPECT_EQ(client.received, frame_of(1, amqp::QueueDeclareOk{.queue = "q"}));
    }
    on_loop(loop_, [&broker] { broker.reset(); });
}

TEST_F(DriverTest, tells_what_its_queues_hold) {
    auto broker = std::make_unique<Broker>(in_memory_only(), loop_, random_);
    const auto contents = [&] {
        std::vector<QueueContent> result;
        on_loop(loop_, [&] { result = broker->queue_contents(); });
        return result;
    };
    {
        RawClient client{*broker, loop_};
        client.open();
        client.send(frame_of(1, amqp::QueueDeclare{.queue = "empty"}) + frame_of(1, amqp::QueueDeclare{.queue = "q"}));
        amqp::ByteBuffer publish;
        amqp::FrameWriter{publish}.write_content(1, amqp::BasicPublish{.routing_key = "q"}, std::string_view{"\0\0", 2},
                                                 "x");
        client.send(std::string{publish}.append(publish));
        client.send(frame_of(1, amqp::BasicGet{.queue = "q"}));
        const auto held = contents();
        ASSERT_EQ(held.size(), 1u);
        EXPECT_EQ(held[0].vhost + " " + held[0].queue, "/ q");
        EXPECT_EQ(held[0].ready, 1u);
        EXPECT_EQ(held[0].unacknowledged, 1u);
    }
    on_loop(loop_, [&broker] { broker.reset(); });
}

TEST_F(DriverTest, gives_back_what_a_lost_client_held) {
    auto broker = std::make_unique<Broker>(in_memory_only(), loop_, random_);
    {
        RawClient lost{*broker, loop_};
        lost.open();
        lost.send(frame_of(1, amqp::QueueDeclare{.queue = "q", .exclusive = true}));
        lost.hang_up();
        RawClient next{*broker, loop_};
        next.open();
        next.send(frame_of(1, amqp::QueueDeclare{.queue = "q", .exclusive = true}));
        EXPECT_EQ(next.received, frame_of(1, amqp::QueueDeclareOk{.queue = "q"}));
    }
    on_loop(loop_, [&broker] { broker.reset(); });
}

TEST_F(DriverTest, drops_a_client_that_stays_silent_by_the_clock) {
    auto broker = std::make_unique<Broker>(in_memory_only(), loop_, random_);
    {
        RawClient client{*broker, loop_};
        client.poll();
        clock_.advance(std::chrono::seconds{10});
        client.poll();
        EXPECT_TRUE(client.ended);
        EXPECT_THAT(client.received, IsEmpty());
    }
    on_loop(loop_, [&broker] { broker.reset(); });
}

TEST_F(DriverTest, lets_the_client_hang_up_first_after_its_own_close) {
    auto broker = std::make_unique<Broker>(in_memory_only(), loop_, random_);
    {
        RawClient client{*broker, loop_};
        client.open();
        client.send(frame_of(0, amqp::ConnectionClose{.reply_code = 200}));
        EXPECT_EQ(client.received, frame_of(0, amqp::ConnectionCloseOk{}));
        EXPECT_FALSE(client.ended);
        clock_.advance(std::chrono::seconds{1});
        client.poll();
        EXPECT_TRUE(client.ended);
    }
    on_loop(loop_, [&broker] { broker.reset(); });
}

TEST_F(DriverTest, tells_clients_to_go_and_hangs_up_on_those_that_do_not) {
    auto broker = std::make_unique<Broker>(in_memory_only(), loop_, random_);
    {
        RawClient polite{*broker, loop_};
        RawClient rude{*broker, loop_};
        polite.open();
        rude.open();
        on_loop(loop_, [&broker] { broker->stop(); });
        EXPECT_THAT(polite.received, HasSubstr("CONNECTION_FORCED - broker forced connection closure"));
        polite.send(frame_of(0, amqp::ConnectionCloseOk{}));
        EXPECT_TRUE(polite.ended);
        EXPECT_FALSE(rude.ended);
        clock_.advance(std::chrono::seconds{2});
        rude.poll();
        EXPECT_TRUE(rude.ended);
        EXPECT_EQ(broker->connect(loop_), nullptr);
    }
    on_loop(loop_, [&broker] { broker.reset(); });
}

TEST_F(DriverTest, hangs_up_on_one_connection_too_many) {
    BrokerOptions options = in_memory_only();
    options.max_connections = 1;
    auto broker = std::make_unique<Broker>(options, loop_, random_);
    {
        RawClient first{*broker, loop_};
        RawClient second{*broker, loop_};
        first.poll();
        EXPECT_FALSE(first.ended);
        EXPECT_TRUE(second.ended);
    }
    on_loop(loop_, [&broker] { broker.reset(); });
}

TEST_F(DriverTest, stops_reading_from_a_blocked_publisher_until_the_alarm_is_over) {
    auto broker = std::make_unique<Broker>(in_memory_only(), loop_, random_);
    {
        RawClient client{*broker, loop_};
        client.open();
        on_loop(loop_, [&broker] { broker->raise_alarm(BrokerAlarm::memory); });
        amqp::ByteBuffer bytes;
        amqp::FrameWriter writer{bytes};
        for (int index = 0; index < 200; ++index) {
            writer.write_content(1, amqp::BasicPublish{.routing_key = "nope", .mandatory = true},
                                 std::string_view{"\0\0", 2}, std::string(10000, 'x'));
        }
        client.send(std::string{bytes});
        const std::size_t first_return = client.received.size();
        EXPECT_LT(first_return, 20000U);
        on_loop(loop_, [&broker] { broker->clear_alarm(BrokerAlarm::memory); });
        EXPECT_GT(client.received.size(), 200U * 10000U);
    }
    on_loop(loop_, [&broker] { broker.reset(); });
}

TEST_F(DriverTest, refuses_options_that_cannot_work) {
    BrokerOptions options = in_memory_only();
    options.users.front().permissions["/"].read = "(";
    EXPECT_THROW(Broker(options, loop_, random_), ConfigurationError);
    BrokerOptions silent = in_memory_only();
    silent.heartbeat = std::chrono::seconds{65536};
    EXPECT_THROW(Broker(silent, loop_, random_), ConfigurationError);
    BrokerOptions elsewhere = in_memory_only();
    elsewhere.users.front().permissions["/nowhere"];
    EXPECT_THROW(Broker(elsewhere, loop_, random_), ConfigurationError);
    BrokerOptions half_tls;
    half_tls.listeners.front().certificate_file = "certificate.pem";
    auto broker = std::make_unique<Broker>(half_tls, loop_, random_);
    EXPECT_THROW(broker->start(), ConfigurationError);
    on_loop(loop_, [&broker] { broker.reset(); });
}

}  // namespace
}  // namespace hiratake::broker
