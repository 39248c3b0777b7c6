#include "hiratake/payload/serializer.hpp"

#include "hiratake/payload/content_error.hpp"
#include "hiratake/payload/json.hpp"

namespace hiratake {

Serializer json_serializer() {
    return {.name = "json",
            .content_type = "application/json",
            .content_encoding = "utf-8",
            .encode = [](const Value& value) { return write_json(value); },
            .decode = parse_json,
            .is_json = true};
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
