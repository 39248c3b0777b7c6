#include "broker/core/channel_dispatcher.hpp"

namespace hiratake::broker::core {

Fault fault_of(amqp::DecodeError error) {
    switch (error) {
        case amqp::DecodeError::wrong_direction: return command_invalid("unimplemented method");
        case amqp::DecodeError::none:
        case amqp::DecodeError::unknown_method:
        case amqp::DecodeError::unknown_field_letter: return internal_error();
        case amqp::DecodeError::truncated:
        case amqp::DecodeError::length_beyond_input:
        case amqp::DecodeError::nested_too_deep:
        case amqp::DecodeError::unknown_property_flag:
        case amqp::DecodeError::leftover_bytes: break;
    }
    return {amqp::ReplyCode::syntax_error, std::string{amqp::to_text(error)}};
}

}  // namespace hiratake::broker::core
