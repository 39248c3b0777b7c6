#pragma once

#include <string>

namespace hiratake {
struct ServiceDescription;
}

namespace hiratake::shell {

/// A description for people to read: methods with their types and rules, the events that are handled, the structs.
std::string to_text(const ServiceDescription& description);

}  // namespace hiratake::shell
