#include "broker/core/fault.hpp"

#include <fmt/core.h>

#include "hiratake/base/error.hpp"

namespace hiratake::broker::core {

void throw_exception_from_error(const Fault& fault, const boost::source_location& /*location*/) {
    throw Error(reply_text(fault));
}

std::string reply_text(const Fault& fault) {
    const std::string_view name = amqp::reply_code_name(fault.code);
    return fault.explanation.empty() ? std::string{name} : fmt::format("{} - {}", name, fault.explanation);
}

std::string described(std::string_view kind, std::string_view name, std::string_view vhost) {
    return fmt::format("{} '{}' in vhost '{}'", kind, name, vhost);
}

}  // namespace hiratake::broker::core
