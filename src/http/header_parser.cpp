#include "http/header_parser.hpp"

#include <boost/beast/http/error.hpp>
#include <limits>

#include "hiratake/base/error.hpp"

namespace hiratake::http {

HeaderParser::HeaderParser(Request& request) : request_(request) {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // It is known to be within its bound.
    body_limit(boost::none);
    skip(true);
}

void HeaderParser::on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error&) {
    request_.method.assign(method.data(), method.size());
    request_.target.assign(target.data(), target.size());
    is_http_1_1_ = version == 11;
}

void HeaderParser::on_field_impl(boost::beast::http::field, Text name, Text value, Error& error) {
    try {
        request_.headers.add({name.data(), name.size()}, {value.data(), value.size()});
    } catch (const hiratake::Error&) {
        error = boost::beast::http::error::bad_field;
    }
}

}  // namespace hiratake::http
