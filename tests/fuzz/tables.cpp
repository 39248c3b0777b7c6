#include "amqp/method_printer.hpp"
#include "amqp/table_codec.hpp"
#include "amqp/table_view.hpp"
#include "fuzz/require.hpp"

using namespace hiratake;

// Whatever decodes encodes again, to the same octets the second time; and the portable letters decode too.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const amqp::TableView view{input};
    amqp::Table viewed;
    amqp::DecodeError error = view.for_each([&](std::string_view name, const amqp::FieldView& field) {
        amqp::FieldValue value;
        if (field.decode(value) == amqp::DecodeError::none) viewed.append(std::string{name}, std::move(value));
    });
    amqp::Table table;
    if (amqp::decode_table(input, table) != amqp::DecodeError::none) return 0;
    fuzz::require(error == amqp::DecodeError::none, "what can be decoded can be viewed");
    fuzz::require(amqp::to_text(viewed) == amqp::to_text(table), "a view shows the same fields");
    for (const amqp::Field& field : table) {
        const auto found = view.find(field.name);
        fuzz::require(found && found->as_integer() == table.find(field.name)->as_integer() &&
                          found->as_string() == table.find(field.name)->as_string(),
                      "a view finds the same field");
    }

    amqp::ByteBuffer once;
    amqp::write_table(once, table);
    fuzz::require(once.size() == input.size(), "no letter changes its size");
    amqp::Table again;
    fuzz::require(amqp::decode_table(once, again) == amqp::DecodeError::none, "what was written can be read");
    amqp::ByteBuffer twice;
    amqp::write_table(twice, again);
    fuzz::require(once == twice, "the second round trip changes nothing");

    amqp::ByteBuffer portable;
    amqp::write_table(portable, table, amqp::Letters::portable);
    fuzz::require(amqp::decode_table(portable, again) == amqp::DecodeError::none, "the portable form can be read");
    fuzz::require(again.size() == table.size(), "the portable form has the same fields");
    fuzz::require(amqp::to_text(table).find('\n') == std::string::npos, "a table is printed in one line");
    return 0;
}
