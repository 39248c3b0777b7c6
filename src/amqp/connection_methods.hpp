#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/method_id.hpp"
#include "hiratake/amqp/table.hpp"

// The methods of class connection: handshake, tuning, closing.
// Each is one field list, describe(): encoding, decoding, printing and copying follow from it. Strings are views.

namespace hiratake::amqp {

/// The server's greeting and what it offers.
struct ConnectionStart {
    static constexpr MethodId id{10, 10};
    static constexpr std::string_view name = "connection.start";

    std::uint8_t version_major = 0;
    std::uint8_t version_minor = 9;
    Table server_properties{};
    std::string_view mechanisms{};
    std::string_view locales{};

    bool operator==(const ConnectionStart&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.octet("version_major", self.version_major);
        fields.octet("version_minor", self.version_minor);
        fields.table("server_properties", self.server_properties);
        fields.long_string("mechanisms", self.mechanisms);
        fields.long_string("locales", self.locales);
    }
};

/// The client's choice of mechanism and its first answer.
struct ConnectionStartOk {
    static constexpr MethodId id{10, 11};
    static constexpr std::string_view name = "connection.start-ok";

    Table client_properties{};
    std::string_view mechanism{};
    std::string_view response{};
    std::string_view locale{};

    bool operator==(const ConnectionStartOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.table("client_properties", self.client_properties);
        fields.short_string("mechanism", self.mechanism);
        fields.secret("response", self.response);
        fields.short_string("locale", self.locale);
    }
};

/// A further question of the mechanism.
struct ConnectionSecure {
    static constexpr MethodId id{10, 20};
    static constexpr std::string_view name = "connection.secure";

    std::string_view challenge{};

    bool operator==(const ConnectionSecure&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.secret("challenge", self.challenge);
    }
};

/// The answer to it.
struct ConnectionSecureOk {
    static constexpr MethodId id{10, 21};
    static constexpr std::string_view name = "connection.secure-ok";

    std::string_view response{};

    bool operator==(const ConnectionSecureOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.secret("response", self.response);
    }
};

/// The server's limits; the heartbeat is in seconds.
struct ConnectionTune {
    static constexpr MethodId id{10, 30};
    static constexpr std::string_view name = "connection.tune";

    std::uint16_t channel_max = 0;
    std::uint32_t frame_max = 0;
    std::uint16_t heartbeat = 0;

    bool operator==(const ConnectionTune&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_integer("channel_max", self.channel_max);
        fields.long_integer("frame_max", self.frame_max);
        fields.short_integer("heartbeat", self.heartbeat);
    }
};

/// The limits that hold from here on.
struct ConnectionTuneOk {
    static constexpr MethodId id{10, 31};
    static constexpr std::string_view name = "connection.tune-ok";

    std::uint16_t channel_max = 0;
    std::uint32_t frame_max = 0;
    std::uint16_t heartbeat = 0;

    bool operator==(const ConnectionTuneOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_integer("channel_max", self.channel_max);
        fields.long_integer("frame_max", self.frame_max);
        fields.short_integer("heartbeat", self.heartbeat);
    }
};

/// Enters a virtual host.
struct ConnectionOpen {
    static constexpr MethodId id{10, 40};
    static constexpr std::string_view name = "connection.open";

    std::string_view virtual_host{};

    bool operator==(const ConnectionOpen&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_string("virtual_host", self.virtual_host);
        fields.reserved_short_string();
        fields.reserved_bit();
    }
};

struct ConnectionOpenOk {
    static constexpr MethodId id{10, 41};
    static constexpr std::string_view name = "connection.open-ok";

    bool operator==(const ConnectionOpenOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields& fields) {
        fields.reserved_short_string();
    }
};

/// Ends the connection; class_id and method_id name the method that caused it, or are 0.
struct ConnectionClose {
    static constexpr MethodId id{10, 50};
    static constexpr std::string_view name = "connection.close";

    std::uint16_t reply_code = 0;
    std::string_view reply_text{};
    std::uint16_t class_id = 0;
    std::uint16_t method_id = 0;

    bool operator==(const ConnectionClose&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_integer("reply_code", self.reply_code);
        fields.reply_text("reply_text", self.reply_text);
        fields.short_integer("class_id", self.class_id);
        fields.short_integer("method_id", self.method_id);
    }
};

struct ConnectionCloseOk {
    static constexpr MethodId id{10, 51};
    static constexpr std::string_view name = "connection.close-ok";

    bool operator==(const ConnectionCloseOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

/// RabbitMQ: the server will not read from publishers for a while.
struct ConnectionBlocked {
    static constexpr MethodId id{10, 60};
    static constexpr std::string_view name = "connection.blocked";

    std::string_view reason{};

    bool operator==(const ConnectionBlocked&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_string("reason", self.reason);
    }
};

/// RabbitMQ: it reads again.
struct ConnectionUnblocked {
    static constexpr MethodId id{10, 61};
    static constexpr std::string_view name = "connection.unblocked";

    bool operator==(const ConnectionUnblocked&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

/// RabbitMQ: a fresh secret for a token that expires.
struct ConnectionUpdateSecret {
    static constexpr MethodId id{10, 70};
    static constexpr std::string_view name = "connection.update-secret";

    std::string_view new_secret{};
    std::string_view reason{};

    bool operator==(const ConnectionUpdateSecret&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.secret("new_secret", self.new_secret);
        fields.short_string("reason", self.reason);
    }
};

struct ConnectionUpdateSecretOk {
    static constexpr MethodId id{10, 71};
    static constexpr std::string_view name = "connection.update-secret-ok";

    bool operator==(const ConnectionUpdateSecretOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

}  // namespace hiratake::amqp
