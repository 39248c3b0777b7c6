#include "hiratake/broker/broker.hpp"

#include <atomic>
#include <future>
#include <utility>

#include "broker/core/queue.hpp"
#include "broker/server.hpp"
#include "hiratake/base/clock.hpp"
#include "net/event_loop.hpp"
#include "net/memory_stream.hpp"

namespace hiratake {
namespace {

/// What a broker without an event loop of others has of its own.
struct OwnLoop {
    explicit OwnLoop(const Log& log) : loop(log, clock) { loop.start(); }

    SystemClock clock;
    Random random;
    net::EventLoop loop;
};

broker::core::Alarm core_alarm(BrokerAlarm alarm) {
    return alarm == BrokerAlarm::memory ? broker::core::Alarm::memory : broker::core::Alarm::disk;
}

std::vector<QueueContent> contents_of(const broker::core::Broker& core) {
    std::vector<QueueContent> contents;
    core.for_each_vhost([&contents](const broker::core::Vhost& vhost) {
        vhost.for_each_queue([&](const broker::core::Queue& queue) {
            if (queue.ready_count() + queue.unacknowledged_count() == 0) return;
            contents.push_back({vhost.name(), queue.name(), queue.ready_count(), queue.unacknowledged_count()});
        });
    });
    return contents;
}

}  // namespace

class Broker::Implementation {
  public:
    Implementation(BrokerOptions options, std::unique_ptr<OwnLoop> own, net::EventLoop& loop, Random& random)
        : options_(std::move(options)),
          own_(std::move(own)),
          loop_(loop),
          // Shared between this object and the tasks that it has posted, which may run after it has gone.
          server_(std::make_shared<broker::Server>(options_, loop, random)) {}

    ~Implementation() {
        if (loop_.is_loop_thread()) {
            server_->close();
            return;
        }
        // Streams and timers end on the loop's thread, and so does the server, unless the loop no longer runs.
        auto done = std::make_shared<std::promise<void>>();
        std::future<void> finished = done->get_future();
        loop_.post([server = std::move(server_), done]() mutable {
            server->close();
            server.reset();
            done->set_value();
        });
        finished.wait_for(options_.stop_timeout);
    }

    void start() {
        server_->listen(options_.listeners);
        server_->accept();
    }

    void stop() {
        if (stopped_.exchange(true)) return;
        if (loop_.is_loop_thread()) {
            server_->shut_down(options_.stop_timeout, [] {});
            return;
        }
        auto done = std::make_shared<std::promise<void>>();
        std::future<void> finished = done->get_future();
        loop_.post([server = server_, limit = options_.stop_timeout, done] {
            server->shut_down(limit, [done] { done->set_value(); });
        });
        finished.wait();
    }

    std::unique_ptr<net::ByteStream> connect(net::EventLoop& client_loop) {
        if (stopped_) return nullptr;
        auto [client_end, broker_end] = net::make_memory_stream_pair(client_loop, loop_);
        loop_.post([server = server_, stream = std::move(broker_end)]() mutable { server->add(std::move(stream)); });
        return std::move(client_end);
    }

    void set_alarm(BrokerAlarm alarm, bool raised) {
        run_and_wait([alarm, raised](broker::Server& server) {
            if (raised) {
                server.core().raise_alarm(core_alarm(alarm));
            } else {
                server.core().clear_alarm(core_alarm(alarm));
            }
        });
    }

    std::size_t connection_count() {
        std::size_t count = 0;
        run_and_wait([&count](broker::Server& server) { count = server.core().session_count(); });
        return count;
    }

    std::vector<QueueContent> queue_contents() {
        std::vector<QueueContent> contents;
        run_and_wait([&contents](broker::Server& server) { contents = contents_of(server.core()); });
        return contents;
    }

    const broker::Server& server() const { return *server_; }

  private:
    template <class Task>
    void run_and_wait(Task task) {
        if (loop_.is_loop_thread()) {
            task(*server_);
            return;
        }
        std::promise<void> done;
        loop_.post([this, &task, &done] {
            task(*server_);
            done.set_value();
        });
        done.get_future().wait();
    }

    BrokerOptions options_;
    std::unique_ptr<OwnLoop> own_;
    net::EventLoop& loop_;
    std::shared_ptr<broker::Server> server_;
    std::atomic<bool> stopped_ = false;
};

Broker::Broker(BrokerOptions options, const Log& log) {
    auto own = std::make_unique<OwnLoop>(log);
    OwnLoop& mine = *own;
    implementation_ = std::make_unique<Implementation>(std::move(options), std::move(own), mine.loop, mine.random);
}

Broker::Broker(BrokerOptions options, net::EventLoop& loop, Random& random)
    : implementation_(std::make_unique<Implementation>(std::move(options), nullptr, loop, random)) {}

Broker::~Broker() = default;

void Broker::start() {
    implementation_->start();
}

void Broker::stop() {
    implementation_->stop();
}

std::uint16_t Broker::port() const {
    const auto& listeners = implementation_->server().listeners();
    return listeners.empty() ? std::uint16_t{0} : listeners.front()->port();
}

std::vector<std::string> Broker::addresses() const {
    std::vector<std::string> addresses;
    for (const auto& listener : implementation_->server().listeners()) addresses.push_back(listener->address());
    return addresses;
}

std::unique_ptr<net::ByteStream> Broker::connect(net::EventLoop& client_loop) {
    return implementation_->connect(client_loop);
}

void Broker::raise_alarm(BrokerAlarm alarm) {
    implementation_->set_alarm(alarm, true);
}

void Broker::clear_alarm(BrokerAlarm alarm) {
    implementation_->set_alarm(alarm, false);
}

std::size_t Broker::connection_count() const {
    return implementation_->connection_count();
}

std::vector<QueueContent> Broker::queue_contents() const {
    return implementation_->queue_contents();
}

}  // namespace hiratake
