#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "hiratake/http_client/http_client.hpp"

namespace hiratake::testing {

/// Stands for the servers that an HttpClient calls: keeps its requests, and answers them as the test says.
///
///     hiratake::testing::FakeHttpServer stock;
///     stock.returns("GET /items?of=tea", {.status = 200, .body = "[3]"});
///
/// Safe from any thread. Must outlive its clients.
class FakeHttpServer final : public HttpRequestSender {
  public:
    /// May throw, what then reaches the caller: an HttpClientTimeout, say.
    using Answer = std::function<HttpClientResponse(const HttpClientRequest& request)>;

    /// Ready for use by a service object of the test's own, or in replace_dependency().
    HttpClient client() { return HttpClient{*this}; }

    /// Has each such request answered so from now on. One without an answer ends with HttpClientError.
    /// @param target the method and the URL as the service gives it
    void returns(const std::string& target, HttpClientResponse response);
    /// The same with a function, called on the caller's thread.
    void answers(const std::string& target, Answer answer);

    /// All requests so far, in order.
    std::vector<HttpClientRequest> requests() const;

    HttpClientResponse send(const HttpClientRequest& request) override;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, Answer> answers_;
    std::vector<HttpClientRequest> requests_;
};

}  // namespace hiratake::testing
