#include "amqp/wire_writer.hpp"

#include <fmt/format.h>

#include <limits>

#include "hiratake/amqp/encode_error.hpp"

namespace hiratake::amqp {
namespace {

constexpr std::size_t max_long_string = std::numeric_limits<std::uint32_t>::max();

std::uint32_t checked_length(std::size_t size) {
    if (size > max_long_string) {
        throw EncodeError(
            fmt::format("cannot encode a value of {} bytes: AMQP's longest is {} bytes", size, max_long_string));
    }
    return static_cast<std::uint32_t>(size);
}

}  // namespace

void WireWriter::refuse(std::string_view field, std::string_view value) {
    throw EncodeError(fmt::format("cannot encode {} of {} bytes ('{}…'): AMQP allows {} bytes; choose a shorter one",
                                  field, value.size(), value.substr(0, 40), max_short_string));
}

void WireWriter::cut_short_string(std::string_view value) {
    if (value.size() > max_short_string) {
        std::size_t end = max_short_string;
        const auto continues_a_character = [&] { return (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U; };
        while (end > max_short_string - 4 && continues_a_character()) --end;
        value = value.substr(0, end);
    }
    append_short_string(value);
}

void WireWriter::long_string(std::string_view value) {
    long_integer(checked_length(value.size()));
    out_.append(value);
}

std::size_t WireWriter::open_length() {
    const std::size_t opened = out_.size();
    long_integer(0);
    return opened;
}

void WireWriter::close_length(std::size_t opened) {
    const std::size_t counted = out_.size() - opened - sizeof(std::uint32_t);
    store_big_endian(out_.data() + opened, checked_length(counted));
}

}  // namespace hiratake::amqp
