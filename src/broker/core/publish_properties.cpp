#include "broker/core/publish_properties.hpp"

#include <fmt/core.h>

#include <charconv>
#include <system_error>

#include "amqp/properties.hpp"

namespace hiratake::broker::core {
namespace {

MaybeFault append_copies(PublishProperties& properties, std::string_view header,
                         const std::optional<amqp::FieldView>& field) {
    if (!field) return std::nullopt;
    amqp::FieldValue value;
    if (field->decode(value) != amqp::DecodeError::none) return internal_error();
    const amqp::Array* keys = value.as_array();
    if (!keys) {
        return precondition_failed(
            fmt::format("invalid message: {{unacceptable_type_in_header,\"{}\",{}}}", header, value.type_name()));
    }
    for (const amqp::FieldValue& key : keys->items) {
        const auto text = key.as_string();
        if (!text) {
            return precondition_failed(
                fmt::format("invalid message: {{unacceptable_type_in_header,\"{}\",{}}}", header, key.type_name()));
        }
        properties.copies.emplace_back(*text);
    }
    return std::nullopt;
}

template <class Change>
amqp::ByteBuffer rewritten(std::string_view encoded, Change change) {
    amqp::Properties properties;
    static_cast<void>(amqp::decode_properties(encoded, properties));
    change(properties);
    amqp::ByteBuffer out;
    amqp::encode_properties(out, properties, amqp::Letters::exact);
    return out;
}

}  // namespace

Outcome<PublishProperties> read_publish_properties(std::string_view encoded) {
    amqp::Properties properties;
    PublishProperties result;
    if (amqp::scan_properties(encoded, properties) != amqp::DecodeError::none) return internal_error();
    const auto headers = amqp::TableView{properties.encoded_headers};
    const amqp::DecodeError error = headers.for_each([&](std::string_view name, const amqp::FieldView& field) {
        if (name == "CC" && !result.carbon_copies) result.carbon_copies = field;
        if (name == "BCC" && !result.blind_copies) result.blind_copies = field;
    });
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
    if (MaybeFault fault = append_copies(properties, "CC", properties.carbon_copies)) return fault;
    return append_copies(properties, "BCC", properties.blind_copies);
}

amqp::ByteBuffer without_blind_copies(std::string_view encoded) {
    return rewritten(encoded, [](amqp::Properties& properties) { properties.headers->erase("BCC"); });
}

amqp::ByteBuffer with_reply_to(std::string_view encoded, std::string_view reply_to) {
    return rewritten(encoded, [reply_to](amqp::Properties& properties) { properties.reply_to = reply_to; });
}

}  // namespace hiratake::broker::core
