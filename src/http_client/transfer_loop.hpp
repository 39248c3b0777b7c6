#pragma once

#include <curl/curl.h>

#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "http_client/socket_watch.hpp"
#include "http_client/transfer.hpp"
#include "net/event_loop.hpp"

namespace hiratake::http_client {

/// Runs transfers on the event loop, by libcurl's multi interface, over at most so many connections, which stay open
/// for the next ones. All functions are for the loop's thread; the destructor also for any, once the loop has ended.
class TransferLoop : public std::enable_shared_from_this<TransferLoop> {
  public:
    /// The loop must outlive it. From any thread.
    TransferLoop(net::EventLoop& loop, std::size_t max_connections);
    ~TransferLoop();
    TransferLoop(const TransferLoop&) = delete;
    TransferLoop& operator=(const TransferLoop&) = delete;

    /// Begins, or waits for a connection to become free: as many may wait as there are workers. Fails after close().
    void start(std::shared_ptr<Transfer> transfer);
    /// Nobody waits for it any more: its connection is closed.
    void abandon(Transfer& transfer);
    /// Fails what is under way and closes all connections.
    void close();

  private:
    static int on_socket(CURL* transfer, curl_socket_t socket, int what, void* self, void* socket_data);
    static int on_timeout(CURLM* multi, long timeout_ms, void* self);
    void look_at(curl_socket_t socket, int what);
    void set_timer(long timeout_ms);
    void act(curl_socket_t socket, int event);
    void finish_completed();
    void fail_all(const std::string& reason);

    net::EventLoop& loop_;
    CURLM* multi_;
    // libcurl goes by the machine's clock, and so does its timer.
    boost::asio::steady_timer timer_;
    std::map<curl_socket_t, std::shared_ptr<SocketWatch>> watches_;
    // Shared with the threads that wait, which may give up.
    std::map<CURL*, std::shared_ptr<Transfer>> transfers_;
};

}  // namespace hiratake::http_client
