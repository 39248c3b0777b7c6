#include "wire/field_value.hpp"

#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "hiratake/payload/convert_chrono.hpp"

namespace hiratake::wire {
namespace {

amqp::FieldValue integer_field(std::int64_t integer) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    if (integer >= -most && integer <= most) return static_cast<std::int32_t>(integer);
    return integer;
}

std::string digits_of(amqp::Decimal decimal) {
    const auto unscaled = static_cast<std::int64_t>(decimal.unscaled);
    std::string digits = std::to_string(unscaled < 0 ? -unscaled : unscaled);
    if (decimal.scale > 0) {
        if (digits.size() <= decimal.scale) digits.insert(0, decimal.scale + 1 - digits.size(), '0');
        digits.insert(digits.size() - decimal.scale, 1, '.');
    }
    return (unscaled < 0 ? "-" : "") + digits;
}

// Beyond what the clock of C++ holds (the year 2262), the seconds themselves.
Value moment_of(amqp::Timestamp timestamp) {
    constexpr auto most = std::chrono::floor<std::chrono::seconds>(std::chrono::nanoseconds::max()).count();
    if (timestamp.seconds > static_cast<std::uint64_t>(most)) return timestamp.seconds;
    return payload::to_iso_text(
        payload::WallNanoseconds{std::chrono::seconds{static_cast<std::int64_t>(timestamp.seconds)}});
}

Array from_array(const amqp::Array& array) {
    Array values;
    values.reserve(array.items.size());
    for (const amqp::FieldValue& item : array.items) values.push_back(from_field_value(item));
    return values;
}

}  // namespace

amqp::FieldValue to_field_value(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null: return nullptr;
        case Value::Kind::boolean: return *value.get_if<bool>();
        case Value::Kind::integer: return integer_field(*value.get_if<std::int64_t>());
        case Value::Kind::big_integer: return value.get_if<BigInteger>()->digits;
        case Value::Kind::real: return *value.get_if<double>();
        case Value::Kind::string: return *value.get_if<std::string>();
        case Value::Kind::array: {
            amqp::Array array;
            for (const Value& element : *value.get_if<Array>()) array.items.push_back(to_field_value(element));
            return array;
        }
        case Value::Kind::object: return to_table(*value.get_if<Object>());
    }
    return nullptr;
}

amqp::Table to_table(const Object& object) {
    amqp::Table table;
    for (const Member& member : object) table.append(member.name, to_field_value(member.value));
    return table;
}

Value from_field_value(const amqp::FieldValue& field) {
    return std::visit(
        [](const auto& inside) -> Value {
            using T = std::decay_t<decltype(inside)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
                return nullptr;
            } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
                return inside;
            } else if constexpr (std::is_same_v<T, amqp::Decimal>) {
                return digits_of(inside);
            } else if constexpr (std::is_same_v<T, amqp::ByteArray>) {
                return inside.bytes;
            } else if constexpr (std::is_same_v<T, amqp::Array>) {
                return from_array(inside);
            } else if constexpr (std::is_same_v<T, amqp::Timestamp>) {
                return moment_of(inside);
            } else {
                static_assert(std::is_same_v<T, amqp::Table>);
                return from_table(inside);
            }
        },
        field.variant());
}

Object from_table(const amqp::Table& table) {
    std::vector<Member> members;
    members.reserve(table.size());
    for (const amqp::Field& field : table) members.push_back({field.name, from_field_value(field.value)});
    return Object(std::move(members));
}

}  // namespace hiratake::wire
