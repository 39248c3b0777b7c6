#include "http_client/http_client_provider.hpp"

#include "hiratake/service/service_container.hpp"
#include "http_client/read_http_client_settings.hpp"

namespace hiratake::http_client {

void HttpClientProvider::setup(ServiceContainer& container) {
    environment_ = &container.environment();
    settings_ = read_http_client_settings(environment_->config, name_);
}

void HttpClientProvider::start() {
    pool_.emplace(settings_, environment_->event_loop, environment_->clock);
}

void HttpClientProvider::stop() noexcept {
    if (pool_) pool_->close();
}

void HttpClientProvider::kill() noexcept {
    if (pool_) pool_->close();
}

void HttpClientProvider::provide(HttpClient& client, WorkerContext& context) {
    client.pool_ = &*pool_;
    client.context_ = &context;
}

}  // namespace hiratake::http_client
