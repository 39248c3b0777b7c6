#include "broker/core/broker.hpp"

#include <algorithm>
#include <utility>

#include "broker/core/scoped_flag.hpp"

namespace hiratake::broker::core {

Broker::Broker(BrokerSettings settings, const Clock& clock, Random& random)
    : settings_(std::move(settings)), environment_{clock, random, {}, {}, {}}, direct_reply_to_(random) {
    for (User& user : settings_.users) users_.add(std::move(user));
    settings_.users.clear();
    for (const std::string& name : settings_.vhosts) vhosts_.emplace(name, std::make_unique<Vhost>(name, environment_));
}

Broker::~Broker() = default;

void Broker::advance() {
    environment_.deadlines.run(environment_.clock.now());
    finish_pass();
}

void Broker::finish_pass() {
    if (finishing_) return;
    finish_steps();
    for (Session* session : std::exchange(attention_, {})) session->attend();
}

void Broker::finish_steps() {
    const ScopedFlag finishing{finishing_};
    do {
        environment_.agenda.settle();
        unblock_if_relieved();
        // Sessions may join while others finish.
        for (std::size_t index = 0; index < attention_.size(); ++index) attention_[index]->finish_pass();
    } while (!environment_.agenda.is_settled());
}

void Broker::shut_down() {
    for (Session* session : sessions_)
        session->close_forcibly("broker forced connection closure with reason 'shutdown'");
    finish_pass();
}

void Broker::for_each_vhost(const std::function<void(const Vhost&)>& visit) const {
    for (const auto& [name, vhost] : vhosts_) visit(*vhost);
}

Vhost* Broker::find_vhost(std::string_view name) const {
    const auto found = vhosts_.find(name);
    return found == vhosts_.end() ? nullptr : found->second.get();
}

std::shared_ptr<const User> Broker::log_in(const Credentials& credentials, const Peer& peer) const {
    const auto& local = settings_.loopback_users;
    if (!peer.is_loopback && std::find(local.begin(), local.end(), credentials.user) != local.end()) return nullptr;
    return users_.authenticate(credentials.user, credentials.password);
}

void Broker::set_alarm(Alarm alarm, bool raised) {
    (alarm == Alarm::memory ? memory_alarm_ : disk_alarm_) = raised;
    finish_pass();
}

void Broker::update_memory_pressure() {
    const std::size_t used = environment_.memory.used();
    const std::size_t mark = settings_.limits.memory_high_watermark;
    // Publishing begins again some way below the mark, not to stop at once.
    memory_is_low_ = used > mark || (memory_is_low_ && used > mark / 10 * 9);
}

std::string_view Broker::blocked_reason() {
    update_memory_pressure();
    publishers_blocked_ = memory_is_low_ || memory_alarm_ || disk_alarm_;
    if (!publishers_blocked_) return {};
    return memory_is_low_ || memory_alarm_ ? "low on memory" : "low on disk";
}

void Broker::unblock_if_relieved() {
    if (!publishers_blocked_ || !blocked_reason().empty()) return;
    for (std::size_t index = 0; index < sessions_.size(); ++index) sessions_[index]->unblock();
}

void Broker::add(Session& session) {
    sessions_.push_back(&session);
}

void Broker::remove(Session& session) {
    std::erase(sessions_, &session);
    std::erase(attention_, &session);
}

}  // namespace hiratake::broker::core
