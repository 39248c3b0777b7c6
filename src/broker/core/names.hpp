#pragma once

#include <string>
#include <string_view>

#include "broker/core/fault.hpp"

namespace hiratake::broker::core {

/// The name as it is used: RabbitMQ drops carriage returns and line feeds from the names of queues and exchanges.
inline std::string without_line_breaks(std::string_view name) {
    std::string clean{name};
    std::erase_if(clean, [](char character) { return character == '\r' || character == '\n'; });
    return clean;
}

/// Names that begin with "amq." are the broker's to give.
/// @param kind "queue" or "exchange"
inline MaybeFault check_not_reserved(std::string_view kind, std::string_view name) {
    if (name.substr(0, 4) != "amq.") return std::nullopt;
    return access_refused(
        std::string{kind}.append(" name '").append(name).append("' contains reserved prefix 'amq.*'"));
}

}  // namespace hiratake::broker::core
