#include "amqp/table_view.hpp"

#include "amqp/table_codec.hpp"

namespace hiratake::amqp {
namespace {

/// Steps over a value without making one.
void skip_value(WireReader& reader) {
    switch (reader.octet()) {
        case 'V': return;
        case 't':
        case 'b':
        case 'B': reader.bytes(1); return;
        case 's':
        case 'U':
        case 'u': reader.bytes(2); return;
        case 'I':
        case 'i':
        case 'f': reader.bytes(4); return;
        case 'D': reader.bytes(5); return;
        case 'l':
        case 'L':
        case 'd':
        case 'T': reader.bytes(8); return;
        case 'S':
        case 'x':
        case 'A':
        case 'F': reader.long_string(); return;
        default: reader.fail(DecodeError::unknown_field_letter);
    }
}

}  // namespace

FieldView::FieldView(WireReader& reader) {
    const std::string_view from_here = reader.rest();
    skip_value(reader);
    if (!reader.failed()) encoded_ = from_here.substr(0, from_here.size() - reader.rest().size());
}

std::optional<std::string_view> FieldView::as_string() const {
    if (letter() != 'S') return std::nullopt;
    return WireReader{encoded_.substr(1)}.long_string();
}

std::optional<std::int64_t> FieldView::as_integer() const {
    FieldValue value;
    return decode(value) == DecodeError::none ? value.as_integer() : std::nullopt;
}

DecodeError FieldView::decode(FieldValue& value) const {
    return decode_value(encoded_, value);
}

std::optional<FieldView> TableView::find(std::string_view name) const {
    if (encoded_.empty()) return std::nullopt;
    WireReader outside{encoded_};
    WireReader fields{outside.long_string()};
    while (!fields.at_end()) {
        const bool is_wanted = fields.short_string() == name;
        const FieldView value{fields};
        if (is_wanted && !fields.failed()) return value;
    }
    return std::nullopt;
}

}  // namespace hiratake::amqp
