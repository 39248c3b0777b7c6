#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace hiratake {

class Value;
struct Member;

/// A list that holds one list is `Array{Value(inner)}`: compilers disagree on whether `Array{inner}` is that or a copy.
using Array = std::vector<Value>;

/// An integer that 64 bits with a sign do not hold, as its decimal digits with an optional minus sign before them.
struct BigInteger {
    std::string digits;
    friend bool operator==(const BigInteger&, const BigInteger&) = default;
};

/// Named values in the order of their first insertion. A name occurs once.
class Object {
  public:
    Object() noexcept;
    Object(const Object& other);
    Object(Object&& other) noexcept;
    Object& operator=(const Object& other);
    Object& operator=(Object&& other) noexcept;
    ~Object();
    /// Of several members with the same name the last value stays, at the place of the first.
    explicit Object(std::vector<Member> members);
    Object(std::initializer_list<Member> members);

    bool empty() const;
    std::size_t size() const;

    /// The value with this name, or null. Looks at one member after the other.
    const Value* find(std::string_view name) const;
    Value* find(std::string_view name);
    bool contains(std::string_view name) const { return find(name) != nullptr; }

    /// Replaces the value with this name, or adds the member at the end.
    Value& set(std::string name, Value value);
    /// Adds a member at the end without looking for one with the same name, which must not be there.
    Value& append(std::string name, Value value);
    /// Whether there was one.
    bool erase(std::string_view name);
    void reserve(std::size_t members);

    std::vector<Member>::const_iterator begin() const;
    std::vector<Member>::const_iterator end() const;
    std::vector<Member>::iterator begin();
    std::vector<Member>::iterator end();

    /// The order of the members does not matter.
    friend bool operator==(const Object& left, const Object& right);

  private:
    std::vector<Member> members_;
};

/// What JSON can say and what travels between services: null, a boolean, an integer of any size, a floating-point
/// number, a text, an array or an object. A plain value: copying copies everything below; moving is cheap and leaves
/// the source valid but unspecified.
class Value {
  public:
    enum class Kind : std::uint8_t { null, boolean, integer, big_integer, real, string, array, object };

    Value() noexcept;
    Value(std::nullptr_t) noexcept : Value() {}
    Value(std::same_as<bool> auto boolean) : Value(std::in_place, boolean) {}
    template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>) Value(T integer)
        : Value(std::in_range<std::int64_t>(integer) ? Value(std::in_place, static_cast<std::int64_t>(integer))
                                                     : Value(BigInteger{std::to_string(integer)})) {}
    template <std::floating_point T>
    Value(T real) : Value(std::in_place, static_cast<double>(real)) {}
    /// Digits that 64 bits hold become an integer. The digits must be what BigInteger says.
    Value(BigInteger integer);
    Value(std::string text);
    Value(std::string_view text) : Value(std::string(text)) {}
    Value(const char* text) : Value(std::string(text)) {}
    Value(Array array);
    Value(Object object);
    Value(const Value& other);
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other);
    Value& operator=(Value&& other) noexcept;
    ~Value();

    Kind kind() const { return static_cast<Kind>(data_.index()); }
    bool is_null() const { return kind() == Kind::null; }

    /// A pointer to what is inside, or null when it is of another kind. T: bool, std::int64_t, BigInteger, double,
    /// std::string, Array, Object.
    template <class T>
    const T* get_if() const {
        return std::get_if<T>(&data_);
    }
    template <class T>
    T* get_if() {
        return std::get_if<T>(&data_);
    }

    /// What is inside. Throws ConversionError when it is of another kind.
    bool as_bool() const;
    std::int64_t as_integer() const;
    /// Integers too.
    double as_double() const;
    const std::string& as_string() const;
    const Array& as_array() const;
    const Object& as_object() const;
    std::string& as_string();
    Array& as_array();
    Object& as_object();

    /// The integer inside when it fits in 64 bits without a sign.
    std::optional<std::uint64_t> to_unsigned() const;

    /// The member with this name, or null when there is none or this is no object.
    const Value* find(std::string_view name) const;

    /// Kinds must agree: 1 is not 1.0.
    friend bool operator==(const Value& left, const Value& right);

  private:
    // Out of line, as all that makes, copies or compares one, to keep the header cheap.
    Value(std::in_place_t, bool boolean);
    Value(std::in_place_t, std::int64_t integer);
    Value(std::in_place_t, double real);

    // In the order of Kind.
    std::variant<std::monostate, bool, std::int64_t, BigInteger, double, std::string, Array, Object> data_;
};

struct Member {
    std::string name;
    Value value;
    friend bool operator==(const Member& left, const Member& right);
};

/// The kind as people say it: "null", "a boolean", "an integer", "a number", "a string", "an array", "an object".
std::string_view describe(Value::Kind kind);

}  // namespace hiratake
