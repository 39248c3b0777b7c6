#include "hiratake/http/http_error.hpp"

namespace hiratake::http {

HttpError::~HttpError() = default;

}  // namespace hiratake::http
