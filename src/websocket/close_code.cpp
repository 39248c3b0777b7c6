#include "websocket/close_code.hpp"

namespace hiratake::websocket {

bool may_be_sent(std::uint16_t code) {
    const bool is_of_protocol = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
    return is_of_protocol || (code >= 3000 && code <= 4999);
}

}  // namespace hiratake::websocket
