#include "hiratake/payload/readers.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "hiratake/payload/conversion_error.hpp"
#include "hiratake/payload/convert_aggregate.hpp"
#include "hiratake/payload/typed_value.hpp"
#include "payload/base64.hpp"

namespace hiratake::payload {
namespace {

template <class Limit>
std::string integer_between(Limit min, Limit max) {
    return "an integer from " + std::to_string(min) + " to " + std::to_string(max);
}

// An integer that does not fit is named, so that the reader of the error sees how far off it is.
[[noreturn]] void throw_out_of_range(const Value& value, const ValuePath& path, std::string expected) {
    if (const auto* integer = value.get_if<std::int64_t>()) {
        throw ConversionError(path.to_string(), std::move(expected), "got " + std::to_string(*integer));
    }
    throw ConversionError(path, std::move(expected), value);
}

std::string one_of(const std::vector<std::string_view>& names) {
    std::string text = "one of";
    for (const std::string_view name : names) text.append(name == names.front() ? " '" : ", '").append(name) += '\'';
    return text;
}

template <class T>
T take(Value&& value, const ValuePath& path, const char* expected) {
    if (T* inside = value.get_if<T>()) return std::move(*inside);
    throw ConversionError(path, expected, value);
}

}  // namespace

bool read_bool(const Value& value, const ValuePath& path) {
    if (const bool* boolean = value.get_if<bool>()) return *boolean;
    throw ConversionError(path, "a boolean", value);
}

std::int64_t read_integer(const Value& value, const ValuePath& path, std::int64_t min, std::int64_t max) {
    const auto* integer = value.get_if<std::int64_t>();
    if (!integer && !value.get_if<BigInteger>()) throw ConversionError(path, "an integer", value);
    if (!integer || *integer < min || *integer > max) throw_out_of_range(value, path, integer_between(min, max));
    return *integer;
}

std::uint64_t read_unsigned(const Value& value, const ValuePath& path, std::uint64_t max) {
    if (!value.get_if<std::int64_t>() && !value.get_if<BigInteger>()) throw ConversionError(path, "an integer", value);
    const auto integer = value.to_unsigned();
    if (!integer || *integer > max) throw_out_of_range(value, path, integer_between(std::uint64_t{0}, max));
    return *integer;
}

double read_double(const Value& value, const ValuePath& path) {
    switch (value.kind()) {
        case Value::Kind::integer:
        case Value::Kind::big_integer:
        case Value::Kind::real: return value.as_double();
        case Value::Kind::object: {
            const auto text = text_of_typed_value(value);
            double number = 0;
            if (!text) break;
            const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
            if (error == std::errc{} && end == text->data() + text->size()) return number;
            break;
        }
        default: break;
    }
    throw ConversionError(path, "a number", value);
}

std::string take_string(Value&& value, const ValuePath& path) {
    if (value.kind() == Value::Kind::object) {
        if (auto text = text_of_typed_value(value)) return *std::move(text);
    }
    return take<std::string>(std::move(value), path, "a string");
}

Array take_array(Value&& value, const ValuePath& path) {
    return take<Array>(std::move(value), path, "an array");
}

Array take_array_of(Value&& value, const ValuePath& path, std::size_t size) {
    Array array = take_array(std::move(value), path);
    if (array.size() == size) return array;
    throw ConversionError(path.to_string(),
                          "an array of " + std::to_string(size) + (size == 1 ? " element" : " elements"),
                          "got " + std::to_string(array.size()));
}

Object take_object(Value&& value, const ValuePath& path) {
    return take<Object>(std::move(value), path, "an object");
}

Value wrap_bytes(const std::byte* bytes, std::size_t size) {
    return typed_value("base64", encode_base64({reinterpret_cast<const char*>(bytes), size}));
}

std::size_t read_choice(const Value& value, const ValuePath& path, const std::vector<std::string_view>& names) {
    const std::string* text = value.get_if<std::string>();
    for (std::size_t i = 0; text && i < names.size(); ++i) {
        if (names[i] == *text) return i;
    }
    if (text) throw ConversionError(path.to_string(), one_of(names), "got '" + *text + "'");
    throw ConversionError(path, one_of(names), value);
}

void refuse_unknown_members(const Object& object, const ValuePath& path, const std::string_view* known,
                            std::size_t count) {
    const std::vector<std::string_view> known_names(known, known + count);
    for (const Member& member : object) {
        const bool found = std::find(known_names.begin(), known_names.end(), member.name) != known_names.end();
        if (!found)
            throw ConversionError(path.member(member.name).to_string(), one_of(known_names), "the name is unknown");
    }
}

}  // namespace hiratake::payload
