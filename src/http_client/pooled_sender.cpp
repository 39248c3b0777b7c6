#include "http_client/pooled_sender.hpp"

#include <fmt/core.h>

#include <chrono>
#include <utility>

#include "hiratake/http_client/http_client_error.hpp"
#include "http_client/shown_request.hpp"
#include "http_client/transfer.hpp"
#include "http_client/transfer_loop.hpp"
#include "net/run_and_wait.hpp"

namespace hiratake::http_client {
namespace {

constexpr Duration longest_end = std::chrono::seconds{5};

/// In place of all with the names of `others`.
void replace(http::Headers& headers, const http::Headers& others) {
    for (const http::Header& other : others) headers.erase(other.name);
    for (const http::Header& other : others) headers.add(other.name, other.value);
}

}  // namespace

PooledSender::PooledSender(HttpClientSettings settings, net::EventLoop& loop, const Clock& clock)
    : settings_(std::move(settings)),
      loop_(loop),
      clock_(clock),
      transfers_(std::make_shared<TransferLoop>(loop, settings_.max_connections)) {}

PooledSender::~PooledSender() {
    close();
}

HttpClientRequest PooledSender::completed(HttpClientRequest request, const http::Headers& carried) const {
    if (request.url.starts_with('/')) request.url.insert(0, settings_.base_url);
    http::Headers headers = carried;
    replace(headers, settings_.headers);
    replace(headers, request.headers);
    request.headers = std::move(headers);
    return request;
}

HttpClientResponse PooledSender::send(HttpClientRequest request, const http::Headers& carried, Deadline deadline) {
    request = completed(std::move(request), carried);
    const std::string shown = shown_request(request.method, request.url);
    const TimePoint now = clock_.now();
    deadline = Deadline::after(now, request.timeout.value_or(settings_.timeout)).earlier(deadline);
    if (deadline.passed(now)) {
        throw HttpClientTimeout(shown + " was not sent: nobody waits for its answer any more");
    }
    const auto transfer = std::make_shared<Transfer>(std::move(request), settings_, shown);
    loop_.post([transfers = transfers_, transfer] { transfers->start(transfer); });
    if (!transfer->wait(deadline, clock_)) {
        loop_.post([transfers = transfers_, transfer] { transfers->abandon(*transfer); });
        throw HttpClientTimeout(fmt::format("{} failed: no answer within {} s", shown,
                                            std::chrono::duration<double>(deadline.left(now)).count()));
    }
    return transfer->response();
}

void PooledSender::close() noexcept {
    if (is_closed_.exchange(true)) return;
    net::run_and_wait(
        loop_, [transfers = transfers_] { transfers->close(); }, longest_end);
}

}  // namespace hiratake::http_client
