#pragma once

#include <memory>
#include <utility>

#include "hiratake/http/response.hpp"
#include "http/exchange.hpp"
#include "net/unique_function.hpp"

namespace hiratake::http {

/// The way back for one response, with what is known of the request. Called once, from any thread. One that is
/// destroyed without having been called answers 500, so that no client waits for ever.
class Responder {
  public:
    using Send = net::UniqueFunction<void(Response&&, Exchange&&)>;

    explicit Responder(Send send, Exchange exchange = {})
        : state_(std::make_unique<State>(State{std::move(send), std::move(exchange)})) {}
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&&) = delete;
    ~Responder();

    void operator()(Response response);
    /// Whether it has not been called yet.
    explicit operator bool() const { return state_ != nullptr; }

    /// For whoever holds the responder to add to, until it is called.
    Exchange& exchange() { return state_->exchange; }

  private:
    struct State {
        Send send;
        Exchange exchange;
    };

    // Apart, because a responder is handed on several times.
    std::unique_ptr<State> state_;
};

}  // namespace hiratake::http
