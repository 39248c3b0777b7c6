#pragma once

#include <utility>

#include "hiratake/http/response.hpp"
#include "http/exchange.hpp"
#include "net/unique_function.hpp"

namespace hiratake::http {

/// The way back for one response, with what is known of the request. Called once, from any thread. One that is
/// destroyed without having been called answers 500, so that no client waits for ever.
class Responder {
  public:
    using Send = net::UniqueFunction<void(Response, Exchange)>;

    explicit Responder(Send send, Exchange exchange = {}) : send_(std::move(send)), exchange_(std::move(exchange)) {}
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&&) = delete;
    ~Responder();

    void operator()(Response response);
    /// Whether it has not been called yet.
    explicit operator bool() const { return bool{send_}; }

    /// For whoever holds the responder to add to.
    Exchange& exchange() { return exchange_; }

  private:
    Send send_;
    Exchange exchange_;
};

}  // namespace hiratake::http
