#include "hiratake/amqp/encode_error.hpp"

namespace hiratake::amqp {

EncodeError::~EncodeError() = default;

}  // namespace hiratake::amqp
