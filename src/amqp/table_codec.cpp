#include "amqp/table_codec.hpp"

#include <fmt/format.h>

#include <bit>
#include <limits>

#include "amqp/append_guard.hpp"
#include "hiratake/amqp/encode_error.hpp"

namespace hiratake::amqp {
namespace {

void read_fields(WireReader& reader, Table& table, int depth);

/// Reads the part of the input that the next length announces; errors inside it become errors of the reader.
template <class Read>
void read_nested(WireReader& reader, int depth, Read read) {
    WireReader inside{reader.long_string()};
    if (reader.failed()) return;
    if (depth > max_nesting) return reader.fail(DecodeError::nested_too_deep);
    while (!inside.at_end()) read(inside);
    if (inside.failed()) reader.fail(inside.error());
}

FieldValue read_value(WireReader& reader, int depth) {
    switch (reader.octet()) {
        case 't': return reader.octet() != 0;
        case 'b': return static_cast<std::int8_t>(reader.octet());
        case 'B': return reader.octet();
        case 's':
        case 'U': return static_cast<std::int16_t>(reader.short_integer());
        case 'u': return reader.short_integer();
        case 'I': return static_cast<std::int32_t>(reader.long_integer());
        case 'i': return reader.long_integer();
        case 'l':
        case 'L': return static_cast<std::int64_t>(reader.long_long_integer());
        case 'f': return std::bit_cast<float>(reader.long_integer());
        case 'd': return std::bit_cast<double>(reader.long_long_integer());
        case 'D': {
            const std::uint8_t scale = reader.octet();
            return Decimal{scale, static_cast<std::int32_t>(reader.long_integer())};
        }
        case 'S': return reader.long_string();
        case 'x': return ByteArray{std::string(reader.long_string())};
        case 'T': return Timestamp{reader.long_long_integer()};
        case 'V': return nullptr;
        case 'A': {
            Array array;
            read_nested(reader, depth + 1,
                        [&](WireReader& items) { array.items.push_back(read_value(items, depth + 1)); });
            return array;
        }
        case 'F': {
            Table table;
            read_nested(reader, depth + 1, [&](WireReader& fields) { read_fields(fields, table, depth + 1); });
            return table;
        }
        default: reader.fail(DecodeError::unknown_field_letter); return nullptr;
    }
}

/// Reads one field after another to the end of the input.
void read_fields(WireReader& reader, Table& table, int depth) {
    while (!reader.at_end()) {
        const std::string_view name = reader.short_string();
        table.append(std::string(name), read_value(reader, depth));
    }
}

/// Appends values; the letters are its choice, the depth its bound.
class ValueWriter {
  public:
    ValueWriter(ByteBuffer& out, Letters letters) : out_(out), writer_(out), letters_(letters) {}

    void fields(const Table& table, int depth) {
        check(depth);
        for (const auto& [name, value] : table) field(name, value, depth);
    }

    void field(std::string_view name, const FieldValue& value, int depth) {
        writer_.short_string("the name of a table field", name);
        write(value, depth);
    }

    void table(const Table& table, int depth) {
        const std::size_t opened = writer_.open_length();
        fields(table, depth);
        writer_.close_length(opened);
    }

  private:
    static void check(int depth) {
        if (depth <= max_nesting) return;
        throw EncodeError(
            fmt::format("cannot encode a table: tables and arrays lie more than {} deep inside each other; "
                        "flatten them",
                        max_nesting));
    }

    void write(const FieldValue& value, int depth) {
        std::visit([&](const auto& held) { write(held, value.letter(), depth); }, value.variant());
    }

    void letter(char value) { out_.push_back(value); }

    /// The octets of a number behind its letter.
    template <class Unsigned, class Number>
    void number(char kind, Number value) {
        letter(kind);
        store_big_endian(out_.grow(sizeof(Unsigned)), static_cast<Unsigned>(value));
    }

    void write(bool value, char kind, int) { number<std::uint8_t>(kind, value ? 1 : 0); }

    // As RabbitMQ writes it, whose clients need not know L (amqplib does not); Python reads only L as signed.
    void write(std::int64_t value, char kind, int) {
        number<std::uint64_t>(letters_ == Letters::exact ? 'l' : kind, value);
    }

    template <std::integral Integer>
    void write(Integer value, char kind, int) {
        if (letters_ == Letters::exact) return number<std::make_unsigned_t<Integer>>(kind, value);
        // Other clients disagree on b, B, s, u and i; all of them read I and L as signed.
        if (std::in_range<std::int32_t>(value)) return number<std::uint32_t>('I', value);
        number<std::uint64_t>('L', value);
    }

    void write(float value, char kind, int) {
        if (letters_ == Letters::portable) return write(static_cast<double>(value), 'd', 0);
        number<std::uint32_t>(kind, std::bit_cast<std::uint32_t>(value));
    }

    void write(double value, char kind, int) { number<std::uint64_t>(kind, std::bit_cast<std::uint64_t>(value)); }

    void write(std::monostate, char kind, int) { letter(kind); }

    void write(Decimal value, char kind, int) {
        number<std::uint8_t>(kind, value.scale);
        writer_.long_integer(static_cast<std::uint32_t>(value.unscaled));
    }

    void write(Timestamp value, char kind, int) { number<std::uint64_t>(kind, value.seconds); }

    void write(const std::string& value, char kind, int) {
        letter(kind);
        writer_.long_string(value);
    }

    void write(const ByteArray& value, char kind, int) {
        write(value.bytes, letters_ == Letters::portable ? 'S' : kind, 0);
    }

    void write(const Array& array, char kind, int depth) {
        check(depth + 1);
        letter(kind);
        const std::size_t opened = writer_.open_length();
        for (const FieldValue& item : array.items) write(item, depth + 1);
        writer_.close_length(opened);
    }

    void write(const Table& value, char kind, int depth) {
        letter(kind);
        table(value, depth + 1);
    }

    ByteBuffer& out_;
    WireWriter writer_;
    Letters letters_;
};

}  // namespace

void read_table(WireReader& reader, Table& table) {
    table.clear();
    read_nested(reader, 1, [&](WireReader& fields) { read_fields(fields, table, 1); });
}

DecodeError decode_table(std::string_view encoded, Table& table) {
    WireReader reader{encoded};
    read_table(reader, table);
    return reader.finish();
}

DecodeError decode_fields(std::string_view encoded, Table& table) {
    table.clear();
    WireReader reader{encoded};
    read_fields(reader, table, 1);
    return reader.finish();
}

DecodeError decode_value(std::string_view encoded, FieldValue& value) {
    WireReader reader{encoded};
    value = read_value(reader, 1);
    return reader.finish();
}

void write_table(ByteBuffer& out, const Table& table, Letters letters) {
    AppendGuard guard{out};
    ValueWriter(out, letters).table(table, 1);
    guard.keep();
}

void write_field(ByteBuffer& out, std::string_view name, const FieldValue& value, Letters letters) {
    ValueWriter(out, letters).field(name, value, 1);
}

void write_fields(ByteBuffer& out, const Table& table, Letters letters) {
    AppendGuard guard{out};
    ValueWriter(out, letters).fields(table, 1);
    guard.keep();
}

}  // namespace hiratake::amqp
