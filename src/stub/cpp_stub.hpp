#pragma once

#include <string>

namespace hiratake {
struct ServiceDescription;
}

namespace hiratake::stub {

/// A C++ header with a client of the service: `mail_service::Client mail;`, then `mail.send(…)` and
/// `mail.send.async(…)`. The same description gives the same text.
std::string write_cpp_stub(const ServiceDescription& description);

}  // namespace hiratake::stub
