#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "hiratake/base/method_name.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/payload/method_result.hpp"
#include "hiratake/payload/method_traits.hpp"
#include "hiratake/payload/signature.hpp"

namespace hiratake::payload {

/// Holds the converted arguments of one call of a method.
template <auto method>
using ArgumentsOf = typename MethodTraits<decltype(method)>::Arguments;

/// Throws ConfigurationError: `names` parameter names were given for a method that has `arity` parameters.
[[noreturn]] void refuse_parameter_count(std::string_view method_name, std::size_t arity, std::size_t names);

/// The parameters that the fields of a struct stand for.
template <Aggregate T>
std::vector<Parameter> parameters_of_fields() {
    std::vector<Parameter> parameters;
    T defaults{};
    reflect::for_each_field(defaults, [&parameters](std::string_view name, auto& field) {
        using Field = std::remove_reference_t<decltype(field)>;
        if constexpr (keeps_defaults<T>()) {
            parameters.emplace_back(std::string(name), to_value(std::move(field)));
        } else if constexpr (is_optional<Field>) {
            parameters.emplace_back(std::string(name), Value{});
        } else {
            parameters.emplace_back(std::string(name));
        }
        parameters.back().type_schema = &schema_of<Field>;
    });
    return parameters;
}

/// What makes the schema of a result; null for a type without a JSON form.
template <class Result>
constexpr SchemaFunction schema_of_result() {
    using T = std::decay_t<Result>;
    if constexpr (std::is_void_v<T>) {
        return &schema_of<std::nullptr_t>;
    } else if constexpr (HasConverter<T>) {
        return &schema_of<T>;
    } else {
        return nullptr;
    }
}

template <class... Arguments>
void add_type_schemas(std::vector<Parameter>& parameters, std::type_identity<std::tuple<Arguments...>>) {
    const SchemaFunction functions[] = {&schema_of<Arguments>..., nullptr};
    for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i].type_schema = functions[i];
}

/// The signature of a method. `parameters` name its C++ parameters, one for each; a method whose only parameter is a
/// struct may leave them out, and then takes the struct's fields as its arguments. Throws ConfigurationError when the
/// counts differ.
/// @tparam has_result_schema false for a method whose result is no payload
template <auto method, bool has_result_schema = true>
Signature signature_of(std::vector<Parameter> parameters, std::string name = std::string(method_name<method>())) {
    using Traits = MethodTraits<decltype(method)>;
    SignatureTypes types;
    if constexpr (has_result_schema) types.result = schema_of_result<typename Traits::Result>();
    if constexpr (Traits::arity == 1) {
        using Only = std::tuple_element_t<0, typename Traits::Arguments>;
        if constexpr (Aggregate<Only>) {
            if (parameters.empty()) {
                types.whole = &schema_of<Only>;
                return {std::move(name), parameters_of_fields<Only>(), Signature::Form::one_struct, std::move(types)};
            }
        }
    }
    if (parameters.size() != Traits::arity) refuse_parameter_count(name, Traits::arity, parameters.size());
    add_type_schemas(parameters, std::type_identity<typename Traits::Arguments>{});
    return {std::move(name), std::move(parameters), Signature::Form::separate, std::move(types)};
}

/// The arguments in C++ types, from what Signature::bind() returned. Throws ArgumentError, which names the argument and
/// the place in it, for one of the wrong type.
template <auto method>
ArgumentsOf<method> read_arguments(const Signature& signature, Array values) {
    []<class... T>(std::type_identity<std::tuple<T...>>) {
        static_assert(
            (HasConverter<T> && ...),
            "a parameter's type has no JSON form: make it an aggregate, or specialise hiratake::Converter for it");
    }(std::type_identity<ArgumentsOf<method>>{});
    try {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            [[maybe_unused]] const ValuePath root;
            [[maybe_unused]] const auto path_of = [&](std::size_t i) {
                const std::string_view name = signature.argument_name(i);
                return name.empty() ? ValuePath{} : root.member(name);
            };
            // Braces, because they fix the order: the first wrong argument is the one that is reported.
            return ArgumentsOf<method>{Converter<std::tuple_element_t<I, ArgumentsOf<method>>>::from_value(
                std::move(values[I]), path_of(I))...};
        }
        (std::make_index_sequence<std::tuple_size_v<ArgumentsOf<method>>>{});
    } catch (const ConversionError& error) {
        throw signature.argument_error(error);
    }
}

/// Reads the arguments straight from a JSON array with one of them for each C++ parameter. False where bind() and
/// read_arguments() have to look at them: what is wrong, left out, or bound by rules beyond its type.
/// @param depth how many arrays and objects the array lies inside of
template <class Arguments>
bool read_json_arguments(const Signature& signature, std::string_view array, std::size_t depth, Arguments& arguments) {
    return !signature.has_rules_beyond_types() && signature.may_be_parameters(array) &&
           read_json_text(array, arguments, depth);
}

/// Calls the method and returns what it returns.
template <auto method, class Object>
decltype(auto) call_with(Object& object, ArgumentsOf<method>&& arguments) {
    using Traits = MethodTraits<decltype(method)>;
    const auto call = [&]<std::size_t... I>(std::index_sequence<I...>)->decltype(auto) {
        return (object.*
                method)(static_cast<std::tuple_element_t<I, typename Traits::Declared>&&>(std::get<I>(arguments))...);
    };
    return call(std::make_index_sequence<Traits::arity>{});
}

/// Calls the method and returns its result as a value: null for void. What the method throws is not caught.
template <auto method, class Object>
Value call_method(Object& object, ArgumentsOf<method> arguments) {
    if constexpr (std::is_void_v<typename MethodTraits<decltype(method)>::Result>) {
        call_with<method>(object, std::move(arguments));
        return {};
    } else {
        return to_value(call_with<method>(object, std::move(arguments)));
    }
}

/// As call_method(), with the result straight to JSON where its type has a writer; one that has no JSON form throws
/// JsonError when it is asked for.
/// @param depth how many arrays and objects the result will lie inside of
template <auto method, class Object>
MethodResult call_method_for_json(Object& object, ArgumentsOf<method> arguments, JsonStyle style = JsonStyle::python,
                                  std::size_t depth = 0) {
    using Result = std::decay_t<typename MethodTraits<decltype(method)>::Result>;
    if constexpr (!HasJsonWriter<Result>) {
        return call_method<method>(object, std::move(arguments));
    } else {
        Result result = call_with<method>(object, std::move(arguments));
        std::string json;
        try {
            JsonOutput output(json, style, depth);
            write_json(output, std::move(result));
        } catch (const JsonError&) {
            return MethodResult::unwritable(std::current_exception());
        }
        return MethodResult::of_json(std::move(json));
    }
}

/// read_arguments() and call_method() in one.
template <auto method, class Object>
Value invoke(Object& object, const Signature& signature, Array values) {
    return call_method<method>(object, read_arguments<method>(signature, std::move(values)));
}

}  // namespace hiratake::payload
