#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/method_id.hpp"
#include "hiratake/amqp/table.hpp"

// The methods of class basic: publishing, consuming, acknowledging.
// Each is one field list, describe(): encoding, decoding, printing and copying follow from it. Strings are views.

namespace hiratake::amqp {

/// RabbitMQ: global=false limits each consumer made afterwards, global=true all consumers of the channel.
struct BasicQos {
    static constexpr MethodId id{60, 10};
    static constexpr std::string_view name = "basic.qos";

    std::uint32_t prefetch_size = 0;
    std::uint16_t prefetch_count = 0;
    bool global = false;

    bool operator==(const BasicQos&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.long_integer("prefetch_size", self.prefetch_size);
        fields.short_integer("prefetch_count", self.prefetch_count);
        fields.bit("global", self.global);
    }
};

struct BasicQosOk {
    static constexpr MethodId id{60, 11};
    static constexpr std::string_view name = "basic.qos-ok";

    bool operator==(const BasicQosOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

/// An empty tag asks the server to make one.
struct BasicConsume {
    static constexpr MethodId id{60, 20};
    static constexpr std::string_view name = "basic.consume";

    std::string_view queue{};
    std::string_view consumer_tag{};
    bool no_local = false;
    bool no_ack = false;
    bool exclusive = false;
    bool no_wait = false;
    Table arguments{};

    bool operator==(const BasicConsume&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("queue", self.queue);
        fields.short_string("consumer_tag", self.consumer_tag);
        fields.bit("no_local", self.no_local);
        fields.bit("no_ack", self.no_ack);
        fields.bit("exclusive", self.exclusive);
        fields.bit("no_wait", self.no_wait);
        fields.table("arguments", self.arguments);
    }
};

struct BasicConsumeOk {
    static constexpr MethodId id{60, 21};
    static constexpr std::string_view name = "basic.consume-ok";

    std::string_view consumer_tag{};

    bool operator==(const BasicConsumeOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_string("consumer_tag", self.consumer_tag);
    }
};

/// From the server (RabbitMQ): the consumer has ended, because its queue is gone.
struct BasicCancel {
    static constexpr MethodId id{60, 30};
    static constexpr std::string_view name = "basic.cancel";

    std::string_view consumer_tag{};
    bool no_wait = false;

    bool operator==(const BasicCancel&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_string("consumer_tag", self.consumer_tag);
        fields.bit("no_wait", self.no_wait);
    }
};

struct BasicCancelOk {
    static constexpr MethodId id{60, 31};
    static constexpr std::string_view name = "basic.cancel-ok";

    std::string_view consumer_tag{};

    bool operator==(const BasicCancelOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_string("consumer_tag", self.consumer_tag);
    }
};

/// Content follows.
struct BasicPublish {
    static constexpr MethodId id{60, 40};
    static constexpr std::string_view name = "basic.publish";
    static constexpr bool carries_content = true;

    std::string_view exchange{};
    std::string_view routing_key{};
    bool mandatory = false;
    bool immediate = false;

    bool operator==(const BasicPublish&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("exchange", self.exchange);
        fields.short_string("routing_key", self.routing_key);
        fields.bit("mandatory", self.mandatory);
        fields.bit("immediate", self.immediate);
    }
};

/// A mandatory message that no queue took. Content follows.
struct BasicReturn {
    static constexpr MethodId id{60, 50};
    static constexpr std::string_view name = "basic.return";
    static constexpr bool carries_content = true;

    std::uint16_t reply_code = 0;
    std::string_view reply_text{};
    std::string_view exchange{};
    std::string_view routing_key{};

    bool operator==(const BasicReturn&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_integer("reply_code", self.reply_code);
        fields.reply_text("reply_text", self.reply_text);
        fields.short_string("exchange", self.exchange);
        fields.short_string("routing_key", self.routing_key);
    }
};

/// Content follows.
struct BasicDeliver {
    static constexpr MethodId id{60, 60};
    static constexpr std::string_view name = "basic.deliver";
    static constexpr bool carries_content = true;

    std::string_view consumer_tag{};
    std::uint64_t delivery_tag = 0;
    bool redelivered = false;
    std::string_view exchange{};
    std::string_view routing_key{};

    bool operator==(const BasicDeliver&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_string("consumer_tag", self.consumer_tag);
        fields.long_long_integer("delivery_tag", self.delivery_tag);
        fields.bit("redelivered", self.redelivered);
        fields.short_string("exchange", self.exchange);
        fields.short_string("routing_key", self.routing_key);
    }
};

struct BasicGet {
    static constexpr MethodId id{60, 70};
    static constexpr std::string_view name = "basic.get";

    std::string_view queue{};
    bool no_ack = false;

    bool operator==(const BasicGet&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("queue", self.queue);
        fields.bit("no_ack", self.no_ack);
    }
};

/// Content follows.
struct BasicGetOk {
    static constexpr MethodId id{60, 71};
    static constexpr std::string_view name = "basic.get-ok";
    static constexpr bool carries_content = true;

    std::uint64_t delivery_tag = 0;
    bool redelivered = false;
    std::string_view exchange{};
    std::string_view routing_key{};
    std::uint32_t message_count = 0;

    bool operator==(const BasicGetOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.long_long_integer("delivery_tag", self.delivery_tag);
        fields.bit("redelivered", self.redelivered);
        fields.short_string("exchange", self.exchange);
        fields.short_string("routing_key", self.routing_key);
        fields.long_integer("message_count", self.message_count);
    }
};

struct BasicGetEmpty {
    static constexpr MethodId id{60, 72};
    static constexpr std::string_view name = "basic.get-empty";

    bool operator==(const BasicGetEmpty&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields& fields) {
        fields.reserved_short_string();
    }
};

/// From the server (RabbitMQ): a publisher confirm.
struct BasicAck {
    static constexpr MethodId id{60, 80};
    static constexpr std::string_view name = "basic.ack";

    std::uint64_t delivery_tag = 0;
    bool multiple = false;

    bool operator==(const BasicAck&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.long_long_integer("delivery_tag", self.delivery_tag);
        fields.bit("multiple", self.multiple);
    }
};

struct BasicReject {
    static constexpr MethodId id{60, 90};
    static constexpr std::string_view name = "basic.reject";

    std::uint64_t delivery_tag = 0;
    bool requeue = true;

    bool operator==(const BasicReject&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.long_long_integer("delivery_tag", self.delivery_tag);
        fields.bit("requeue", self.requeue);
    }
};

struct BasicRecoverAsync {
    static constexpr MethodId id{60, 100};
    static constexpr std::string_view name = "basic.recover-async";

    bool requeue = false;

    bool operator==(const BasicRecoverAsync&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.bit("requeue", self.requeue);
    }
};

struct BasicRecover {
    static constexpr MethodId id{60, 110};
    static constexpr std::string_view name = "basic.recover";

    bool requeue = false;

    bool operator==(const BasicRecover&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.bit("requeue", self.requeue);
    }
};

struct BasicRecoverOk {
    static constexpr MethodId id{60, 111};
    static constexpr std::string_view name = "basic.recover-ok";

    bool operator==(const BasicRecoverOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

/// RabbitMQ: reject for many; from the server, a publish that failed.
struct BasicNack {
    static constexpr MethodId id{60, 120};
    static constexpr std::string_view name = "basic.nack";

    std::uint64_t delivery_tag = 0;
    bool multiple = false;
    bool requeue = true;

    bool operator==(const BasicNack&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.long_long_integer("delivery_tag", self.delivery_tag);
        fields.bit("multiple", self.multiple);
        fields.bit("requeue", self.requeue);
    }
};

}  // namespace hiratake::amqp
