#include "session_provider.hpp"

#include <hiratake/service/config.hpp>
#include <hiratake/service/service_container.hpp>

namespace database {

void SessionProvider::setup(hiratake::ServiceContainer& container) {
    const hiratake::Environment& environment = container.environment();
    const auto uri = environment.config.text("database.uri");
    if (!uri) throw hiratake::ConfigurationError("database.uri is missing: postgresql://… or sqlite:FILE");
    const auto most = environment.config.integer("database.max_connections")
                          .value_or(static_cast<std::int64_t>(container.max_workers()));
    if (most < 1) throw hiratake::ConfigurationError("database.max_connections must be at least 1");
    pool_.emplace(*uri, static_cast<std::size_t>(most), environment.clock);
    // A database that is not there is seen now, and not by the first call.
    Connection::open(*uri);
}

void SessionProvider::stop() noexcept {
    pool_->close();
}

void SessionProvider::provide(Session& session, hiratake::WorkerContext& context) {
    const std::lock_guard lock{mutex_};
    session.transaction_ = &transactions_.try_emplace(&context, *pool_, context.deadline()).first->second;
}

void SessionProvider::worker_result(hiratake::WorkerContext& context, const hiratake::WorkerResult& result) {
    Transaction* transaction = find(context);
    if (!transaction) return;  // another dependency failed before this one was provided
    result.error ? transaction->roll_back() : transaction->commit();
}

void SessionProvider::worker_teardown(hiratake::WorkerContext& context) {
    decltype(transactions_)::node_type ended;  // outside of the lock: it may speak to the database
    const std::lock_guard lock{mutex_};
    ended = transactions_.extract(&context);
}

Transaction* SessionProvider::find(const hiratake::WorkerContext& context) {
    const std::lock_guard lock{mutex_};
    const auto found = transactions_.find(&context);
    return found == transactions_.end() ? nullptr : &found->second;
}

}  // namespace database
