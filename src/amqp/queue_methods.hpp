#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/method_id.hpp"
#include "hiratake/amqp/table.hpp"

// The methods of class queue: declaring, binding, purging and deleting queues.
// Each is one field list, describe(): encoding, decoding, printing and copying follow from it. Strings are views.

namespace hiratake::amqp {

/// An empty name asks the server to make one.
struct QueueDeclare {
    static constexpr MethodId id{50, 10};
    static constexpr std::string_view name = "queue.declare";

    std::string_view queue{};
    bool passive = false;
    bool durable = false;
    bool exclusive = false;
    bool auto_delete = false;
    bool no_wait = false;
    Table arguments{};

    bool operator==(const QueueDeclare&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("queue", self.queue);
        fields.bit("passive", self.passive);
        fields.bit("durable", self.durable);
        fields.bit("exclusive", self.exclusive);
        fields.bit("auto_delete", self.auto_delete);
        fields.bit("no_wait", self.no_wait);
        fields.table("arguments", self.arguments);
    }
};

struct QueueDeclareOk {
    static constexpr MethodId id{50, 11};
    static constexpr std::string_view name = "queue.declare-ok";

    std::string_view queue{};
    std::uint32_t message_count = 0;
    std::uint32_t consumer_count = 0;

    bool operator==(const QueueDeclareOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.short_string("queue", self.queue);
        fields.long_integer("message_count", self.message_count);
        fields.long_integer("consumer_count", self.consumer_count);
    }
};

struct QueueBind {
    static constexpr MethodId id{50, 20};
    static constexpr std::string_view name = "queue.bind";

    std::string_view queue{};
    std::string_view exchange{};
    std::string_view routing_key{};
    bool no_wait = false;
    Table arguments{};

    bool operator==(const QueueBind&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("queue", self.queue);
        fields.short_string("exchange", self.exchange);
        fields.short_string("routing_key", self.routing_key);
        fields.bit("no_wait", self.no_wait);
        fields.table("arguments", self.arguments);
    }
};

struct QueueBindOk {
    static constexpr MethodId id{50, 21};
    static constexpr std::string_view name = "queue.bind-ok";

    bool operator==(const QueueBindOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

struct QueuePurge {
    static constexpr MethodId id{50, 30};
    static constexpr std::string_view name = "queue.purge";

    std::string_view queue{};
    bool no_wait = false;

    bool operator==(const QueuePurge&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("queue", self.queue);
        fields.bit("no_wait", self.no_wait);
    }
};

struct QueuePurgeOk {
    static constexpr MethodId id{50, 31};
    static constexpr std::string_view name = "queue.purge-ok";

    std::uint32_t message_count = 0;

    bool operator==(const QueuePurgeOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.long_integer("message_count", self.message_count);
    }
};

struct QueueDelete {
    static constexpr MethodId id{50, 40};
    static constexpr std::string_view name = "queue.delete";

    std::string_view queue{};
    bool if_unused = false;
    bool if_empty = false;
    bool no_wait = false;

    bool operator==(const QueueDelete&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("queue", self.queue);
        fields.bit("if_unused", self.if_unused);
        fields.bit("if_empty", self.if_empty);
        fields.bit("no_wait", self.no_wait);
    }
};

struct QueueDeleteOk {
    static constexpr MethodId id{50, 41};
    static constexpr std::string_view name = "queue.delete-ok";

    std::uint32_t message_count = 0;

    bool operator==(const QueueDeleteOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.long_integer("message_count", self.message_count);
    }
};

struct QueueUnbind {
    static constexpr MethodId id{50, 50};
    static constexpr std::string_view name = "queue.unbind";

    std::string_view queue{};
    std::string_view exchange{};
    std::string_view routing_key{};
    Table arguments{};

    bool operator==(const QueueUnbind&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("queue", self.queue);
        fields.short_string("exchange", self.exchange);
        fields.short_string("routing_key", self.routing_key);
        fields.table("arguments", self.arguments);
    }
};

struct QueueUnbindOk {
    static constexpr MethodId id{50, 51};
    static constexpr std::string_view name = "queue.unbind-ok";

    bool operator==(const QueueUnbindOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

}  // namespace hiratake::amqp
