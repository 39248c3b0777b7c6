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

    Value() = default;
    Value(std::nullptr_t) {}
    Value(std::same_as<bool> auto boolean) : data_(boolean) {}
    template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>) Value(T integer) {
        if (std::in_range<std::int64_t>(integer)) {
            data_ = static_cast<std::int64_t>(integer);
        } else {
            data_ = BigInteger{std::to_string(integer)};
        }
    }
    template <std::floating_point T>
    Value(T real) : data_(static_cast<double>(real)) {}
    /// Digits that 64 bits hold become an integer. The digits must be what BigInteger says.
    Value(BigInteger integer);
    Value(std::string text) : data_(std::move(text)) {}
    Value(std::string_view text) : data_(std::string(text)) {}
    Value(const char* text) : data_(std::string(text)) {}
    Value(Array array) : data_(std::move(array)) {}
    Value(Object object) : data_(std::move(object)) {}

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
    friend bool operator==(const Value& left, const Value& right) { return left.data_ == right.data_; }

  private:
    // In the order of Kind.
    std::variant<std::monostate, bool, std::int64_t, BigInteger, double, std::string, Array, Object> data_;
};

struct Member {
    std::string name;
    Value value;
    friend bool operator==(const Member&, const Member&) = default;
};

/// The kind as people say it: "null", "a boolean", "an integer", "a number", "a string", "an array", "an object".
std::string_view describe(Value::Kind kind);

// These need the complete Member.
inline Object::Object() noexcept = default;
inline Object::Object(const Object& other) = default;
inline Object::Object(Object&& other) noexcept = default;
inline Object& Object::operator=(const Object& other) = default;
inline Object& Object::operator=(Object&& other) noexcept = default;
inline Object::~Object() = default;
inline bool Object::empty() const {
    return members_.empty();
}
inline std::size_t Object::size() const {
    return members_.size();
}
inline void Object::reserve(std::size_t members) {
    members_.reserve(members);
}
inline std::vector<Member>::const_iterator Object::begin() const {
    return members_.begin();
}
inline std::vector<Member>::const_iterator Object::end() const {
    return members_.end();
}
inline std::vector<Member>::iterator Object::begin() {
    return members_.begin();
}
inline std::vector<Member>::iterator Object::end() {
    return members_.end();
}

}  // namespace hiratake
