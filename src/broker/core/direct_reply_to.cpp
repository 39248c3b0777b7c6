#include "broker/core/direct_reply_to.hpp"

#include "broker/core/channel.hpp"
#include "broker/core/generated_name.hpp"

namespace hiratake::broker::core {

bool DirectReplyTo::is_reply_name(std::string_view name) {
    if (name.substr(0, pseudo_queue.size()) != pseudo_queue) return false;
    return name.size() == pseudo_queue.size() || name[pseudo_queue.size()] == '.';
}

std::string DirectReplyTo::name_of(std::string_view token) {
    return std::string{pseudo_queue}.append(".").append(token);
}

std::string DirectReplyTo::add(Channel& channel) {
    std::string token = generated_name("", random_);
    channels_.emplace(token, &channel);
    return token;
}

void DirectReplyTo::remove(std::string_view token) {
    if (const auto found = channels_.find(token); found != channels_.end()) channels_.erase(found);
}

Channel* DirectReplyTo::find(std::string_view name) const {
    if (!is_reply_name(name) || name.size() == pseudo_queue.size()) return nullptr;
    const auto found = channels_.find(name.substr(pseudo_queue.size() + 1));
    return found == channels_.end() ? nullptr : found->second;
}

bool DirectReplyTo::deliver(const Message& message) const {
    Channel* channel = find(message.routing_key());
    return channel && channel->deliver_reply(message);
}

}  // namespace hiratake::broker::core
