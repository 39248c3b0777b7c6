#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/method_id.hpp"

// The methods of class channel: opening, flow, closing.
// Each is one field list, describe(): encoding, decoding, printing and copying follow from it. Strings are views.

namespace hiratake::amqp {

struct ChannelOpen {
    static constexpr MethodId id{20, 10};
    static constexpr std::string_view name = "channel.open";

    bool operator==(const ChannelOpen&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields& fields) {
        fields.reserved_short_string();
    }
};

struct ChannelOpenOk {
    static constexpr MethodId id{20, 11};
    static constexpr std::string_view name = "channel.open-ok";

    bool operator==(const ChannelOpenOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields& fields) {
        fields.reserved_long_string();
    }
};

/// Asks the peer to stop or go on sending content.
struct ChannelFlow {
    static constexpr MethodId id{20, 20};
    static constexpr std::string_view name = "channel.flow";

    bool active = false;

    bool operator==(const ChannelFlow&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.bit("active", self.active);
    }
};

struct ChannelFlowOk {
    static constexpr MethodId id{20, 21};
    static constexpr std::string_view name = "channel.flow-ok";

    bool active = false;

    bool operator==(const ChannelFlowOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.bit("active", self.active);
    }
};

/// Ends the channel; class_id and method_id name the method that caused it, or are 0.
struct ChannelClose {
    static constexpr MethodId id{20, 40};
    static constexpr std::string_view name = "channel.close";

    std::uint16_t reply_code = 0;
    std::string_view reply_text{};
    std::uint16_t class_id = 0;
    std::uint16_t method_id = 0;

    bool operator==(const ChannelClose&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_integer("reply_code", self.reply_code);
        fields.reply_text("reply_text", self.reply_text);
        fields.short_integer("class_id", self.class_id);
        fields.short_integer("method_id", self.method_id);
    }
};

struct ChannelCloseOk {
    static constexpr MethodId id{20, 41};
    static constexpr std::string_view name = "channel.close-ok";

    bool operator==(const ChannelCloseOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

}  // namespace hiratake::amqp
