#pragma once

#include <string>

namespace hiratake {
struct ServiceDescription;
}

namespace hiratake::stub {

/// A Python module with a typed client of the service, on top of a proxy of Nameko: `Client(cluster_rpc.mail)`, then
/// `mail.send(…)` and `mail.send.call_async(…)`. For Python 3.8 and later. The same description gives the same text.
std::string write_python_stub(const ServiceDescription& description);

}  // namespace hiratake::stub
