#pragma once

namespace hiratake {

struct HttpClientRequest;
struct HttpClientResponse;

/// Whatever can send an HttpClient's requests: a fake in a test.
class HttpRequestSender {
  public:
    virtual ~HttpRequestSender() = default;

    /// On the thread that asks. May throw, what then reaches the caller.
    virtual HttpClientResponse send(const HttpClientRequest& request) = 0;
};

}  // namespace hiratake
