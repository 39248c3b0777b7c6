#include "amqp/table_writer.hpp"

namespace hiratake::amqp {

void TableWriter::append_texts(std::string_view name, std::span<const std::string> texts) {
    writer_.short_string("the name of a table field", name);
    writer_.octet('A');
    const std::size_t opened = writer_.open_length();
    for (const std::string& text : texts) {
        writer_.octet('S');
        writer_.long_string(text);
    }
    writer_.close_length(opened);
}

}  // namespace hiratake::amqp
