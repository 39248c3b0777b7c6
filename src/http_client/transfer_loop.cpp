#include "http_client/transfer_loop.hpp"

#include <fmt/core.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "hiratake/base/error.hpp"
#include "net/error_code.hpp"

namespace hiratake::http_client {

TransferLoop::TransferLoop(net::EventLoop& loop, std::size_t max_connections)
    : loop_(loop), multi_(nullptr), timer_(loop.context()) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw Error("libcurl cannot be initialised");
    multi_ = curl_multi_init();
    if (multi_ == nullptr) throw std::bad_alloc();
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &on_timeout);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(max_connections));
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(max_connections));
}

TransferLoop::~TransferLoop() {
    close();
    curl_global_cleanup();
}

void TransferLoop::start(std::shared_ptr<Transfer> transfer) {
    if (multi_ == nullptr) return transfer->fail("the service is ending");
    CURL* handle = transfer->handle();
    const CURLMcode code = curl_multi_add_handle(multi_, handle);
    if (code != CURLM_OK) return transfer->fail(curl_multi_strerror(code));
    transfers_.emplace(handle, std::move(transfer));
}

void TransferLoop::abandon(Transfer& transfer) {
    const auto found = transfers_.find(transfer.handle());
    if (found == transfers_.end()) return;
    curl_multi_remove_handle(multi_, found->first);
    transfers_.erase(found);
}

void TransferLoop::close() {
    if (multi_ == nullptr) return;
    timer_.cancel();
    fail_all("the service is ending");
    curl_multi_cleanup(multi_);  // takes its sockets from us before it closes them
    multi_ = nullptr;
    watches_.clear();
}

// Called by libcurl, which must not be called back from here.
int TransferLoop::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    auto& loop = *static_cast<TransferLoop*>(self);
    try {
        loop.look_at(socket, what);
        return 0;
    } catch (const std::exception&) {
        return -1;  // act() is told
    }
}

void TransferLoop::look_at(curl_socket_t socket, int what) {
    if (what == CURL_POLL_REMOVE) {
        const auto watch = watches_.extract(socket);
        if (!watch.empty()) watch.mapped()->end();
        return;
    }
    auto& watch = watches_[socket];
    if (!watch) {
        watch =
            std::make_shared<SocketWatch>(loop_.context(), socket, [this, socket](int event) { act(socket, event); });
    }
    watch->look_for(what);
}

int TransferLoop::on_timeout(CURLM*, long timeout_ms, void* self) {
    static_cast<TransferLoop*>(self)->set_timer(timeout_ms);
    return 0;
}

void TransferLoop::set_timer(long timeout_ms) {
    if (timeout_ms < 0) {
        timer_.cancel();
        return;
    }
    timer_.expires_after(std::chrono::milliseconds{timeout_ms});
    timer_.async_wait([weak = weak_from_this()](net::ErrorCode error) {
        const auto self = weak.lock();
        if (self && !error) self->act(CURL_SOCKET_TIMEOUT, 0);
    });
}

void TransferLoop::act(curl_socket_t socket, int event) {
    if (multi_ == nullptr) return;
    int running = 0;
    const CURLMcode code = curl_multi_socket_action(multi_, socket, event, &running);
    finish_completed();
    if (code != CURLM_OK) fail_all(fmt::format("libcurl cannot go on: {}", curl_multi_strerror(code)));
}

void TransferLoop::fail_all(const std::string& reason) {
    for (const auto& [handle, transfer] : std::exchange(transfers_, {})) {
        curl_multi_remove_handle(multi_, handle);
        transfer->fail(reason);
    }
}

void TransferLoop::finish_completed() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;
        auto ended = transfers_.extract(message->easy_handle);
        curl_multi_remove_handle(multi_, ended.key());
        ended.mapped()->complete(code);
    }
}

}  // namespace hiratake::http_client
