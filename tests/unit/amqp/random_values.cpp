#include "unit/amqp/random_values.hpp"

namespace hiratake::amqp {

std::string RandomValues::text(std::size_t longest) {
    std::string text(below(4) == 0 ? below(longest + 1) : below(12), '\0');
    for (char& character : text) character = static_cast<char>(below(256));
    return text;
}

FieldValue RandomValues::value(int depth) {
    switch (below(depth < 4 ? 17 : 15)) {
        case 0: return nullptr;
        case 1: return below(2) == 1;
        case 2: return static_cast<std::int8_t>(number());
        case 3: return static_cast<std::uint8_t>(number());
        case 4: return static_cast<std::int16_t>(number());
        case 5: return static_cast<std::uint16_t>(number());
        case 6: return static_cast<std::int32_t>(number());
        case 7: return static_cast<std::uint32_t>(number());
        case 8: return static_cast<std::int64_t>(number());
        case 9: return static_cast<float>(below(1000)) / 8;
        case 10: return static_cast<double>(number()) / 8;
        case 11: return Decimal{static_cast<std::uint8_t>(number()), static_cast<std::int32_t>(number())};
        case 12: return text(600);
        case 13: return ByteArray{text(600)};
        case 14: return Timestamp{number()};
        case 15: {
            Array array;
            for (std::uint64_t count = below(5); count > 0; --count) array.items.push_back(value(depth + 1));
            return array;
        }
        default: return table(depth + 1);
    }
}

Table RandomValues::table(int depth) {
    Table table;
    for (std::uint64_t count = below(6); count > 0; --count) table.append(text(255), value(depth));
    return table;
}

}  // namespace hiratake::amqp
