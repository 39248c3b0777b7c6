#include "net/error_code.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>

namespace hiratake::net {

bool is_end_of_stream(ErrorCode error) {
    return error == boost::asio::error::eof || error == boost::asio::ssl::error::stream_truncated;
}

bool is_cancelled(ErrorCode error) {
    return error == boost::asio::error::operation_aborted;
}

}  // namespace hiratake::net
