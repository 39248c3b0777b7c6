#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/method_id.hpp"
#include "hiratake/amqp/table.hpp"

// The methods of class exchange: declaring and binding exchanges.
// Each is one field list, describe(): encoding, decoding, printing and copying follow from it. Strings are views.

namespace hiratake::amqp {

struct ExchangeDeclare {
    static constexpr MethodId id{40, 10};
    static constexpr std::string_view name = "exchange.declare";

    std::string_view exchange{};
    std::string_view type = "direct";
    bool passive = false;
    bool durable = false;
    bool auto_delete = false;
    bool internal = false;
    bool no_wait = false;
    Table arguments{};

    bool operator==(const ExchangeDeclare&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("exchange", self.exchange);
        fields.short_string("type", self.type);
        fields.bit("passive", self.passive);
        fields.bit("durable", self.durable);
        fields.bit("auto_delete", self.auto_delete);
        fields.bit("internal", self.internal);
        fields.bit("no_wait", self.no_wait);
        fields.table("arguments", self.arguments);
    }
};

struct ExchangeDeclareOk {
    static constexpr MethodId id{40, 11};
    static constexpr std::string_view name = "exchange.declare-ok";

    bool operator==(const ExchangeDeclareOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

struct ExchangeDelete {
    static constexpr MethodId id{40, 20};
    static constexpr std::string_view name = "exchange.delete";

    std::string_view exchange{};
    bool if_unused = false;
    bool no_wait = false;

    bool operator==(const ExchangeDelete&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("exchange", self.exchange);
        fields.bit("if_unused", self.if_unused);
        fields.bit("no_wait", self.no_wait);
    }
};

struct ExchangeDeleteOk {
    static constexpr MethodId id{40, 21};
    static constexpr std::string_view name = "exchange.delete-ok";

    bool operator==(const ExchangeDeleteOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

/// RabbitMQ: messages flow from the exchange `source` to the exchange `destination`.
struct ExchangeBind {
    static constexpr MethodId id{40, 30};
    static constexpr std::string_view name = "exchange.bind";

    std::string_view destination{};
    std::string_view source{};
    std::string_view routing_key{};
    bool no_wait = false;
    Table arguments{};

    bool operator==(const ExchangeBind&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("destination", self.destination);
        fields.short_string("source", self.source);
        fields.short_string("routing_key", self.routing_key);
        fields.bit("no_wait", self.no_wait);
        fields.table("arguments", self.arguments);
    }
};

struct ExchangeBindOk {
    static constexpr MethodId id{40, 31};
    static constexpr std::string_view name = "exchange.bind-ok";

    bool operator==(const ExchangeBindOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

/// RabbitMQ: undoes a bind with the same routing key and arguments.
struct ExchangeUnbind {
    static constexpr MethodId id{40, 40};
    static constexpr std::string_view name = "exchange.unbind";

    std::string_view destination{};
    std::string_view source{};
    std::string_view routing_key{};
    bool no_wait = false;
    Table arguments{};

    bool operator==(const ExchangeUnbind&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.reserved_short_integer();
        fields.short_string("destination", self.destination);
        fields.short_string("source", self.source);
        fields.short_string("routing_key", self.routing_key);
        fields.bit("no_wait", self.no_wait);
        fields.table("arguments", self.arguments);
    }
};

struct ExchangeUnbindOk {
    static constexpr MethodId id{40, 51};
    static constexpr std::string_view name = "exchange.unbind-ok";

    bool operator==(const ExchangeUnbindOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

}  // namespace hiratake::amqp
