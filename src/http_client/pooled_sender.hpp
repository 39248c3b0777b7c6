#pragma once

#include <atomic>
#include <memory>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/http_client/http_client_request.hpp"
#include "hiratake/http_client/http_client_response.hpp"
#include "http_client/http_client_settings.hpp"
#include "net/event_loop.hpp"

namespace hiratake::http_client {

class TransferLoop;

/// What stands behind an HttpClient of a service: completes requests from its settings, and has them sent over its own
/// connections.
class PooledSender {
  public:
    /// The loop and the clock must outlive the sender.
    PooledSender(HttpClientSettings settings, net::EventLoop& loop, const Clock& clock);
    /// As close().
    ~PooledSender();
    PooledSender(const PooledSender&) = delete;
    PooledSender& operator=(const PooledSender&) = delete;

    /// Sends and waits. Safe from any thread but the loop's. Throws as HttpClient::send().
    /// @param carried headers that both the settings and the request may replace
    /// @param deadline of the worker
    HttpClientResponse send(HttpClientRequest request, const http::Headers& carried, Deadline deadline);

    /// Fails what is under way and what comes later, and closes the connections. Not on the loop's thread.
    void close() noexcept;

  private:
    HttpClientRequest completed(HttpClientRequest request, const http::Headers& carried) const;

    const HttpClientSettings settings_;
    net::EventLoop& loop_;
    const Clock& clock_;
    // Shared with the loop, which may come to a task after its sender has gone.
    std::shared_ptr<TransferLoop> transfers_;
    std::atomic<bool> is_closed_ = false;
};

}  // namespace hiratake::http_client
