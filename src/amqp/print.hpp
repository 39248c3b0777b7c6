#pragma once

#include <string>
#include <string_view>

#include "amqp/frame.hpp"
#include "amqp/method_printer.hpp"
#include "amqp/properties.hpp"

namespace hiratake::amqp {

/// One line: basic.publish exchange='' routing_key='k' mandatory=true immediate=false. Secrets become **.
template <class Method>
std::string to_text(const Method& method) requires requires {
    Method::id;
}
{
    std::string text{Method::name};
    MethodPrinter printer{text};
    Method::describe(method, printer);
    return text;
}

/// One line of the properties that are there.
std::string to_text(const Properties& properties);

/// One line: channel 1: basic.publish … | channel 1: header, 5 bytes to come, content_type='text/plain' |
/// channel 1: body of 5 bytes | heartbeat. Says so when the payload cannot be decoded.
std::string to_text(const Frame& frame);

}  // namespace hiratake::amqp
