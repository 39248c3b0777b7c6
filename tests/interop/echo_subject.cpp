// The C++ services that the Python programs talk to: what check_rpc_service.py, check_messaging.py, check_context.py
// and check_errors.py ask of them.
#include <hiratake/hiratake.hpp>
#include <hiratake/messaging/message_info.hpp>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

// A dependency of the test's own: what the worker knows of its call.
struct CallContext {
    hiratake::Object data;
    hiratake::WorkerContext* context = nullptr;

    std::unique_ptr<hiratake::DependencyProvider> make_provider() const;
};

class CallContextProvider : public hiratake::DependencyProviderOf<CallContext> {
  public:
    void provide(CallContext& member, hiratake::WorkerContext& context) override {
        member.context = &context;
        member.data = context.data();
        hiratake::Array stack;
        for (const std::string_view id : context.call_id_stack()) stack.emplace_back(id);
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

/// Handles the events of a Python service, one handler of each type, and hands each on as one of its own, with the
/// context that came with it.
struct Listener {
    static constexpr auto name = "cpplistener";
    hiratake::EventDispatcher dispatch{};
    CallContext call_context{};

    void on_pool(hiratake::Value data) { hand_on("pool", std::move(data)); }
    void on_single(hiratake::Value data) { hand_on("single", std::move(data)); }
    void on_broadcast(hiratake::Value data) { hand_on("broadcast", std::move(data)); }

    void hand_on(const char* handler, hiratake::Value data) {
        call_context.context->data().set("handled_by", handler);
        dispatch(std::string{"handled_"} + handler,
                 hiratake::Object{{"data", std::move(data)}, {"context", call_context.data}});
    }

    static void define(hiratake::Service<Listener>& listener) {
        using hiratake::HandlerType;
        listener.on_event<&Listener::on_pool>("interop_source", "pool");
        listener.on_event<&Listener::on_single>("interop_source", "single", {.type = HandlerType::singleton});
        listener.on_event<&Listener::on_broadcast>("interop_source", "broadcast",
                                                   {.type = HandlerType::broadcast, .reliable_delivery = false});
    }
};

/// Takes letters from a queue that others fill, and publishes what it got.
struct Courier {
    static constexpr auto name = "cppcourier";
    hiratake::Publisher delivered{"interop_delivered",
                                  {hiratake::amqp::Exchange{.name = "interop_delivered", .type = "fanout"}}};

    void on_letter(hiratake::Value letter, const hiratake::MessageInfo& info) {
        delivered.publish(hiratake::Object{{"letter", std::move(letter)}, {"routing_key", info.routing_key}},
                          {.headers = {{"stamp", 7}},
                           .priority = 4,
                           .expiration = std::chrono::minutes{1},
                           .correlation_id = info.correlation_id,
                           .type = "receipt"});
    }

    /// Tells of each attempt, and fails as often as the letter says.
    void on_fragile(hiratake::Value letter, const hiratake::MessageInfo& info) {
        delivered.publish(hiratake::Object{{"letter", letter}, {"attempt", info.attempt}, {"headers", info.headers}});
        if (info.attempt <= letter.find("failures")->as_integer()) throw std::runtime_error("broken");
    }

    static void define(hiratake::Service<Courier>& courier) {
        courier.consume<&Courier::on_fragile>("interop_fragile")
            .retry({std::chrono::milliseconds{300}, std::chrono::seconds{3}});
        courier.consume<&Courier::on_letter>(
            "interop_letters",
            {.topology = {hiratake::amqp::Exchange{.name = "interop_post", .type = "direct"},
                          hiratake::amqp::Queue{.name = "interop_letters"},
                          hiratake::amqp::Binding{
                              .queue = "interop_letters", .exchange = "interop_post", .routing_key = "letter"}}});
    }
};

struct Shortage {
    std::string account;
    long missing_cents;
};
struct InsufficientFunds : hiratake::ApplicationErrorOf<Shortage> {
    static constexpr auto path = "interop_bank.InsufficientFunds";
    using ApplicationErrorOf::ApplicationErrorOf;
};

/// Throws an exception of its own, and calls a bank in Python that does so too.
struct Bank {
    static constexpr auto name = "cppbank";
    static constexpr auto exceptions = hiratake::exceptions<InsufficientFunds>;
    hiratake::RpcProxy other = hiratake::RpcProxy{"interop_bank"}.throwing(exceptions);

    void withdraw(std::string account, long cents) {
        throw InsufficientFunds{std::to_string(cents / 100) + " EUR are missing",
                                {.account = account, .missing_cents = cents}};
    }
    std::string explain() {
        try {
            pass_on();
        } catch (const InsufficientFunds& error) {
            return error.details().account + " lacks " + std::to_string(error.details().missing_cents);
        }
        return "nothing";
    }
    void pass_on() { other.call("withdraw"); }

    static void define(hiratake::Service<Bank>& bank) {
        bank.rpc<&Bank::withdraw>("account", "cents");
        bank.rpc<&Bank::explain>();
        bank.rpc<&Bank::pass_on>();
    }
};

}  // namespace

int main(int argc, char** argv) {
    return hiratake::main<Echo, Courier, Listener, Bank>(argc, argv);
}
