#pragma once

#include <optional>
#include <string>
#include <utility>

#include "gateway/calls_in_flight.hpp"
#include "hiratake/http/request.hpp"
#include "hiratake/rpc/reply.hpp"
#include "http/responder.hpp"
#include "net/timer.hpp"

namespace hiratake::gateway {

/// A request whose answer another service gives, on its way through the gateway. In one hand at a time: that of a
/// worker, which sends the call; then of the loop's thread, which waits for the reply; then of a worker, which answers.
struct PublishedCall {
    PublishedCall(http::Request arrived, http::Responder way_back, CallsInFlight::Place taken)
        : place(std::move(taken)), request(std::move(arrived)), responder(std::move(way_back)) {}

    // Given back last, when the answer is on its way.
    CallsInFlight::Place place;
    http::Request request;
    http::Responder responder;
    /// Of the call to the service; empty before it.
    std::string call_id;
    std::optional<PendingResult> reply;

    // The loop's thread alone looks at these.
    std::optional<net::Timer> timer;
    bool is_over = false;
};

}  // namespace hiratake::gateway
