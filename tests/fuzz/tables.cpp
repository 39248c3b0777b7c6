#include "amqp/method_printer.hpp"
#include "amqp/table_codec.hpp"
#include "fuzz/require.hpp"

using namespace hiratake;

// Whatever decodes encodes again, to the same octets the second time; and the portable letters decode too.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    amqp::Table table;
    amqp::DecodeError error = amqp::DecodeError::none;
    amqp::find_encoded(input, "k", error);
    if (amqp::decode_table(input, table) != amqp::DecodeError::none) return 0;

    std::string once;
    amqp::write_table(once, table);
    fuzz::require(once.size() == input.size(), "no letter changes its size");
    amqp::Table again;
    fuzz::require(amqp::decode_table(once, again) == amqp::DecodeError::none, "what was written can be read");
    std::string twice;
    amqp::write_table(twice, again);
    fuzz::require(once == twice, "the second round trip changes nothing");

    std::string portable;
    amqp::write_table(portable, table, amqp::Letters::portable);
    fuzz::require(amqp::decode_table(portable, again) == amqp::DecodeError::none, "the portable form can be read");
    fuzz::require(again.size() == table.size(), "the portable form has the same fields");
    fuzz::require(amqp::to_text(table).find('\n') == std::string::npos, "a table is printed in one line");
    return 0;
}
