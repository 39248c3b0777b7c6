#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "amqp/decode_error.hpp"
#include "amqp/wire_reader.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::amqp {

/// A value of an encoded table or array, its letter first: a view into the bytes.
class FieldView {
  public:
    /// Takes the next value off the input. What lies inside an array or a table is not looked at.
    explicit FieldView(WireReader& reader);

    char letter() const { return encoded_.empty() ? '\0' : encoded_.front(); }
    /// Of the encoded value.
    std::size_t size() const { return encoded_.size(); }
    /// The text of `S`.
    std::optional<std::string_view> as_string() const;
    /// The value of any of the integer letters.
    std::optional<std::int64_t> as_integer() const;
    /// Calls `visit(FieldView)` for each item of `A`; other letters have none. Returns what is wrong with its inside.
    template <class Visit>
    DecodeError for_each_item(Visit visit) const {
        if (letter() != 'A') return DecodeError::none;
        WireReader outside{encoded_.substr(1)};
        WireReader items{outside.long_string()};
        while (!items.at_end()) {
            const FieldView item{items};
            if (!items.failed()) visit(item);
        }
        return items.error();
    }
    DecodeError decode(FieldValue& value) const;

  private:
    std::string_view encoded_;
};

/// A table as it is on the wire, with its length, read where it lies: without an allocation, and no more of it than is
/// asked for.
class TableView {
  public:
    TableView() = default;
    /// @param encoded empty: a table without fields
    explicit TableView(std::string_view encoded) : encoded_(encoded) {}

    /// Calls `visit(std::string_view name, FieldView value)` for each field, until there is something wrong with the
    /// table; returns what.
    template <class Visit>
    DecodeError for_each(Visit visit) const {
        if (encoded_.empty()) return DecodeError::none;
        WireReader outside{encoded_};
        WireReader fields{outside.long_string()};
        while (!fields.at_end()) {
            const std::string_view name = fields.short_string();
            const FieldView value{fields};
            if (!fields.failed()) visit(name, value);
        }
        return outside.failed() ? outside.error() : fields.error();
    }
    /// The first field of that name; none either where the table before it is broken.
    std::optional<FieldView> find(std::string_view name) const;

  private:
    std::string_view encoded_;
};

}  // namespace hiratake::amqp
