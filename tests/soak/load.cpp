#include "soak/load.hpp"

#include <chrono>
#include <iostream>

#include "hiratake/client/connection.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "net/parker.hpp"
#include "soak/soak_service.hpp"

namespace hiratake::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t max_events_under_way = 500;
constexpr std::size_t max_events_unseen = 5000;
constexpr std::size_t call_threads = 4;
constexpr std::size_t max_calls_under_way = 50;  // of each thread

void pause() {
    net::Parker().park(Deadline::after(SystemClock{}.now(), 1ms));
}

}  // namespace

EventLoad::EventLoad(ClusterClient& cluster, Ledger& ledger, Gate& gate)
    : cluster_(cluster), ledger_(ledger), gate_(gate), thread_([this] { run(); }) {}

void EventLoad::end() {
    if (thread_.joinable()) thread_.join();
}

void EventLoad::run() {
    while (gate_.pass()) {
        if (under_way_ >= max_events_under_way || ledger_.unseen() >= max_events_unseen + refused_) {
            pause();
            continue;
        }
        const auto number = ledger_.next();
        if (!number) return;
        const std::string body = std::to_string(*number);
        client::Publication publication{.exchange = "soak.events", .routing_key = "happened", .body = body};
        publication.properties.content_type = "application/json";
        publication.properties.content_encoding = "utf-8";
        ++under_way_;
        cluster_.connection().publish(std::move(publication), Deadline::after(SystemClock{}.now(), 5min),
                                      [this, number = *number](const client::PublishResult& result) {
                                          result.ok() ? ledger_.confirm(number) : static_cast<void>(++refused_);
                                          --under_way_;
                                      });
    }
}

CallLoad::CallLoad(ClusterClient& cluster, Ledger& ledger, Gate& gate, Duration timeout)
    : cluster_(cluster), ledger_(ledger), gate_(gate), timeout_(timeout) {
    for (std::size_t i = 0; i < call_threads; ++i) threads_.emplace_back([this] { run(); });
}

void CallLoad::end() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void CallLoad::run() {
    const RpcProxy soak = cluster_.service(SoakService::name).with_timeout(timeout_);
    std::deque<Call> calls;
    for (;;) {
        if (!gate_.is_open()) {
            for (; !calls.empty(); calls.pop_front()) collect(std::move(calls.front()));
            if (!gate_.pass()) return;
        }
        if (calls.size() == max_calls_under_way) {
            collect(std::move(calls.front()));
            calls.pop_front();
        }
        const auto number = ledger_.next();
        if (!number) {
            for (; !calls.empty(); calls.pop_front()) collect(std::move(calls.front()));
            return;
        }
        ++under_way_;
        calls.emplace_back(*number, soak.call_async<long>("twice", static_cast<long>(*number)));
    }
}

void CallLoad::collect(Call call) {
    auto& [number, reply] = call;
    try {
        if (reply.result() == static_cast<long>(2 * number)) {
            ledger_.confirm(number);
        } else {
            ++failures_.wrong;
        }
    } catch (const RpcTimeout&) {
        ++failures_.timed_out;
    } catch (const RequestNotSent&) {
        ++failures_.not_sent;
        pause();
    } catch (const UnknownService&) {
        // A broker that keeps nothing does not know the queue until the service is back.
        ++failures_.not_sent;
        pause();
    } catch (const std::exception& error) {
        ++failures_.wrong;
        std::cerr << "call " << number << ": " << error.what() << '\n';
    }
    --under_way_;
}

}  // namespace hiratake::test
