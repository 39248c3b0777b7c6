#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <typeindex>
#include <vector>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/unique_function.hpp"
#include "hiratake/service/environment.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake {

/// Hosts one service: its extensions, its pool of workers, and the life of each worker. (Nameko:
/// containers.ServiceContainer.)
///
/// setup(), start(), stop() and kill() are called from one thread; the rest is safe from any.
class ServiceContainer {
  public:
    /// Runs the method on the worker's service object and returns its result.
    using Call = std::function<MethodResult(void* service_object)>;
    /// Sees the outcome before the dependencies do, and may replace it (a result that cannot be sent becomes an error).
    using ResultHandler = std::function<void(WorkerContext& context, WorkerResult& result)>;

    /// @param environment must outlive the container
    ServiceContainer(ServiceDefinition definition, const Environment& environment);
    /// Kills the container if it still runs.
    ~ServiceContainer();
    ServiceContainer(const ServiceContainer&) = delete;
    ServiceContainer& operator=(const ServiceContainer&) = delete;

    /// Sets up every extension. Rethrows the first error.
    void setup();
    /// Starts every extension, after setup(). Rethrows the first error, after ending what had been started.
    void start();
    /// Entrypoints stop and drain, running workers finish, dependencies stop, then the shared extensions.
    /// @return false when work was still under way at the deadline; it is left so, and the caller should kill()
    bool stop(Deadline deadline);
    /// Ends every extension at once. Work that has not begun is dropped; a method that runs cannot be interrupted and
    /// is left to end by itself.
    void kill() noexcept;

    const std::string& service_name() const;
    /// What the service is, its entrypoints with their descriptions among it.
    const ServiceDefinition& definition() const;
    const Environment& environment() const;
    /// How many workers may run at once (configuration key `max_workers`, 10 unless set).
    std::size_t max_workers() const;
    /// How many messages a consumer should have here: what is set for its entrypoint, or for the service (configuration
    /// key `prefetch`); otherwise as many as can run, or ten times that where some may have to wait for each other.
    /// @param entrypoints those that its messages are for
    std::uint16_t prefetch_for(const std::vector<const Entrypoint*>& entrypoints) const;
    /// How many workers run or wait for a thread.
    std::size_t active_workers() const;

    /// The one shared extension of this type, made and set up at the first request. Call it from setup() only.
    template <class Shared>
    Shared& shared() {
        return static_cast<Shared&>(
            shared(typeid(Shared), [] { return std::unique_ptr<SharedExtension>(std::make_unique<Shared>()); }));
    }

    /// The context that a worker for this entrypoint would have: for work that no worker does. From any thread.
    WorkerContext context_for(const Entrypoint& entrypoint, WorkerContext::Inbound&& inbound) const;

    /// Queues a task for a worker thread. The task must not throw. A free worker begins a task of the entrypoint that
    /// has the fewest, within EntrypointOptions::max_workers().
    /// @param entrypoint one of this container
    /// @param key tasks of the entrypoint with the same key run one at a time, in their order
    /// @return false when the container is stopping or its queue (`max_queued_workers`, 10,000 unless set) has no place
    /// left for this entrypoint: the task has not been taken
    [[nodiscard]] bool submit(const Entrypoint& entrypoint, UniqueFunction<void()>&& task,
                              std::optional<std::string> key = std::nullopt);
    /// The same for a task of no entrypoint.
    [[nodiscard]] bool submit(UniqueFunction<void()>&& task);
    /// Queues a task before all others with its key, of which one runs now: the one that calls this.
    /// @return false when the container is stopping: the task is then destroyed without having run, and so are those
    /// that wait with its key, which are not to overtake it
    [[nodiscard]] bool submit_next(const Entrypoint& entrypoint, UniqueFunction<void()> task, std::string key);

    /// Runs one worker on the calling thread, which should be one of the pool's: a fresh service object, dependencies,
    /// worker_setup, the call, the result handler, worker_result, worker_teardown. Errors end up in the result, are
    /// logged with the call id, and never leave this function.
    void run_worker(const Entrypoint& entrypoint, WorkerContext::Inbound&& inbound, const Call& call,
                    const ResultHandler& handle_result);

  private:
    SharedExtension& shared(std::type_index type, const std::function<std::unique_ptr<SharedExtension>()>& make);

    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace hiratake
