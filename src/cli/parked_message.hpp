#pragma once

#include <string>
#include <vector>

#include "hiratake/client/delivery.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::cli {

/// What is known of a parked message, for people and, as JSON, for programs.
struct ParkedMessage {
    /// Throws client::ConnectionError for properties that are no AMQP.
    explicit ParkedMessage(const client::Delivery& delivery);

    /// Empty for a message that no service of Hiratake has parked.
    std::string id;
    /// Where it belongs; empty as above.
    std::string queue;
    std::string handler;
    std::string error_type;
    std::string error_message;
    std::string first_failed_at;
    std::string last_failed_at;
    std::string exchange;
    std::string routing_key;
    std::int64_t attempts = 0;
    /// Those that were there before it was parked.
    Object headers;
    std::string content_type;
    std::string body;
    /// What its handler calls sensitive in the body: "card.number".
    std::vector<std::string> sensitive;

    /// The body with a mask where something is sensitive; all of it is masked where it is no JSON.
    std::string shown_body() const;

    /// One line of a list.
    std::string line() const;
    static std::string heading();
    /// Everything, on several lines.
    /// @param reveals what is sensitive
    std::string text(bool reveals) const;
    /// Everything, as an object. The body is a text.
    Value to_value(bool reveals) const;
};

}  // namespace hiratake::cli
