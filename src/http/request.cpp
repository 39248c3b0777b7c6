#include "hiratake/http/request.hpp"

#include "http/ascii.hpp"

namespace hiratake::http {

std::string Request::media_type() const {
    const auto* content_type = headers.find("Content-Type");
    if (!content_type) return {};
    return to_lower(trimmed(std::string_view(*content_type).substr(0, content_type->find(';'))));
}

const std::string* Request::query_parameter(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return &value;
    }
    return nullptr;
}

}  // namespace hiratake::http
