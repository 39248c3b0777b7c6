#include "http_client/shown_request.hpp"

#include "hiratake/base/masked_uri.hpp"

namespace hiratake::http_client {

std::string shown_request(const std::string& method, const std::string& url) {
    const std::size_t path_end = url.find_first_of("?#");
    const std::string path = masked_uri(url.substr(0, path_end));
    const bool has_query = path_end != std::string::npos && url[path_end] == '?';
    return method + " " + path + (has_query ? "?**" : "");
}

}  // namespace hiratake::http_client
