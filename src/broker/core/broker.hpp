#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "broker/core/credentials.hpp"
#include "broker/core/direct_reply_to.hpp"
#include "broker/core/environment.hpp"
#include "broker/core/identity.hpp"
#include "broker/core/limits.hpp"
#include "broker/core/session.hpp"
#include "broker/core/string_map.hpp"
#include "broker/core/users.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {

/// What makes the broker stop reading from those who publish.
enum class Alarm { memory, disk };

struct BrokerSettings {
    Identity identity;
    Limits limits;
    std::vector<std::string> vhosts{"/"};
    std::vector<User> users;
    /// Users who may log in from this machine only.
    std::vector<std::string> loopback_users{"guest"};
};

/// The whole broker, without input, output, threads or waiting: sessions are fed bytes and have bytes to send, and
/// advance() makes happen what is due by the clock. One thread at a time.
class Broker {
  public:
    /// The clock and the source of chance must outlive the broker.
    Broker(BrokerSettings settings, const Clock& clock, Random& random);
    /// All sessions must be gone.
    ~Broker();
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;

    // For the driver.

    /// The moment at which advance() is to be called; never, when there is nothing to wait for.
    TimePoint next_deadline() const { return environment_.deadlines.next(); }
    /// Expires messages and queues, sends heartbeats, drops silent clients: whatever is due by now. Ends the pass.
    void advance();
    /// Does what the steps of a pass have left to do, then calls the owner of each session that has something for it.
    void finish_pass();
    /// Tells each client to go.
    void shut_down();
    std::size_t session_count() const { return sessions_.size(); }
    void for_each_vhost(const std::function<void(const Vhost&)>& visit) const;

    /// Raises or clears an alarm by hand, as low memory does by itself: for tests of what publishers do then.
    void raise_alarm(Alarm alarm) { set_alarm(alarm, true); }
    void clear_alarm(Alarm alarm) { set_alarm(alarm, false); }

    // For the broker's other parts.

    const Limits& limits() const { return settings_.limits; }
    const Identity& identity() const { return settings_.identity; }
    Environment& environment() { return environment_; }
    DirectReplyTo& direct_reply_to() { return direct_reply_to_; }
    Vhost* find_vhost(std::string_view name) const;
    /// The user with these credentials, if there is one and it may come from there.
    std::shared_ptr<const User> log_in(const Credentials& credentials, const Peer& peer) const;

    /// Why publishers are blocked: "low on memory", "low on disk"; empty when they are not.
    std::string_view blocked_reason();
    void add(Session& session);
    void remove(Session& session);
    void add_attention(Session& session) { attention_.push_back(&session); }

  private:
    void set_alarm(Alarm alarm, bool raised);
    void finish_steps();
    void update_memory_pressure();
    void unblock_if_relieved();

    BrokerSettings settings_;
    Environment environment_;
    DirectReplyTo direct_reply_to_;
    Users users_;
    StringMap<std::unique_ptr<Vhost>> vhosts_;
    std::vector<Session*> sessions_;
    std::vector<Session*> attention_;
    bool finishing_ = false;
    bool memory_is_low_ = false;
    bool memory_alarm_ = false;
    bool disk_alarm_ = false;
    bool publishers_blocked_ = false;
};

}  // namespace hiratake::broker::core
