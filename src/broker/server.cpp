#include "broker/server.hpp"

#include <fmt/core.h>

#include <utility>

#include "broker/settings.hpp"
#include "hiratake/base/error.hpp"

namespace hiratake::broker {

Server::Server(const BrokerOptions& options, net::EventLoop& loop, Random& random)
    : loop_(loop),
      logger_(loop.log(), "broker"),
      max_connections_(options.max_connections),
      core_(core_settings(options), loop.clock(), random),
      timer_(loop),
      stop_timer_(loop) {}

Server::~Server() {
    close();
}

void Server::listen(const std::vector<BrokerListener>& listeners) {
    for (const BrokerListener& listener : listeners) {
        try {
            listeners_.push_back(std::make_unique<net::Listener>(loop_, listen_options(listener)));
        } catch (const net::ListenError& error) {
            listeners_.clear();
            throw ConfigurationError(fmt::format(
                "cannot start the embedded broker: {}; if another broker is running there, use that one or choose "
                "another address (port 0 takes any free port)",
                error.what()));
        }
    }
}

void Server::accept() {
    for (const auto& listener : listeners_) {
        listener->start([this](std::unique_ptr<net::ByteStream> stream) { add(std::move(stream)); });
        logger_.info("embedded broker listening on {}", listener->address());
    }
}

void Server::add(std::unique_ptr<net::ByteStream> stream) {
    if (stopping_) return;
    if (sessions_.size() >= max_connections_) {
        logger_.warning("hung up on {}: there are {} connections already (max_connections)", stream->description(),
                        max_connections_);
        return;
    }
    logger_.debug("accepted {}", stream->description());
    auto session = std::make_shared<SessionDriver>(*this, std::move(stream));
    sessions_.emplace(session.get(), session);
    session->start();
}

void Server::rearm() {
    const TimePoint next = core_.next_deadline();
    // Moments mostly move back as traffic goes on: the timer then fires for nothing once, instead of being set each
    // time.
    if (next >= armed_for_) return;
    armed_for_ = next;
    timer_.start(Deadline{next}, [this] {
        armed_for_ = TimePoint::max();
        core_.advance();
        rearm();
    });
}

void Server::remove(SessionDriver& session) {
    sessions_.erase(&session);
    rearm();
    report_if_done();
}

void Server::log_failure(const net::ByteStream& stream, const std::exception& failure) const {
    logger_.error("cannot go on with {}: {}; hanging up", stream.description(), failure.what());
}

void Server::log_end(const net::ByteStream& stream, std::string_view reason) const {
    if (reason.empty()) {
        logger_.debug("{} has gone", stream.description());
    } else if (stopping_) {
        logger_.debug("hung up on {}: {}", stream.description(), reason);
    } else {
        logger_.warning("closed the connection {}: {}", stream.description(), reason);
    }
}

void Server::shut_down(Duration limit, std::function<void()> done) {
    stopping_ = true;
    for (const auto& listener : listeners_) listener->close();
    done_ = std::move(done);
    core_.shut_down();
    rearm();
    stop_timer_.start_after(limit, [this] { close(); });
    report_if_done();
}

void Server::close() {
    stopping_ = true;
    for (const auto& listener : listeners_) listener->close();
    while (!sessions_.empty()) sessions_.begin()->second->end();
    timer_.cancel();
    stop_timer_.cancel();
    report_if_done();
}

void Server::report_if_done() {
    if (!stopping_ || !sessions_.empty() || !done_) return;
    stop_timer_.cancel();
    std::exchange(done_, nullptr)();
}

}  // namespace hiratake::broker
