#include "http/message_parser.hpp"

#include <boost/beast/http/error.hpp>

#include "hiratake/base/error.hpp"

namespace hiratake::http {

void MessageParser::on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error&) {
    request_.method.assign(method.data(), method.size());
    request_.target.assign(target.data(), target.size());
    is_http_1_1_ = version == 11;
}

// What comes in trailers, after the body, is not looked at: it must not change what was checked before.
void MessageParser::on_field_impl(boost::beast::http::field, Text name, Text value, Error& error) {
    if (is_header_read_) return;
    try {
        request_.headers.add({name.data(), name.size()}, {value.data(), value.size()});
    } catch (const hiratake::Error&) {
        error = boost::beast::http::error::bad_field;
    }
}

std::size_t MessageParser::on_body_impl(Text bytes, Error&) {
    body_->append(bytes.data(), bytes.size());
    return bytes.size();
}

}  // namespace hiratake::http
