#include "hiratake/payload/serializer.hpp"

#include "hiratake/payload/content_error.hpp"
#include "hiratake/payload/json.hpp"

namespace hiratake {
namespace {

std::string encode_json(const Value& value) {
    return write_json(value);
}

}  // namespace

bool Serializer::is_json() const {
    const auto* own_encode = encode.target<std::string (*)(const Value&)>();
    const auto* own_decode = decode.target<Value (*)(std::string_view)>();
    return own_encode && *own_encode == &encode_json && own_decode && *own_decode == &parse_json;
}

Serializer json_serializer() {
    return {.name = "json",
            .content_type = "application/json",
            .content_encoding = "utf-8",
            .encode = encode_json,
            .decode = parse_json};
}

Serializer raw_serializer() {
    return {.name = "raw",
            .content_type = "application/data",
            .content_encoding = "utf-8",
            .encode =
                [](const Value& value) {
                    if (const std::string* text = value.get_if<std::string>()) return *text;
                    throw ContentError("cannot send " + std::string(describe(value.kind())) +
                                       " as application/data: the serializer 'raw' takes strings only");
                },
            .decode = [](std::string_view body) { return Value(body); }};
}

}  // namespace hiratake
