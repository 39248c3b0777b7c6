#include "broker/core/generated_name.hpp"

#include <cstdint>

namespace hiratake::broker::core {

std::string generated_name(std::string_view prefix, Random& random) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    constexpr int characters = 22;
    constexpr int characters_per_number = 10;  // of six bits each
    std::string name{prefix};
    std::uint64_t bits = 0;
    for (int index = 0; index < characters; ++index) {
        if (index % characters_per_number == 0) bits = random.next();
        name.push_back(alphabet[bits & 63U]);
        bits >>= 6U;
    }
    return name;
}

}  // namespace hiratake::broker::core
