#include "amqp/properties.hpp"

#include "amqp/append_guard.hpp"

namespace hiratake::amqp {
namespace {

// Bits 15 to 2 of the flag word are the fourteen properties in their order, bit 1 is unused, and bit 0 would announce
// another word of flags, which class basic does not need.
constexpr unsigned first_flag = 1U << 15U;
constexpr unsigned no_property_flags = 3U;

/// Gathers the flag word.
class FlagCollector {
  public:
    std::uint16_t flags() const { return static_cast<std::uint16_t>(flags_); }

    template <class Value>
    void note(const std::optional<Value>& value) {
        if (value) flags_ |= next_;
        next_ >>= 1U;
    }
    void short_string(std::string_view, const std::optional<std::string_view>& value) { note(value); }
    void table(std::string_view, const std::optional<Table>& value, std::string_view encoded) {
        if (value || !encoded.empty()) flags_ |= next_;
        next_ >>= 1U;
    }
    void octet(std::string_view, const std::optional<std::uint8_t>& value) { note(value); }
    void timestamp(std::string_view, const std::optional<Timestamp>& value) { note(value); }

  private:
    unsigned flags_ = 0;
    unsigned next_ = first_flag;
};

/// Writes those that are there.
class PropertyEncoder {
  public:
    PropertyEncoder(ByteBuffer& out, Letters letters) : out_(out), writer_(out), letters_(letters) {}

    void short_string(std::string_view name, const std::optional<std::string_view>& value) {
        if (value) writer_.short_string(name, *value);
    }
    void table(std::string_view, const std::optional<Table>& value, std::string_view encoded) {
        if (value) {
            write_table(out_, *value, letters_);
        } else {
            out_.append(encoded);
        }
    }
    void octet(std::string_view, const std::optional<std::uint8_t>& value) {
        if (value) writer_.octet(*value);
    }
    void timestamp(std::string_view, const std::optional<Timestamp>& value) {
        if (value) writer_.long_long_integer(value->seconds);
    }

  private:
    ByteBuffer& out_;
    WireWriter writer_;
    Letters letters_;
};

/// Reads those that the flags announce.
class PropertyDecoder {
  public:
    PropertyDecoder(std::string_view encoded, bool decodes_headers)
        : reader_(encoded), flags_(reader_.short_integer()), decodes_headers_(decodes_headers) {
        if ((flags_ & no_property_flags) != 0) {
            reader_.fail(DecodeError::unknown_property_flag);
            flags_ = 0;
        }
    }

    void short_string(std::string_view, std::optional<std::string_view>& value) {
        value.reset();
        if (announced()) value = reader_.short_string();
    }
    void octet(std::string_view, std::optional<std::uint8_t>& value) {
        value.reset();
        if (announced()) value = reader_.octet();
    }
    void timestamp(std::string_view, std::optional<Timestamp>& value) {
        value.reset();
        if (announced()) value = Timestamp{reader_.long_long_integer()};
    }
    void table(std::string_view, std::optional<Table>& value, std::string_view& encoded) {
        value.reset();
        encoded = {};
        if (!announced()) return;
        if (decodes_headers_) return read_table(reader_, value.emplace());
        const std::string_view from_here = reader_.rest();
        const std::string_view fields = reader_.long_string();
        if (!reader_.failed()) encoded = from_here.substr(0, sizeof(std::uint32_t) + fields.size());
    }

    DecodeError finish() const { return reader_.finish(); }

  private:
    bool announced() {
        const bool there = (flags_ & next_) != 0;
        next_ >>= 1U;
        return there;
    }

    WireReader reader_;
    unsigned flags_;
    unsigned next_ = first_flag;
    bool decodes_headers_;
};

DecodeError decode(std::string_view encoded, Properties& properties, bool decodes_headers) {
    PropertyDecoder decoder{encoded, decodes_headers};
    Properties::describe(properties, decoder);
    return decoder.finish();
}

}  // namespace

DecodeError decode_properties(std::string_view encoded, Properties& properties) {
    return decode(encoded, properties, true);
}

DecodeError scan_properties(std::string_view encoded, Properties& properties) {
    return decode(encoded, properties, false);
}

void encode_properties(ByteBuffer& out, const Properties& properties, Letters letters) {
    AppendGuard guard{out};
    FlagCollector collector;
    Properties::describe(properties, collector);
    WireWriter{out}.short_integer(collector.flags());
    PropertyEncoder encoder{out, letters};
    Properties::describe(properties, encoder);
    guard.keep();
}

}  // namespace hiratake::amqp
