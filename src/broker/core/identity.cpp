#include "broker/core/identity.hpp"

#include <fmt/core.h>

namespace hiratake::broker::core {

amqp::Table server_properties(const Identity& identity) {
    const std::string own_name = fmt::format("Hiratake {}", identity.own_version);
    return {{"capabilities", amqp::Table{{"publisher_confirms", true},
                                         {"exchange_exchange_bindings", true},
                                         {"basic.nack", true},
                                         {"consumer_cancel_notify", true},
                                         {"connection.blocked", true},
                                         {"consumer_priorities", true},
                                         {"authentication_failure_close", true},
                                         {"per_consumer_qos", true},
                                         {"direct_reply_to", true}}},
            {"cluster_name", identity.cluster_name},
            {"copyright", "Hiratake's authors, MIT license"},
            {"information", "Hiratake's embedded broker, which stands in for the product and version given here"},
            {"platform", "C++20"},
            {"product", identity.product},
            {"version", identity.version},
            {"embedded_broker", own_name}};
}

}  // namespace hiratake::broker::core
