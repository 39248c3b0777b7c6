#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace hiratake::amqp {

class FieldValue;

/// A decimal number, unscaled / 10^scale. Letter `D`.
struct Decimal {
    std::uint8_t scale = 0;
    std::int32_t unscaled = 0;
    bool operator==(const Decimal&) const = default;
};

/// A moment in whole seconds since 1970-01-01 UTC. Letter `T`.
struct Timestamp {
    std::uint64_t seconds = 0;
    bool operator==(const Timestamp&) const = default;
};

/// Octets that are no text. Letter `x`.
struct ByteArray {
    std::string bytes;
    bool operator==(const ByteArray&) const = default;
};

/// A list of values of any types. Letter `A`.
struct Array {
    std::vector<FieldValue> items;
    bool operator==(const Array&) const;
};

/// One named value of a table.
struct Field;

/// An AMQP field table (AMQP 0-9-1 section 4.2.5.5): names with values, kept in the order in which they came.
/// Letter `F`. A name that the wire held twice is kept twice; find() sees the first.
class Table {
  public:
    Table();
    Table(std::initializer_list<Field> fields);
    Table(const Table&);
    Table(Table&&) noexcept;
    Table& operator=(const Table&);
    Table& operator=(Table&&) noexcept;
    ~Table();

    /// The value of that name, or nullptr. Valid until the table changes.
    const FieldValue* find(std::string_view name) const;
    FieldValue* find(std::string_view name);
    bool contains(std::string_view name) const { return find(name) != nullptr; }
    /// Replaces the value of that name, or appends it.
    void set(std::string_view name, FieldValue value);
    /// Appends without looking for the name: for decoders and builders that know it to be new.
    void append(std::string name, FieldValue value);
    /// Removes every field of that name; false if there was none.
    bool erase(std::string_view name);
    void clear();

    bool empty() const;
    std::size_t size() const;
    const Field* begin() const;
    const Field* end() const;

    /// The same fields ordered by name: to compare tables regardless of the order in which they came.
    Table sorted() const;
    /// Same names, letters and values in the same order.
    bool operator==(const Table&) const;

  private:
    std::vector<Field> fields_;
};

/// One value of a field table or array: an alternative for each letter of the wire, so that what was read can be
/// written back as it was. Letters are read as RabbitMQ reads them: `s` is a signed 16-bit integer, `b` signed and `B`
/// unsigned 8-bit, `l` and `L` both signed 64-bit (and written as `L`), `U` a signed 16-bit integer (written as `s`).
class FieldValue {
  public:
    using Variant = std::variant<std::monostate, bool, std::int8_t, std::uint8_t, std::int16_t, std::uint16_t,
                                 std::int32_t, std::uint32_t, std::int64_t, float, double, Decimal, std::string,
                                 ByteArray, Array, Timestamp, Table>;

    /// The null value, letter `V`.
    FieldValue() = default;
    FieldValue(std::nullptr_t) {}
    template <std::same_as<bool> Bool>
    FieldValue(Bool value) : value_(value) {}
    /// An integer keeps its width and signedness. AMQP has no unsigned 64-bit integer: convert it yourself.
    template <std::integral Integer>
    requires(!std::same_as<Integer, bool> && !std::same_as<Integer, char> &&
             (std::signed_integral<Integer> || sizeof(Integer) < 8)) FieldValue(Integer value)
        : value_(static_cast<Wire<Integer>>(value)) {}
    FieldValue(float value) : value_(value) {}
    FieldValue(double value) : value_(value) {}
    FieldValue(const char* value) : value_(std::string(value)) {}
    FieldValue(std::string_view value) : value_(std::string(value)) {}
    FieldValue(std::string value) : value_(std::move(value)) {}
    FieldValue(Decimal value) : value_(value) {}
    FieldValue(Timestamp value) : value_(value) {}
    FieldValue(ByteArray value) : value_(std::move(value)) {}
    FieldValue(Array value) : value_(std::move(value)) {}
    FieldValue(Table value) : value_(std::move(value)) {}

    const Variant& variant() const { return value_; }
    template <class T>
    const T* get_if() const {
        return std::get_if<T>(&value_);
    }
    template <class T>
    T* get_if() {
        return std::get_if<T>(&value_);
    }

    bool is_null() const { return value_.index() == 0; }
    std::optional<bool> as_bool() const;
    /// The value of any of the integer letters.
    std::optional<std::int64_t> as_integer() const;
    /// The value of `f` or `d`.
    std::optional<double> as_double() const;
    /// The text of `S` (not of `x`). Valid as long as this value.
    std::optional<std::string_view> as_string() const;
    const Array* as_array() const { return get_if<Array>(); }
    const Table* as_table() const { return get_if<Table>(); }

    /// The letter that announces this value on the wire.
    char letter() const;
    /// The type's name as RabbitMQ spells it in its errors: longstr, signedint, unsignedbyte, bool, table, void …
    std::string_view type_name() const;

    bool operator==(const FieldValue&) const = default;

  private:
    template <class Integer>
    using Wire = std::conditional_t<
        sizeof(Integer) == 8, std::int64_t,
        std::conditional_t<
            sizeof(Integer) == 4, std::conditional_t<std::signed_integral<Integer>, std::int32_t, std::uint32_t>,
            std::conditional_t<sizeof(Integer) == 2,
                               std::conditional_t<std::signed_integral<Integer>, std::int16_t, std::uint16_t>,
                               std::conditional_t<std::signed_integral<Integer>, std::int8_t, std::uint8_t>>>>;

    Variant value_;
};

struct Field {
    std::string name;
    FieldValue value;
    bool operator==(const Field&) const = default;
};

}  // namespace hiratake::amqp
