#pragma once

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "net/connector.hpp"
#include "net/event_loop.hpp"

namespace hiratake::test {

/// A client that sends what it is given, each request on a connection of its own, and shows what comes back.
class HttpClient {
  public:
    /// @param request_line without the version: "GET /hours"
    /// @param headers lines that end with CRLF, beside Host and Connection
    /// @return the whole answer, header and body; empty when the server cannot be reached
    std::string send(std::uint16_t port, std::string_view request_line, std::string_view headers = "",
                     std::string_view body = "") {
        const std::string bytes = std::string(request_line) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" +
                                  std::string(headers) + "\r\n" + std::string(body);
        std::unique_ptr<net::ByteStream> stream;
        std::string received;
        std::array<char, 4096> buffer{};
        bool is_ended = false;
        const std::function<void()> read = [&] {
            stream->async_read_some(buffer, [&](net::ErrorCode error, std::size_t length) {
                received.append(buffer.data(), length);
                is_ended = bool{error};
                if (!error) read();
            });
        };
        net::Connector connector(loop_);
        connector.async_connect({.host = "127.0.0.1", .port = port, .tls = {}, .socket = {}}, Deadline::never(),
                                [&](net::ConnectResult result) {
                                    stream = std::move(result.stream);
                                    is_ended = !stream;
                                    if (is_ended) return;
                                    stream->async_write(bytes, [](net::ErrorCode) {});
                                    read();
                                });
        EXPECT_TRUE(loop_.run_until([&] { return is_ended; }, std::chrono::seconds{20}));
        return received;
    }

  private:
    Log log_{LogLevel::error, [](const LogRecord&) {}};
    SystemClock clock_;
    net::EventLoop loop_{log_, clock_};
};

}  // namespace hiratake::test
