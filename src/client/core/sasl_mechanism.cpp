#include "hiratake/client/core/sasl_mechanism.hpp"

#include <algorithm>
#include <array>

namespace hiratake::client {
namespace {

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    const auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    };
    return std::ranges::equal(left, right, {}, lower, lower);
}

}  // namespace

std::string_view to_string(SaslMechanism mechanism) {
    switch (mechanism) {
        case SaslMechanism::plain: return "PLAIN";
        case SaslMechanism::amqplain: return "AMQPLAIN";
        case SaslMechanism::external: return "EXTERNAL";
    }
    return "PLAIN";
}

std::optional<SaslMechanism> find_sasl_mechanism(std::string_view name) {
    for (const auto mechanism : std::array{SaslMechanism::plain, SaslMechanism::amqplain, SaslMechanism::external}) {
        if (equal_ignoring_case(name, to_string(mechanism))) return mechanism;
    }
    return std::nullopt;
}

}  // namespace hiratake::client
