#pragma once

#include <string_view>

#include "amqp/method_id.hpp"

// The methods of class confirm: publisher confirms, an extension of RabbitMQ.
// Each is one field list, describe(): encoding, decoding, printing and copying follow from it. Strings are views.

namespace hiratake::amqp {

struct ConfirmSelect {
    static constexpr MethodId id{85, 10};
    static constexpr std::string_view name = "confirm.select";

    bool no_wait = false;

    bool operator==(const ConfirmSelect&) const = default;
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.bit("no_wait", self.no_wait);
    }
};

struct ConfirmSelectOk {
    static constexpr MethodId id{85, 11};
    static constexpr std::string_view name = "confirm.select-ok";

    bool operator==(const ConfirmSelectOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

}  // namespace hiratake::amqp
