#include "hiratake/service/extension.hpp"

namespace hiratake {

Extension::~Extension() = default;

}  // namespace hiratake
