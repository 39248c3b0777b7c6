#pragma once

#include <optional>
#include <string>

#include "hiratake/http_client/http_client.hpp"
#include "hiratake/service/environment.hpp"
#include "http_client/pooled_sender.hpp"

namespace hiratake::http_client {

/// Lends each worker's HttpClient the connections of its member.
class HttpClientProvider final : public DependencyProviderOf<HttpClient> {
  public:
    explicit HttpClientProvider(std::string name) : name_(std::move(name)) {}

    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override;
    void provide(HttpClient& client, WorkerContext& context) override;

  private:
    const std::string name_;
    const Environment* environment_ = nullptr;
    HttpClientSettings settings_;
    std::optional<PooledSender> pool_;
};

}  // namespace hiratake::http_client
