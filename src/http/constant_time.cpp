#include "http/constant_time.hpp"

namespace hiratake::http {

bool equal_in_constant_time(std::string_view given, std::string_view secret) {
    if (secret.empty()) return given.empty();
    unsigned difference = given.size() == secret.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i) {
        difference |= static_cast<unsigned char>(given[i] ^ secret[i % secret.size()]);
    }
    return difference == 0;
}

}  // namespace hiratake::http
