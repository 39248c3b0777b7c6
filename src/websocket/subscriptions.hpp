#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hiratake::websocket {

/// Which of the open sockets listen to which channels. Safe from any thread.
class Subscriptions {
  public:
    static constexpr std::size_t max_channels_of_a_socket = 1000;

    void add_socket(const std::string& id);
    /// With all its subscriptions.
    void remove_socket(const std::string& id);
    bool contains(const std::string& id) const;

    /// Throws ConnectionNotFound for a socket that is not open, and Error for one channel too many.
    void subscribe(const std::string& id, std::string channel);
    void unsubscribe(const std::string& id, std::string_view channel);
    /// Sorted; none for a socket that is not open.
    std::vector<std::string> channels_of(const std::string& id) const;
    std::vector<std::string> sockets_of(std::string_view channel) const;

  private:
    using Names = std::set<std::string, std::less<>>;

    void remove_listener(std::string_view channel, const std::string& id);

    mutable std::mutex mutex_;
    std::map<std::string, Names, std::less<>> channels_by_socket_;
    std::map<std::string, Names, std::less<>> sockets_by_channel_;
};

}  // namespace hiratake::websocket
