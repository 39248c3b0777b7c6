#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>

#include "hiratake/base/reflect_fields.hpp"
#include "hiratake/base/type_name.hpp"
#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/fields.hpp"
#include "hiratake/payload/read_json.hpp"
#include "hiratake/payload/readers.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/value_problem.hpp"
#include "hiratake/payload/write_json.hpp"

namespace hiratake {

/// What a struct wants done when an object lacks one of its fields. Declare it inside of the struct:
/// `static constexpr auto missing_fields = hiratake::MissingFields::keep_defaults;`
enum class MissingFields {
    /// As if it were null: an error, but for std::optional and other types that take null. The usual.
    are_null,
    /// The field keeps what its default initialiser gave it.
    keep_defaults,
};

/// What a struct wants done with members that are none of its fields. Declare it inside of the struct:
/// `static constexpr auto unknown_fields = hiratake::UnknownFields::are_errors;`
enum class UnknownFields {
    /// The usual: a newer peer may say more than an older one knows.
    are_ignored,
    are_errors,
};

/// A struct whose fields are read by reflection. std::array is none, though an aggregate in the language's sense.
template <class T>
concept Aggregate = std::is_class_v<T> && std::is_aggregate_v<T> && !requires {
    std::tuple_size<T>::value;
};

namespace payload {

template <class T>
constexpr bool keeps_defaults() {
    if constexpr (requires { T::missing_fields; }) {
        return T::missing_fields == MissingFields::keep_defaults;
    } else {
        return false;
    }
}

template <class T>
constexpr bool refuses_unknown_fields() {
    if constexpr (requires { T::unknown_fields; }) {
        return T::unknown_fields == UnknownFields::are_errors;
    } else {
        return false;
    }
}

template <class Field>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Whether a missing field of this type is read as null.
template <class Field>
bool takes_null() {
    if constexpr (is_optional<Field>) {
        return true;
    } else {
        try {
            static_cast<void>(Converter<Field>::from_value(Value{}, {}));
            return true;
        } catch (const ConversionError&) {
            return false;
        }
    }
}

template <class Field>
Field read_missing_field(const ValuePath& path) {
    try {
        return Converter<Field>::from_value(Value{}, path);
    } catch (const ConversionError& error) {
        throw ConversionError(error.path(), error.expected(), ValueProblem::missing);
    }
}

/// Throws ConversionError for a member whose name is none of `known`.
void refuse_unknown_members(const Object& object, const ValuePath& path, const std::string_view* known,
                            std::size_t count);

}  // namespace payload

/// An object with a member for each field, in order.
template <Aggregate T>
struct Converter<T> {
    static Value to_value(T aggregate) {
        Object object;
        object.reserve(reflect::field_count<T>);
        reflect::for_each_field(aggregate, [&object](std::string_view name, auto& field) {
            object.append(std::string(name), hiratake::to_value(std::move(field)));
        });
        return object;
    }

    static T from_value(Value&& value, const ValuePath& path) {
        Object object = payload::take_object(std::move(value), path);
        constexpr auto& names = reflect::field_names<T>;
        if constexpr (payload::refuses_unknown_fields<T>()) {
            payload::refuse_unknown_members(object, path, names.data(), names.size());
        }
        T aggregate{};
        reflect::for_each_field(aggregate, [&object, &path](std::string_view name, auto& field) {
            using Field = std::remove_reference_t<decltype(field)>;
            if (Value* member = object.find(name)) {
                field = Converter<Field>::from_value(std::move(*member), path.member(name));
            } else if constexpr (!payload::keeps_defaults<T>()) {
                field = payload::read_missing_field<Field>(path.member(name));
            }
        });
        return aggregate;
    }

    /// Takes each field once, and nothing else; from_value() knows what to do with others.
    static bool read_json(payload::JsonInput& input, T& aggregate) {
        if (!input.begin_object()) return false;
        // What is kept are the defaults of T, whatever it is a field of.
        if constexpr (payload::keeps_defaults<T>()) aggregate = T{};
        std::array<bool, reflect::field_count<T>> are_read{};
        std::string name;
        while (input.has_member(name)) {
            if (!read_field(input, name, aggregate, are_read.data())) return false;
        }
        const bool is_whole =
            payload::keeps_defaults<T>() || std::find(are_read.begin(), are_read.end(), false) == are_read.end();
        return is_whole && !input.has_failed();
    }

    static void write_json(payload::JsonOutput& output, T&& aggregate) {
        output.begin_object();
        reflect::for_each_field(aggregate, [&output](std::string_view name, auto& field) {
            output.member(name);
            payload::write_json(output, std::move(field));
        });
        output.end_object();
    }

    static Value schema(SchemaBuilder& schemas) {
        return schemas.definition(type_name<T>(), [&schemas] { return definition(schemas); });
    }

  private:
    static bool read_field(payload::JsonInput& input, std::string_view name, T& aggregate, bool* are_read) {
        bool has_read = false;
        std::size_t at = 0;
        reflect::for_each_field(aggregate, [&](std::string_view field_name, auto& field) {
            bool& is_read = are_read[at++];
            if (has_read || is_read || field_name != name) return;
            has_read = is_read = payload::read_json(input, field);
        });
        return has_read;
    }

    static Value definition(SchemaBuilder& schemas) {
        Object properties;
        Array required;
        T defaults{};
        reflect::for_each_field(defaults, [&](std::string_view name, auto& field) {
            using Field = std::remove_reference_t<decltype(field)>;
            Value& property = properties.append(std::string(name), schemas.of<Field>());
            if constexpr (payload::keeps_defaults<T>()) {
                property.as_object().set("default", hiratake::to_value(std::move(field)));
            } else if (!payload::takes_null<Field>()) {
                required.emplace_back(name);
            }
        });
        Object schema{{"type", "object"}, {"properties", std::move(properties)}};
        if (!required.empty()) schema.set("required", std::move(required));
        if constexpr (payload::refuses_unknown_fields<T>()) schema.set("additionalProperties", false);
        if constexpr (DescribesFields<T>) {
            Fields fields;
            T::describe(fields);
            fields.add_to(schema, type_name<T>(), schemas);
        }
        return schema;
    }
};

}  // namespace hiratake
