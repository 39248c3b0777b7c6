#pragma once

#include <concepts>
#include <memory>
#include <string>

#include "hiratake/service/dependency_description.hpp"
#include "hiratake/service/extension.hpp"
#include "hiratake/service/worker_context.hpp"
#include "hiratake/service/worker_result.hpp"

namespace hiratake {

class Config;

/// Gives each worker what one member of its service object stands for: a proxy, a mailer, a session.
///
/// Beside the life of an extension it sees each worker go by. The worker hooks run on the worker's thread, several
/// workers at once, so what a provider keeps for itself must be safe from any thread. An exception from a hook ends
/// that worker with the error, and no other. (Nameko: extensions.DependencyProvider.)
class DependencyProvider : public Extension {
  public:
    /// Make the member of this worker's service object usable.
    /// @param member points to the member that declared the dependency
    virtual void inject(void* member, WorkerContext& context) = 0;

    /// Before the method runs, after all dependencies are in place.
    virtual void worker_setup(WorkerContext& context) { static_cast<void>(context); }
    /// After the entrypoint has seen the result (an RPC reply is on its way by then).
    virtual void worker_result(WorkerContext& context, const WorkerResult& result) {
        static_cast<void>(context);
        static_cast<void>(result);
    }
    /// The last thing to happen to a worker, whatever came before.
    virtual void worker_teardown(WorkerContext& context) { static_cast<void>(context); }

    /// What it means to those who use the service, without being set up. Nothing, unless overridden.
    /// @param service_name whose dependency it is
    virtual DependencyDescription describe(const std::string& service_name, const Config& config) const {
        static_cast<void>(service_name);
        static_cast<void>(config);
        return {};
    }
};

/// The provider of a member type, with the pointer typed.
template <class Member>
class DependencyProviderOf : public DependencyProvider {
  public:
    virtual void provide(Member& member, WorkerContext& context) = 0;

    void inject(void* member, WorkerContext& context) final { provide(*static_cast<Member*>(member), context); }
};

/// A member of a service class is a dependency when its type can make its provider. The member as the class initialises
/// it is the declaration: `RpcProxy mail{"mail"}` carries the target's name.
template <class Member>
concept Dependency = requires(const Member& member) {
    { member.make_provider() } -> std::convertible_to<std::unique_ptr<DependencyProvider>>;
};

}  // namespace hiratake
