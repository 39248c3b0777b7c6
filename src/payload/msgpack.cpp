#include <fmt/core.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hiratake/payload/content_error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/payload/serializer.hpp"
#include "payload/utf8.hpp"

namespace hiratake {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(std::string_view reason) {
    throw ContentError(fmt::format("MessagePack: {}", reason));
}

void enter(std::size_t depth) {
    if (depth > max_json_depth) refuse(fmt::format("more than {} levels of nesting", max_json_depth));
}

Json to_json(const Value& value, std::size_t depth = 0);

// Bytes that are no text are the `bin` of the format: readers take its `str` for UTF-8.
Json text_to_json(const std::string& text) {
    if (payload::is_utf8(text)) return text;
    return Json::binary(std::vector<std::uint8_t>(text.begin(), text.end()));
}

Json object_to_json(const Object& object, std::size_t depth) {
    enter(depth);
    Json json = Json::object();
    for (const Member& member : object) {
        // Not by operator[], which looks for the name.
        json.get_ref<Json::object_t&>().emplace_back(member.name, to_json(member.value, depth));
    }
    return json;
}

Json array_to_json(const Array& array, std::size_t depth) {
    enter(depth);
    Json json = Json::array();
    for (const Value& item : array) json.push_back(to_json(item, depth));
    return json;
}

Json integer_to_json(const Value& value) {
    if (const auto number = value.to_unsigned()) return *number;
    refuse(fmt::format("it has no room for the integer {}; send it as a string", value.get_if<BigInteger>()->digits));
}

Json to_json(const Value& value, std::size_t depth) {
    switch (value.kind()) {
        case Value::Kind::null: return nullptr;
        case Value::Kind::boolean: return value.as_bool();
        case Value::Kind::integer: return value.as_integer();
        case Value::Kind::big_integer: return integer_to_json(value);
        case Value::Kind::real: return value.as_double();
        case Value::Kind::string: return text_to_json(value.as_string());
        case Value::Kind::array: return array_to_json(value.as_array(), depth + 1);
        case Value::Kind::object: return object_to_json(value.as_object(), depth + 1);
    }
    return nullptr;
}

std::string encode(const Value& value) {
    std::string body;
    Json::to_msgpack(to_json(value), body);
    return body;
}

/// Builds a value from what the reader says it has read. Its functions are those of nlohmann's SAX interface.
class ValueBuilder final : public nlohmann::json_sax<Json> {
  public:
    Value take() { return std::move(root_); }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, const string_t&) override { return add(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t& value) override {
        if (value.has_subtype()) refuse(fmt::format("the extension type {} is unknown", value.subtype()));
        return add(std::string(value.begin(), value.end()));
    }
    bool start_object(std::size_t) override { return open(false); }
    bool start_array(std::size_t) override { return open(true); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        open_.back().name = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
        refuse(fmt::format("at byte {}: {}", position, error.what()));
    }

  private:
    /// An array or object that has not ended yet.
    struct Open {
        bool is_array;
        std::string name = {};
        Array items = {};
        std::vector<Member> members = {};
    };

    bool add(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (Open& open = open_.back(); open.is_array) {
            open.items.push_back(std::move(value));
        } else {
            open.members.push_back({std::move(open.name), std::move(value)});
        }
        return true;
    }
    // The reader descends once for each level.
    bool open(bool is_array) {
        open_.push_back({is_array});
        enter(open_.size());
        return true;
    }
    bool close() {
        Open ended = std::move(open_.back());
        open_.pop_back();
        if (ended.is_array) return add(std::move(ended.items));
        return add(Object(std::move(ended.members)));
    }

    Value root_;
    std::vector<Open> open_;
};

Value decode(std::string_view body) {
    ValueBuilder builder;
    Json::sax_parse(body.begin(), body.end(), &builder, Json::input_format_t::msgpack);
    return builder.take();
}

}  // namespace

Serializer msgpack_serializer() {
    return {.name = "msgpack",
            .content_type = "application/x-msgpack",
            .content_encoding = "binary",
            .encode = encode,
            .decode = decode};
}

}  // namespace hiratake
