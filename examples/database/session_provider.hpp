#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "connection_pool.hpp"
#include "session.hpp"
#include "transaction.hpp"

namespace database {

/// Gives each worker a transaction of its own, and ends it with the worker.
class SessionProvider final : public hiratake::DependencyProviderOf<Session> {
  public:
    void setup(hiratake::ServiceContainer& container) override;
    void stop() noexcept override;

    void provide(Session& session, hiratake::WorkerContext& context) override;
    void worker_result(hiratake::WorkerContext& context, const hiratake::WorkerResult& result) override;
    void worker_teardown(hiratake::WorkerContext& context) override;

  private:
    Transaction* find(const hiratake::WorkerContext& context);

    std::optional<ConnectionPool> pool_;
    std::mutex mutex_;
    // Of the workers that run. A node stays where it is when others come and go.
    std::map<const hiratake::WorkerContext*, Transaction> transactions_;
};

}  // namespace database
