#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hiratake/base/method_name.hpp"
#include "hiratake/payload/arguments.hpp"
#include "hiratake/rpc/rpc_proxy.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/testing/entrypoint_waiter.hpp"
#include "hiratake/testing/faults.hpp"

namespace hiratake {

class Broker;
namespace client {
class Connection;
}

namespace testing {

/// Runs services in the process of a test, on an embedded broker of their own that is reached in memory (no port, no
/// leftovers), with the code of production. Time stands still: timers, timeouts and delays happen when the test moves
/// the clock. Chance repeats itself from run to run.
///
///     hiratake::testing::TestRunner runner;
///     runner.add(hiratake::define_service<Mail>());
///     runner.start();
///     runner.service("mail").call<void>("send", "name@email.com", "testing", "Just testing");
///
/// Made and used by one thread; functions that say so are safe from any.
class TestRunner {
  public:
    /// @param config as a service's configuration file; `AMQP_URI` is not looked at
    explicit TestRunner(Config config = {});
    /// As stop().
    ~TestRunner();
    TestRunner(const TestRunner&) = delete;
    TestRunner& operator=(const TestRunner&) = delete;

    /// Before start(). Throws ConfigurationError for a second service of the same name.
    void add(ServiceDefinition definition);
    /// Returns when every service consumes. Throws as ServiceContainer::setup() and start().
    void start();
    /// Lets workers finish, 20 s of real time at most, and ends. What is left on the broker goes with it.
    void stop();

    /// A client of a service, which calls over the broker as another process does. A call waits until its reply comes
    /// or the clock has been moved past its timeout. From any thread.
    RpcProxy service(std::string name);
    /// Dispatches an event as `source_service` does, and returns when the broker has it. Throws EventNotDispatched
    /// where no handler and no dispatcher of that source has declared its exchange.
    template <class Data>
    void dispatch_event(std::string_view source_service, std::string_view event_type, const Data& data) {
        dispatch(source_service, event_type, to_value(data));
    }

    /// Fires an entrypoint, whatever its protocol: runs the method on a worker with these arguments, dependencies and
    /// all, and returns what it returned or throws what it threw. The result is read back from its JSON form.
    ///
    ///     long result = runner.fire<&Compute::compute>("sum", 30, 10, "name@email.com");
    ///
    /// Throws ConfigurationError when the service does not run or the method has no entrypoint, and TimeoutError when
    /// the worker has not ended within 20 s of real time. From any thread. (Nameko: testing.services.entrypoint_hook.)
    template <auto method, class... Arguments>
    auto fire(Arguments&&... arguments) {
        return fire_with_context<method>({}, std::forward<Arguments>(arguments)...);
    }
    /// The same with context data, as a caller sends them along.
    template <auto method, class... Arguments>
    auto fire_with_context(Object context_data, Arguments&&... arguments) {
        using Traits = payload::MethodTraits<decltype(method)>;
        using ServiceClass = typename Traits::Object;
        // Shared with the worker, which goes on should this call give up.
        const auto held = std::make_shared<payload::ArgumentsOf<method>>(std::forward<Arguments>(arguments)...);
        Value result = run(ServiceClass::name, method_name<method>(), std::move(context_data), [held](void* object) {
            return payload::call_method<method>(*static_cast<ServiceClass*>(object), std::move(*held));
        });
        if constexpr (!std::is_void_v<typename Traits::Result>) {
            return from_value<std::decay_t<typename Traits::Result>>(std::move(result));
        }
    }

    /// Sees the firings of an entrypoint from here on: runner.waiter<&Mail::send>(). The runner must outlive it. From
    /// any thread.
    template <auto method>
    EntrypointWaiter waiter() {
        using ServiceClass = typename payload::MethodTraits<decltype(method)>::Object;
        return waiter(ServiceClass::name, std::string{method_name<method>()});
    }
    EntrypointWaiter waiter(std::string service, std::string method);

    /// Returns when nothing is left to do until the clock moves or somebody asks for something: no worker runs or
    /// waits for a thread, no publish waits for its confirm, and no queue holds a message, delivered or not.
    /// @param limit real time. Throws TimeoutError when it has passed, which tells what was left.
    void wait_until_idle(Duration limit = std::chrono::seconds{20});

    /// Moves the clock of the services and the broker: what comes due begins soon, on threads of its own; wait for it
    /// with wait_until_idle() or a waiter. From any thread.
    void advance(Duration by);
    /// The clock that advance() moves.
    const Clock& clock() const;

    /// What goes wrong between the services and the broker. From any thread.
    Faults& faults();
    Broker& broker();
    /// Where on 127.0.0.1 a service answers HTTP: on a free port, unless `WEB_SERVER_ADDRESS` says otherwise. After
    /// start(). Throws ConfigurationError for a service without routes.
    std::uint16_t http_port(std::string_view service_name);
    /// The connection that the services share. From any thread.
    client::Connection& connection();
    /// Throws ConfigurationError for a service that was not added.
    ServiceContainer& container(std::string_view service_name);

    /// What has been logged so far, without levels and names. From any thread.
    std::vector<std::string> log_lines() const;
    bool has_logged(std::string_view text) const;

  private:
    Value run(std::string_view service_name, std::string_view method, Object context_data, ServiceContainer::Call call);
    void dispatch(std::string_view source_service, std::string_view event_type, const Value& data);

    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace testing
}  // namespace hiratake
