#include "http_client/socket_watch.hpp"

#include <curl/multi.h>

#include <boost/asio/io_context.hpp>
#include <utility>

#include "net/error_code.hpp"

namespace hiratake::http_client {

using boost::asio::posix::descriptor_base;

SocketWatch::SocketWatch(boost::asio::io_context& context, int socket, Handler on_event)
    : descriptor_(context, socket), on_event_(std::move(on_event)) {}

void SocketWatch::end() {
    if (descriptor_.is_open()) descriptor_.release();
}

void SocketWatch::look_for(int what) {
    what_ = what;
    look();
}

void SocketWatch::look() {
    if ((what_ & CURL_POLL_IN) != 0) wait(descriptor_base::wait_read, CURL_CSELECT_IN, is_waiting_to_read_);
    if ((what_ & CURL_POLL_OUT) != 0) wait(descriptor_base::wait_write, CURL_CSELECT_OUT, is_waiting_to_write_);
}

void SocketWatch::wait(descriptor_base::wait_type type, int event, bool& is_waiting) {
    if (std::exchange(is_waiting, true)) return;
    descriptor_.async_wait(type, [watch = weak_from_this(), event, &is_waiting](net::ErrorCode error) {
        const auto self = watch.lock();
        if (!self || error) return;
        is_waiting = false;
        // It may be that libcurl is not interested any more.
        const int wanted = event == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT;
        if ((self->what_ & wanted) == 0) return;
        self->on_event_(event);
        if (self->descriptor_.is_open()) self->look();
    });
}

}  // namespace hiratake::http_client
