// The echo over NATS: request and reply on one inbox, JSON in and out, the messages as the C client has them.
//
//   nats_echo serve URL [send_at_once=1]
//   nats_echo call URL [send_at_once=1] [in_flight=N] [rate=N] ...
//   nats_echo events URL [handlers=N] [in_flight=N] ...               publisher and handlers in one process
//   nats_echo first URL -- COMMAND...                                 starts the service
#include <nats/nats.h>

#include <charconv>
#include <memory>
#include <thread>
#include <vector>

#include "load/arrivals.hpp"
#include "load/event_tally.hpp"
#include "load/first_reply.hpp"
#include "load/program.hpp"

namespace bench {
namespace {

void check(natsStatus status, const char* what) {
    if (status != NATS_OK) {
        throw std::runtime_error(std::string{"cannot "} + what + ": " + natsStatus_GetText(status));
    }
}

template <auto destroy>
struct Destroy {
    template <class Object>
    void operator()(Object* object) const {
        destroy(object);
    }
};
using Connection = std::unique_ptr<natsConnection, Destroy<natsConnection_Destroy>>;
using Subscription = std::unique_ptr<natsSubscription, Destroy<natsSubscription_Destroy>>;
using Message = std::unique_ptr<natsMsg, Destroy<natsMsg_Destroy>>;

Connection connect(const std::string& url, bool sends_at_once) {
    natsOptions* options = nullptr;
    check(natsOptions_Create(&options), "make options");
    const std::unique_ptr<natsOptions, Destroy<natsOptions_Destroy>> owner{options};
    check(natsOptions_SetURL(options, url.c_str()), "set the URL");
    check(natsOptions_SetSendAsap(options, sends_at_once), "set when to send");
    natsConnection* connection = nullptr;
    check(natsConnection_Connect(&connection, options), "connect");
    return Connection{connection};
}

std::uint64_t number_in(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

const char* subject(const Options& options) {
    return options.send_at_once ? "bench.echo.at_once" : "bench.echo";
}

void answer(natsConnection* connection, natsSubscription*, natsMsg* received, void*) {
    const Message message{received};
    natsConnection_Publish(connection, natsMsg_GetReply(received), natsMsg_GetData(received),
                           natsMsg_GetDataLength(received));
}

std::string serve(const CommandLine& line) {
    const Connection connection = connect(line.target, line.options.send_at_once != 0);
    natsSubscription* subscription = nullptr;
    check(
        natsConnection_QueueSubscribe(&subscription, connection.get(), subject(line.options), "bench", answer, nullptr),
        "subscribe");
    const Subscription owner{subscription};
    check(natsConnection_Flush(connection.get()), "flush");
    say_serving();
    while (natsConnection_Status(connection.get()) != NATS_CONN_STATUS_CLOSED) nats_Sleep(100);
    throw std::runtime_error("the connection was lost");
}

/// Calls with an inbox for the replies, each with its number as the last part of its subject, as
/// natsConnection_Request does, which would wait for each reply.
class NatsCaller final : public Caller {
  public:
    NatsCaller(const std::string& url, const Options& options)
        : subject_(subject(options)),
          body_(R"([")" + std::string(options.text_bytes, 'h') + R"(", 42])"),
          connection_(connect(url, options.send_at_once != 0)) {
        char* inbox = nullptr;
        check(natsInbox_Create(&inbox), "make an inbox");
        inbox_ = std::string{inbox} + ".";
        natsInbox_Destroy(inbox);
        natsSubscription* subscription = nullptr;
        const std::string replies = inbox_ + "*";
        const bool is_open_loop = options.rate > 0;
        check(is_open_loop ? natsConnection_Subscribe(&subscription, connection_.get(), replies.c_str(), take_in, this)
                           : natsConnection_SubscribeSync(&subscription, connection_.get(), replies.c_str()),
              "subscribe");
        subscription_.reset(subscription);
        takes_in_ = is_open_loop;
        check(natsSubscription_SetPendingLimits(subscription, -1, -1), "lift the limits of the inbox");
    }
    ~NatsCaller() override { natsConnection_Close(connection_.get()); }

    void start(std::uint64_t number) override {
        check(natsConnection_PublishRequest(connection_.get(), subject_, (inbox_ + std::to_string(number)).c_str(),
                                            body_.data(), static_cast<int>(body_.size())),
              "publish");
    }

    std::optional<Ended> wait(Clock::time_point until) override {
        if (takes_in_) return checked(arrivals_.wait(until));
        natsMsg* received = nullptr;
        check(natsSubscription_NextMsg(&received, subscription_.get(), longest_wait_ms), "receive a reply");
        const Message message{received};
        return Ended{number_of(received), Clock::now()};
    }

    /// One call that may find nobody who answers.
    bool is_answered() {
        start(0);
        natsMsg* received = nullptr;
        if (natsSubscription_NextMsg(&received, subscription_.get(), longest_wait_ms) != NATS_OK) return false;
        const Message message{received};
        return !natsMsg_IsNoResponders(received);
    }

  private:
    static constexpr std::int64_t longest_wait_ms = 60'000;
    static constexpr std::uint64_t failed = ~0UL;

    static std::optional<Ended> checked(std::optional<Ended> ended) {
        if (ended && ended->number == failed) throw std::runtime_error("nobody answers");
        return ended;
    }

    std::uint64_t number_of(natsMsg* message) const {
        return number_in(std::string_view{natsMsg_GetSubject(message)}.substr(inbox_.size()));
    }

    static void take_in(natsConnection*, natsSubscription*, natsMsg* received, void* caller) {
        const Message message{received};
        auto& self = *static_cast<NatsCaller*>(caller);
        self.arrivals_.push(natsMsg_IsNoResponders(received) ? failed : self.number_of(received));
    }

    const char* subject_;
    const std::string body_;
    Arrivals arrivals_;
    Connection connection_;
    std::string inbox_;
    Subscription subscription_;
    bool takes_in_ = false;
};

std::string call(const CommandLine& line) {
    NatsCaller caller{line.target, line.options};
    return run_load(caller, line.options);
}

std::string first(const CommandLine& line) {
    NatsCaller caller{line.target, line.options};
    return first_reply(line.command, [&] { return caller.is_answered(); });
}

void handle_event(natsConnection*, natsSubscription*, natsMsg* received, void* tally) {
    const Message message{received};
    static_cast<EventTally*>(tally)->handled(
        number_in({natsMsg_GetData(received), static_cast<std::size_t>(natsMsg_GetDataLength(received))}));
}

std::string events(const CommandLine& line) {
    std::vector<Connection> handlers;
    std::vector<Subscription> subscriptions;
    EventTally tally{line.options};
    for (int i = 0; i < line.options.handlers; ++i) {
        handlers.push_back(connect(line.target, false));
        natsSubscription* subscription = nullptr;
        check(natsConnection_Subscribe(&subscription, handlers.back().get(), "bench.event", handle_event, &tally),
              "subscribe");
        subscriptions.emplace_back(subscription);
        check(natsConnection_Flush(handlers.back().get()), "flush");
    }
    const Connection publisher = connect(line.target, false);
    while (!tally.is_over()) {
        if (const auto number = tally.next()) {
            check(natsConnection_PublishString(publisher.get(), "bench.event", std::to_string(*number).c_str()),
                  "publish");
        } else {
            std::this_thread::sleep_for(std::chrono::microseconds{50});
        }
    }
    return tally.finish();
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return run_mode(argc, argv, {{"serve", serve}, {"call", call}, {"events", events}, {"first", first}});
}
