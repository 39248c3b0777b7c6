// The same echo as the framework's, written by hand on rabbitmq-c: persistent messages, publisher confirms on both
// sides, each request acknowledged after its reply is confirmed, each reply acknowledged.
//
//   raw_echo server URI QUEUE PREFETCH
//   raw_echo client URI QUEUE IN_FLIGHT SECONDS      prints one line of JSON
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "connection.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

int serve(const std::string& uri, const std::string& queue, std::uint16_t prefetch_count) {
    Connection connection{uri};
    connection.declare_durable_queue(queue);
    connection.consume(queue, prefetch_count);
    std::printf("serving\n");
    std::fflush(stdout);

    std::uint64_t published = 0;
    std::map<std::uint64_t, std::uint64_t> delivery_tag_of;  // by publish sequence number
    while (true) {
        const Connection::Event event = connection.next();
        if (event.kind == Connection::Event::Kind::delivery) {
            connection.publish(event.reply_to, event.body, event.correlation_id, {});
            delivery_tag_of[++published] = event.tag;
            continue;
        }
        const auto last = delivery_tag_of.upper_bound(event.tag);
        const auto first = event.multiple ? delivery_tag_of.begin() : delivery_tag_of.find(event.tag);
        for (auto each = first; each != last; ++each) connection.acknowledge(each->second);
        delivery_tag_of.erase(first, last);
    }
}

struct Client {
    Connection connection;
    std::string queue;
    std::string reply_queue;
    std::string body = R"({"args": ["hello", 42], "kwargs": {}})";
    std::uint64_t published = 0;
    std::unordered_map<std::string, Clock::time_point> started = {};
    std::vector<double> latencies_us = {};

    void call() {
        const std::string correlation_id = std::to_string(++published);
        started[correlation_id] = Clock::now();
        connection.publish(queue, body, correlation_id, reply_queue);
    }

    void wait_for_reply(bool counted) {
        while (true) {
            const Connection::Event event = connection.next();
            if (event.kind == Connection::Event::Kind::confirm) continue;
            connection.acknowledge(event.tag);
            const auto call = started.find(event.correlation_id);
            if (counted) {
                latencies_us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - call->second).count());
            }
            started.erase(call);
            return;
        }
    }
};

int call(const std::string& uri, const std::string& queue, int in_flight, double seconds) {
    Client client{Connection{uri}, queue, queue + ".reply"};
    client.connection.declare_durable_queue(client.reply_queue);
    client.connection.consume(client.reply_queue, 0);
    for (int i = 0; i < in_flight; ++i) client.call();
    const auto warm_at = Clock::now() + std::chrono::duration<double>(seconds * 0.2);
    while (Clock::now() < warm_at) {
        client.wait_for_reply(false);
        client.call();
    }
    const auto start = Clock::now();
    const auto end = start + std::chrono::duration<double>(seconds);
    while (Clock::now() < end) {
        client.wait_for_reply(true);
        client.call();
    }
    const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    for (int i = 0; i < in_flight; ++i) client.wait_for_reply(false);

    std::sort(client.latencies_us.begin(), client.latencies_us.end());
    const auto percentile = [&](double share) {
        return client
            .latencies_us[static_cast<std::size_t>(share * static_cast<double>(client.latencies_us.size() - 1))];
    };
    std::printf("{\"calls_per_second\": %.1f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"calls\": %zu}\n",
                static_cast<double>(client.latencies_us.size()) / elapsed, percentile(0.5), percentile(0.99),
                client.latencies_us.size());
    return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    try {
        if (argc == 5 && std::strcmp(argv[1], "server") == 0) {
            return bench::serve(argv[2], argv[3], static_cast<std::uint16_t>(std::atoi(argv[4])));
        }
        if (argc == 6 && std::strcmp(argv[1], "client") == 0) {
            return bench::call(argv[2], argv[3], std::atoi(argv[4]), std::atof(argv[5]));
        }
        std::fprintf(stderr,
                     "usage: raw_echo server URI QUEUE PREFETCH | raw_echo client URI QUEUE IN_FLIGHT SECONDS\n");
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "raw_echo: %s\n", error.what());
        return 1;
    }
}
