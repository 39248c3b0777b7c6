#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hiratake/amqp/table.hpp"

namespace hiratake::amqp {

/// The delivery_mode of a message that is to survive a restart of the broker.
inline constexpr std::uint8_t persistent_delivery_mode = 2;

/// The properties of class basic, each there or not. Strings are views: into what was decoded, or into what the sender
/// holds.
struct Properties {
    std::optional<std::string_view> content_type{};
    std::optional<std::string_view> content_encoding{};
    std::optional<Table> headers{};
    /// In place of headers: the table as it is on the wire, with its length. Empty: there is none.
    std::string_view encoded_headers{};
    std::optional<std::uint8_t> delivery_mode{};
    std::optional<std::uint8_t> priority{};
    std::optional<std::string_view> correlation_id{};
    std::optional<std::string_view> reply_to{};
    std::optional<std::string_view> expiration{};  ///< milliseconds, in decimal digits
    std::optional<std::string_view> message_id{};
    std::optional<Timestamp> timestamp{};
    std::optional<std::string_view> type{};
    std::optional<std::string_view> user_id{};
    std::optional<std::string_view> app_id{};
    std::optional<std::string_view> cluster_id{};  ///< reserved by the protocol; kept so that it passes through

    bool operator==(const Properties&) const = default;

    /// The field list, in the order of the wire; the first property has the highest flag.
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_string("content_type", self.content_type);
        fields.short_string("content_encoding", self.content_encoding);
        fields.table("headers", self.headers, self.encoded_headers);
        fields.octet("delivery_mode", self.delivery_mode);
        fields.octet("priority", self.priority);
        fields.short_string("correlation_id", self.correlation_id);
        fields.short_string("reply_to", self.reply_to);
        fields.short_string("expiration", self.expiration);
        fields.short_string("message_id", self.message_id);
        fields.timestamp("timestamp", self.timestamp);
        fields.short_string("type", self.type);
        fields.short_string("user_id", self.user_id);
        fields.short_string("app_id", self.app_id);
        fields.short_string("cluster_id", self.cluster_id);
    }
};

}  // namespace hiratake::amqp
