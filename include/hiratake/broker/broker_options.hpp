#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hiratake {

/// Where the broker waits for clients.
struct BrokerListener {
    /// An IP literal, or "localhost". Anything but loopback lets other machines in: give it users of its own and TLS.
    std::string address = "127.0.0.1";
    /// 0: any free port, which Broker::port() tells.
    /// 0: any free port, which Broker::port() tells.
    std::uint16_t port = 5672;
    /// Certificate chain and key (PEM files). Both: TLS; neither: plain TCP.
    std::string certificate_file;
    std::string key_file;
    /// With TLS: clients must show a certificate that descends from one in this file.
    std::string client_ca_file;
};

/// What a user may do in one vhost: regular expressions over the names of queues and exchanges, which may match
/// anywhere in the name. An empty one permits nothing.
struct BrokerPermissions {
    std::string configure = ".*";
    std::string write = ".*";
    std::string read = ".*";
};

struct BrokerUser {
    std::string name;
    std::string password;
    /// By vhost; a vhost that is not here is closed to the user.
    std::map<std::string, BrokerPermissions> permissions{{"/", {}}};
    /// "impersonator" lets the user publish under the user_id of others; the rest is for those who ask.
    std::vector<std::string> tags;
};

struct BrokerOptions {
    /// None: the broker is reached through Broker::connect() alone.
    std::vector<BrokerListener> listeners{BrokerListener{}};
    std::vector<std::string> vhosts{"/"};
    std::vector<BrokerUser> users{{"guest", "guest", {{"/", {}}}, {"administrator"}}};
    /// Users who may log in from this machine only.
    std::vector<std::string> loopback_users{"guest"};

    /// As whom it introduces itself. Clients decide by these which of RabbitMQ's extensions they use.
    std::string product = "RabbitMQ";
    std::string version = "3.10.8";

    /// Bytes of all messages together. Beyond it, connections that publish are no longer read, and told so
    /// (connection.blocked), until it has fallen below nine tenths.
    std::size_t memory_high_watermark = std::size_t{1024} * 1024 * 1024;
    /// The largest message body, in bytes; a larger one closes its channel (406).
    std::uint64_t max_message_size = 134217728;
    /// What is proposed to clients; each chooses its own, 0 for none.
    std::chrono::seconds heartbeat{60};
    /// Connections at once; one more is hung up on.
    std::size_t max_connections = 10000;
    /// How long stop() waits for clients to say goodbye.
    std::chrono::milliseconds stop_timeout{2000};
};

}  // namespace hiratake
