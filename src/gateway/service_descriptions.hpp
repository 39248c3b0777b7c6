#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/description_schedule.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/payload/value.hpp"
#include "hiratake/rpc/reply.hpp"
#include "hiratake/rpc/service_description.hpp"
#include "net/timer.hpp"

namespace hiratake {
class RpcCaller;
}

namespace hiratake::gateway {

/// What services say of themselves: asked when it starts, and again as DescriptionSchedule has it. start(), doubt() and
/// stop() are for the loop's thread.
class ServiceDescriptions {
  public:
    /// Told of what a service says when that has changed; null: it runs, and does not describe itself. Throws Error for
    /// a description that makes no sense.
    using Listener = std::function<void(const ServiceDescription* description)>;

    /// @param refresh how long an answer is trusted
    ServiceDescriptions(net::EventLoop& loop, Duration refresh);
    ~ServiceDescriptions();
    ServiceDescriptions(const ServiceDescriptions&) = delete;
    ServiceDescriptions& operator=(const ServiceDescriptions&) = delete;

    /// Before start().
    void add(const std::string& service, Listener listener);
    /// @param caller outlives this
    void start(RpcCaller& caller);
    /// Asks no more. The destructor does so too, where the loop runs no more.
    void stop();
    /// A service has answered as if its methods were others than those known.
    void doubt(const std::string& service);

  private:
    struct Source {
        std::string service;
        DescriptionSchedule schedule;
        std::vector<Listener> listeners;
        std::optional<PendingResult> question = std::nullopt;
        /// Tells the answer to this question from late ones.
        std::uint64_t question_number = 0;
        /// The last answer; null for a service that does not describe itself, nothing before the first.
        std::optional<Value> known = std::nullopt;
    };

    void look_after_all();
    void ask(Source& source);
    void give_up(Source& source);
    void receive(Source& source);
    /// The description as it came, or null.
    static Value answer_of(Source& source);
    void take(Source& source, Value answer);

    net::EventLoop& loop_;
    Logger logger_;
    Duration refresh_;
    RpcCaller* caller_ = nullptr;
    // Questions under way point into it.
    std::list<Source> sources_;
    net::Timer timer_;
    // Shared with what has been posted, which may run when this is gone.
    std::shared_ptr<bool> is_alive_;
};

}  // namespace hiratake::gateway
