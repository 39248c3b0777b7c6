#include "hiratake/client/errors.hpp"

namespace hiratake::client {

// Out of line, so that the type information of the hierarchy lives in one place.
ConnectionError::~ConnectionError() = default;
AuthenticationError::~AuthenticationError() = default;
VhostError::~VhostError() = default;
TlsError::~TlsError() = default;
AccessRefused::~AccessRefused() = default;
TopologyError::~TopologyError() = default;
ConnectionClosed::~ConnectionClosed() = default;

}  // namespace hiratake::client
