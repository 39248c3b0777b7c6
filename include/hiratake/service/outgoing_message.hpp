#pragma once

#include <string>
#include <utility>

#include "hiratake/payload/schema_function.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake {

/// A kind of message that a service sends of its own accord, as its definition declares it for the documentation.
struct OutgoingMessage {
    /// Of its protocol: "event".
    std::string kind;
    /// What the protocol adds: {"exchange": …, "routing_key": …}.
    Object details;
    /// Of what the message carries.
    SchemaFunction schema = nullptr;
    std::string text = {};

    /// One or two sentences.
    OutgoingMessage& doc(std::string words) {
        text = std::move(words);
        return *this;
    }
};

}  // namespace hiratake
