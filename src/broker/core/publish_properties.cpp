#include "broker/core/publish_properties.hpp"

#include <fmt/core.h>

#include <charconv>
#include <system_error>

#include "amqp/properties.hpp"
#include "amqp/table_codec.hpp"

namespace hiratake::broker::core {
namespace {

MaybeFault append_copies(PublishProperties& properties, std::string_view header) {
    amqp::DecodeError error = amqp::DecodeError::none;
    const auto value = amqp::find_encoded(properties.encoded_headers, header, error);
    if (!value) return std::nullopt;
    const amqp::Array* keys = value->as_array();
    if (!keys) {
        return precondition_failed(
            fmt::format("invalid message: {{unacceptable_type_in_header,\"{}\",{}}}", header, value->type_name()));
    }
    for (const amqp::FieldValue& key : keys->items) {
        const auto text = key.as_string();
        if (!text) {
            return precondition_failed(
                fmt::format("invalid message: {{unacceptable_type_in_header,\"{}\",{}}}", header, key.type_name()));
        }
        properties.copies.emplace_back(*text);
    }
    if (header == "BCC") properties.has_blind_copies = true;
    return std::nullopt;
}

template <class Change>
std::string rewritten(std::string_view encoded, Change change) {
    amqp::Properties properties;
    static_cast<void>(amqp::decode_properties(encoded, properties));
    change(properties);
    std::string out;
    amqp::encode_properties(out, properties, amqp::Letters::exact);
    return out;
}

}  // namespace

Outcome<PublishProperties> read_publish_properties(std::string_view encoded) {
    amqp::Properties properties;
    PublishProperties result;
    amqp::DecodeError error = amqp::scan_properties(encoded, properties, result.encoded_headers);
    if (error == amqp::DecodeError::none && !result.encoded_headers.empty()) {
        // Looking for a name that is not there reads, and so checks, the whole table.
        static_cast<void>(amqp::find_encoded(result.encoded_headers, {}, error));
    }
    if (error != amqp::DecodeError::none) return internal_error();
    result.facts.persistent = properties.delivery_mode == amqp::persistent_delivery_mode;
    result.facts.priority = properties.priority.value_or(0);
    result.user_id = properties.user_id;
    result.reply_to = properties.reply_to;
    result.expiration = properties.expiration;
    return result;
}

MaybeFault check_expiration(PublishProperties& properties) {
    if (!properties.expiration) return std::nullopt;
    const std::string_view text = *properties.expiration;
    const auto refused = [text](std::string_view why) {
        return precondition_failed(fmt::format("invalid expiration '{}': {}", text, why));
    };
    std::int64_t milliseconds = 0;
    const std::string_view digits = text.substr(text.substr(0, 1) == "+" ? 1 : 0);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), milliseconds);
    if (error == std::errc::invalid_argument) return refused("no_integer");
    const std::string_view rest = digits.substr(static_cast<std::size_t>(end - digits.data()));
    if (!rest.empty()) return refused(fmt::format("{{leftover_string,\"{}\"}}", rest));
    if (error == std::errc::result_out_of_range || milliseconds > longest_expiration_ms) {
        return refused(fmt::format("{{value_too_large,{}}}", digits));
    }
    if (milliseconds < 0) return refused(fmt::format("{{value_negative,{}}}", milliseconds));
    properties.facts.expiration = std::chrono::milliseconds{milliseconds};
    return std::nullopt;
}

MaybeFault read_copies(PublishProperties& properties) {
    if (properties.encoded_headers.empty()) return std::nullopt;
    if (MaybeFault fault = append_copies(properties, "CC")) return fault;
    return append_copies(properties, "BCC");
}

std::string without_blind_copies(std::string_view encoded) {
    return rewritten(encoded, [](amqp::Properties& properties) { properties.headers->erase("BCC"); });
}

std::string with_reply_to(std::string_view encoded, std::string_view reply_to) {
    return rewritten(encoded, [reply_to](amqp::Properties& properties) { properties.reply_to = reply_to; });
}

}  // namespace hiratake::broker::core
