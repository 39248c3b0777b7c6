#pragma once

#include "hiratake/http/response.hpp"
#include "net/unique_function.hpp"

namespace hiratake::http {

/// The way back for one response. Called once, from any thread. One that is destroyed without having been called
/// answers 500, so that no client waits for ever.
class Responder {
  public:
    explicit Responder(net::UniqueFunction<void(Response)> send) : send_(std::move(send)) {}
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&&) = delete;
    ~Responder();

    void operator()(Response response);

  private:
    net::UniqueFunction<void(Response)> send_;
};

}  // namespace hiratake::http
