// The same echo as the framework's, written by hand on rabbitmq-c. With guarantees: persistent messages, publisher
// confirms on both sides, each request acknowledged after its reply is confirmed, each reply acknowledged.
//
//   raw_echo serve URI [guarantees=0] [nameko_wire=1] [prefetch=N] [queues=N]
//   raw_echo call URI [guarantees=0] [nameko_wire=1] [queues=N] [connections=N] [idle_connections=N] [in_flight=N] ...
//   raw_echo events URI [guarantees=0] [handlers=N] [in_flight=N] ...      publisher and handlers in one process
//   raw_echo first URI [guarantees=0] -- COMMAND...                        starts the service
//   raw_echo remove URI [guarantees=0] [queues=N]                          deletes the queues of the service
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "connection.hpp"
#include "load/event_tally.hpp"
#include "load/first_reply.hpp"
#include "load/program.hpp"

namespace bench {
namespace {

constexpr const char* nameko_exchange = "nameko-rpc";
constexpr const char* call_id = "bench.echo.5e199580-1d2c-4d3a-9d1a-2b3c4d5e6f70";

std::string queue_name(const Options& options, int index) {
    return std::string{options.guarantees ? "bench_raw" : "bench_raw_transient"} +
           (options.nameko_wire ? "_nameko." : ".") + std::to_string(options.queues) + "." + std::to_string(index);
}

std::uint64_t number_in(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string serve(const CommandLine& line) {
    const Options& options = line.options;
    Connection connection{line.target, options.guarantees != 0};
    connection.set_prefetch(static_cast<std::uint16_t>(options.prefetch));
    for (int i = 1; i < options.queues; ++i) {
        connection.declare_queue_nowait(queue_name(options, i));
        connection.consume_nowait(queue_name(options, i));
    }
    connection.declare_queue(queue_name(options, 0));
    if (options.nameko_wire) {
        connection.bind_to_exchange(queue_name(options, 0), nameko_exchange, queue_name(options, 0) + ".*");
    }
    connection.consume(queue_name(options, 0));
    say_serving();

    std::uint64_t published = 0;
    std::map<std::uint64_t, std::uint64_t> delivery_tag_of;  // by publish sequence number
    while (true) {
        const auto event = connection.next(forever).value();
        if (event.kind == Connection::Event::Kind::delivery) {
            connection.publish({.exchange = options.nameko_wire ? nameko_exchange : "",
                                .routing_key = event.reply_to,
                                .body = event.body,
                                .correlation_id = event.correlation_id,
                                .call_id = options.nameko_wire ? call_id : ""});
            if (options.guarantees) delivery_tag_of[++published] = event.tag;
            continue;
        }
        const auto last = delivery_tag_of.upper_bound(event.tag);
        const auto first = event.multiple ? delivery_tag_of.begin() : delivery_tag_of.find(event.tag);
        for (auto each = first; each != last; ++each) connection.acknowledge(each->second);
        delivery_tag_of.erase(first, last);
    }
}

std::string remove(const CommandLine& line) {
    Connection connection{line.target, line.options.guarantees != 0};
    for (int i = 0; i < line.options.queues; ++i) connection.delete_queue_nowait(queue_name(line.options, i));
    // The answer comes after those deletions.
    connection.set_prefetch(1);
    return "removed";
}

/// Calls over one or several connections, and queues, in turn.
class RawCaller final : public Caller {
  public:
    RawCaller(const std::string& uri, const Options& options)
        : options_(options),
          body_(R"({"args": [")" + std::string(options.text_bytes, 'h') + R"(", 42], "kwargs": {}})"),
          epoll_(epoll_create1(0)) {
        for (int i = 0; i < options.connections; ++i) {
            auto& link = links_.emplace_back(std::make_unique<Link>(uri, options.guarantees != 0));
            link->reply_queue = "bench_raw.reply." + std::to_string(getpid()) + "." + std::to_string(i);
            link->connection.declare_own_queue(link->reply_queue);
            if (options.nameko_wire) {
                link->connection.bind_to_exchange(link->reply_queue, nameko_exchange, link->reply_queue);
            }
            link->connection.consume(link->reply_queue);
            epoll_event interest{.events = EPOLLIN, .data = {.ptr = link.get()}};
            epoll_ctl(epoll_, EPOLL_CTL_ADD, link->connection.descriptor(), &interest);
        }
        for (int i = 0; i < options.idle_connections; ++i) {
            idle_.push_back(std::make_unique<Connection>(uri, options.guarantees != 0));
        }
        for (int i = 0; i < options.queues; ++i) {
            routing_keys_.push_back(queue_name(options, i) + (options.nameko_wire ? ".echo" : ""));
        }
    }
    ~RawCaller() override { close(epoll_); }

    void start(std::uint64_t number) override {
        const std::size_t turn = turn_++;
        Link& link = *links_[turn % links_.size()];
        link.connection.publish({.exchange = options_.nameko_wire ? nameko_exchange : "",
                                 .routing_key = routing_keys_[turn % routing_keys_.size()],
                                 .body = body_,
                                 .correlation_id = std::to_string(number),
                                 .reply_to = link.reply_queue,
                                 .call_id = options_.nameko_wire ? call_id : ""});
    }

    std::optional<Ended> wait(Clock::time_point until) override {
        while (true) {
            if (ready_.empty() && !wait_for_links(until)) return std::nullopt;
            Link& link = *ready_.back();
            const auto event = links_.size() == 1 ? link.connection.next(until) : link.connection.next_at_once();
            if (!event) {
                ready_.pop_back();
                if (links_.size() == 1) return std::nullopt;
            } else if (event->kind == Connection::Event::Kind::delivery) {
                link.connection.acknowledge(event->tag);
                return Ended{number_in(event->correlation_id), Clock::now()};
            }
        }
    }

  private:
    struct Link {
        Link(const std::string& uri, bool has_guarantees) : connection(uri, has_guarantees) {}
        Connection connection;
        std::string reply_queue;
    };

    // Finds connections that have something to read.
    bool wait_for_links(Clock::time_point until) {
        if (links_.size() == 1) {
            ready_.push_back(links_.front().get());
            return true;
        }
        std::array<epoll_event, 64> events;
        const auto left = until == forever ? std::chrono::hours{1} : std::chrono::nanoseconds{until - Clock::now()};
        const auto left_ns = std::max<std::int64_t>(0, std::chrono::nanoseconds{left}.count());
        const timespec timeout{.tv_sec = left_ns / 1'000'000'000, .tv_nsec = left_ns % 1'000'000'000};
        const int count = epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &timeout, nullptr);
        for (int i = 0; i < count; ++i)
            ready_.push_back(static_cast<Link*>(events[static_cast<std::size_t>(i)].data.ptr));
        return count > 0;
    }

    const Options options_;
    const std::string body_;
    const int epoll_;
    std::vector<std::unique_ptr<Link>> links_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::vector<Link*> ready_;
    std::vector<std::string> routing_keys_;
    std::size_t turn_ = 0;
};

std::string call(const CommandLine& line) {
    RawCaller caller{line.target, line.options};
    return run_load(caller, line.options);
}

void handle_events(Connection& connection, EventTally& tally, const std::atomic<bool>& ends) {
    while (!ends) {
        const auto event = connection.next(Clock::now() + std::chrono::milliseconds{100});
        if (!event || event->kind != Connection::Event::Kind::delivery) continue;
        tally.handled(number_in(event->body));
        connection.acknowledge(event->tag);
    }
}

std::string events(const CommandLine& line) {
    const std::string exchange = line.options.guarantees ? "bench_events" : "bench_events_transient";
    std::vector<std::unique_ptr<Connection>> handlers;
    for (int i = 0; i < line.options.handlers; ++i) {
        auto& handler = handlers.emplace_back(std::make_unique<Connection>(line.target, line.options.guarantees != 0));
        const std::string queue = exchange + "." + std::to_string(getpid()) + "." + std::to_string(i);
        handler->set_prefetch(static_cast<std::uint16_t>(line.options.prefetch));
        handler->declare_own_queue(queue);
        handler->bind_to_exchange(queue, exchange, "event");
        handler->consume(queue);
    }
    Connection publisher{line.target, line.options.guarantees != 0};
    EventTally tally{line.options};
    std::atomic<bool> ends = false;
    std::vector<std::thread> threads;
    for (auto& handler : handlers) threads.emplace_back([&] { handle_events(*handler, tally, ends); });
    while (!tally.is_over()) {
        const auto number = tally.next();
        if (!number) {
            std::this_thread::sleep_for(std::chrono::microseconds{50});
        } else {
            publisher.publish({.exchange = exchange, .routing_key = "event", .body = std::to_string(*number)});
        }
        if (!number || *number % 16 == 0) {
            while (publisher.next_at_once()) continue;  // its confirms
        }
    }
    const std::string figures = tally.finish();
    ends = true;
    for (auto& thread : threads) thread.join();
    return figures;
}

std::string first(const CommandLine& line) {
    RawCaller caller{line.target, line.options};
    std::uint64_t number = 0;
    return first_reply(line.command, [&] {
        caller.start(number++);
        return caller.wait(Clock::now() + std::chrono::milliseconds{1}).has_value();
    });
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return run_mode(argc, argv,
                    {{"serve", serve}, {"call", call}, {"events", events}, {"first", first}, {"remove", remove}});
}
