// The C++ service that the Python programs call: what check_rpc_service.py asks of the service under test.
#include <hiratake/hiratake.hpp>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

// A dependency of the test's own: what the worker knows of its call.
struct CallContext {
    hiratake::Object data;

    std::unique_ptr<hiratake::DependencyProvider> make_provider() const;
};

class CallContextProvider : public hiratake::DependencyProviderOf<CallContext> {
  public:
    void provide(CallContext& member, hiratake::WorkerContext& context) override {
        member.data = context.data();
        hiratake::Array stack;
        for (const std::string& id : context.call_id_stack()) stack.emplace_back(id);
        member.data.set("call_id_stack", std::move(stack));
    }
};

std::unique_ptr<hiratake::DependencyProvider> CallContext::make_provider() const {
    return std::make_unique<CallContextProvider>();
}

/// The events that came in, for as long as the process runs: a service object would forget them.
struct Received {
    std::mutex mutex;
    hiratake::Array events;
};
Received received_events;

struct Echo {
    static constexpr auto name = "cppecho";
    hiratake::RpcProxy probe{"interop_probe"};
    hiratake::EventDispatcher dispatch{};
    CallContext call_context{};

    hiratake::Value echo(hiratake::Value value) { return value; }

    long add(long value, long other) { return value + other; }

    void fail(std::string message) { throw std::runtime_error(message); }

    hiratake::Value context() { return std::move(call_context.data); }

    hiratake::Value relay(std::string service, std::string method, hiratake::Value value) {
        if (service != probe.service()) throw std::invalid_argument("this service calls " + probe.service() + " only");
        return probe.call(method, std::move(value));
    }

    void emit(std::string event_type, hiratake::Value data) { dispatch(event_type, data); }

    hiratake::Value received() {
        const std::lock_guard lock{received_events.mutex};
        return received_events.events;
    }

    void on_happened(hiratake::Value data) {
        const std::lock_guard lock{received_events.mutex};
        received_events.events.push_back(std::move(data));
    }

    static void define(hiratake::Service<Echo>& echo) {
        echo.rpc<&Echo::echo>("value");
        echo.rpc<&Echo::add>("value", hiratake::arg("other", 10));
        echo.rpc<&Echo::fail>("message");
        echo.rpc<&Echo::context>();
        echo.rpc<&Echo::relay>("service", "method", "value");
        echo.rpc<&Echo::emit>("event_type", "data");
        echo.rpc<&Echo::received>();
        echo.on_event<&Echo::on_happened>("cppecho", "happened");
    }
};

}  // namespace

int main(int argc, char** argv) {
    return hiratake::main<Echo>(argc, argv);
}
