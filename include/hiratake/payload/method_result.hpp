#pragma once

#include <concepts>
#include <exception>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// What a method returned: a value, or the JSON that its result was written as straight away.
class MethodResult {
  public:
    /// Null.
    MethodResult() = default;
    template <std::convertible_to<Value> T>
    requires(!std::same_as<std::remove_cvref_t<T>, MethodResult>) MethodResult(T&& value)
        : content_(std::in_place_type<Value>, std::forward<T>(value)) {}
    /// @param json what write_json() writes
    static MethodResult of_json(std::string json) { return MethodResult{Content{std::move(json)}}; }
    /// Of a result without a JSON form: asking for it throws the error.
    static MethodResult unwritable(std::exception_ptr error) { return MethodResult{Content{std::move(error)}}; }

    /// Reads the JSON, each time anew.
    Value value() const;
    /// The JSON, or a null pointer where there is none.
    const std::string* json() const;
    bool is_null() const;

  private:
    using Content = std::variant<Value, std::string, std::exception_ptr>;
    explicit MethodResult(Content content) : content_(std::move(content)) {}

    Content content_;
};

}  // namespace hiratake
