#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <memory>

#include "net/unique_function.hpp"

namespace hiratake::http_client {

/// Looks at a socket of libcurl's until it can be read from or written to. Belongs to the loop's thread. The socket
/// stays libcurl's.
class SocketWatch : public std::enable_shared_from_this<SocketWatch> {
  public:
    /// @param event CURL_CSELECT_IN or CURL_CSELECT_OUT. May end the watch.
    using Handler = net::UniqueFunction<void(int event)>;

    SocketWatch(boost::asio::io_context& context, int socket, Handler on_event);
    ~SocketWatch() { end(); }
    SocketWatch(const SocketWatch&) = delete;
    SocketWatch& operator=(const SocketWatch&) = delete;

    /// @param what CURL_POLL_IN, CURL_POLL_OUT or CURL_POLL_INOUT: what to look for from now on
    void look_for(int what);
    /// Leaves the socket alone, which may be closed and its number used anew from now on.
    void end();

  private:
    void wait(boost::asio::posix::descriptor_base::wait_type type, int event, bool& is_waiting);
    void look();

    boost::asio::posix::stream_descriptor descriptor_;
    Handler on_event_;
    int what_ = 0;
    bool is_waiting_to_read_ = false;
    bool is_waiting_to_write_ = false;
};

}  // namespace hiratake::http_client
