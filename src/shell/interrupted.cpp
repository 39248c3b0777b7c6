#include "shell/interrupted.hpp"

namespace hiratake::shell {

Interrupted::~Interrupted() = default;

}  // namespace hiratake::shell
