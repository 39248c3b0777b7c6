#include "hiratake/base/error.hpp"

namespace hiratake {

// Out of line, so that the type information of the hierarchy lives in one place.
Error::~Error() = default;
ConfigurationError::~ConfigurationError() = default;
TimeoutError::~TimeoutError() = default;

}  // namespace hiratake
