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
    MethodResult();
    MethodResult(Value value);
    /// Whatever else is one.
    template <std::convertible_to<Value> T>
    requires(!std::same_as<std::remove_cvref_t<T>, MethodResult> && !std::same_as<std::remove_cvref_t<T>, Value>)
        MethodResult(T&& value)
        : MethodResult(Value(std::forward<T>(value))) {}
    MethodResult(const MethodResult& other);
    MethodResult(MethodResult&& other) noexcept;
    MethodResult& operator=(const MethodResult& other);
    MethodResult& operator=(MethodResult&& other) noexcept;
    ~MethodResult();

    /// @param json what write_json() writes
    static MethodResult of_json(std::string json);
    /// Of a result without a JSON form: asking for it throws the error.
    static MethodResult unwritable(std::exception_ptr error);

    /// Reads the JSON, each time anew.
    Value value() const;
    /// The JSON, or a null pointer where there is none.
    const std::string* json() const;
    bool is_null() const;

  private:
    // Out of line, as all that copies or moves it, to keep the header cheap.
    using Content = std::variant<Value, std::string, std::exception_ptr>;
    explicit MethodResult(Content content);

    Content content_;
};

}  // namespace hiratake
