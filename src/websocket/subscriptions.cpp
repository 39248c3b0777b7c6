#include "websocket/subscriptions.hpp"

#include <fmt/core.h>

#include <utility>

#include "hiratake/websocket/connection_not_found.hpp"

namespace hiratake {

ConnectionNotFound::ConnectionNotFound(std::string socket_id)
    : Error(fmt::format("no socket `{}` is open in this process", socket_id)), socket_id_(std::move(socket_id)) {}
ConnectionNotFound::~ConnectionNotFound() = default;

namespace websocket {

void Subscriptions::add_socket(const std::string& id) {
    const std::lock_guard lock{mutex_};
    channels_by_socket_.try_emplace(id);
}

void Subscriptions::remove_socket(const std::string& id) {
    const std::lock_guard lock{mutex_};
    const auto socket = channels_by_socket_.find(id);
    if (socket == channels_by_socket_.end()) return;
    for (const std::string& channel : socket->second) remove_listener(channel, id);
    channels_by_socket_.erase(socket);
}

bool Subscriptions::contains(const std::string& id) const {
    const std::lock_guard lock{mutex_};
    return channels_by_socket_.contains(id);
}

void Subscriptions::subscribe(const std::string& id, std::string channel) {
    const std::lock_guard lock{mutex_};
    const auto socket = channels_by_socket_.find(id);
    if (socket == channels_by_socket_.end()) throw ConnectionNotFound(id);
    Names& channels = socket->second;
    if (channels.size() >= max_channels_of_a_socket && !channels.contains(channel)) {
        throw Error(
            fmt::format("socket `{}` is subscribed to {} channels already, which is the most: unsubscribe it "
                        "from one first",
                        id, channels.size()));
    }
    sockets_by_channel_[channel].insert(id);
    channels.insert(std::move(channel));
}

void Subscriptions::unsubscribe(const std::string& id, std::string_view channel) {
    const std::lock_guard lock{mutex_};
    const auto socket = channels_by_socket_.find(id);
    if (socket == channels_by_socket_.end()) return;
    const auto name = socket->second.find(channel);
    if (name == socket->second.end()) return;
    remove_listener(channel, id);
    socket->second.erase(name);
}

std::vector<std::string> Subscriptions::channels_of(const std::string& id) const {
    const std::lock_guard lock{mutex_};
    const auto socket = channels_by_socket_.find(id);
    if (socket == channels_by_socket_.end()) return {};
    return {socket->second.begin(), socket->second.end()};
}

std::vector<std::string> Subscriptions::sockets_of(std::string_view channel) const {
    const std::lock_guard lock{mutex_};
    const auto listeners = sockets_by_channel_.find(channel);
    if (listeners == sockets_by_channel_.end()) return {};
    return {listeners->second.begin(), listeners->second.end()};
}

void Subscriptions::remove_listener(std::string_view channel, const std::string& id) {
    const auto listeners = sockets_by_channel_.find(channel);
    listeners->second.erase(id);
    if (listeners->second.empty()) sockets_by_channel_.erase(listeners);
}

}  // namespace websocket
}  // namespace hiratake
