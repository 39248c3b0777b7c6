#include "http/request_id.hpp"

#include <algorithm>
#include <string_view>

namespace hiratake::http {
namespace {

constexpr std::size_t max_size = 128;

bool is_acceptable(const std::string& id) {
    const auto is_acceptable_character = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("-._~:/+=@").find(c) != std::string_view::npos;
    };
    return !id.empty() && id.size() <= max_size && std::all_of(id.begin(), id.end(), is_acceptable_character);
}

}  // namespace

std::string request_id_of(const Request& request, Random& random) {
    const auto* given = request.headers.find("X-Request-ID");
    return given && is_acceptable(*given) ? *given : random.uuid4().text();
}

}  // namespace hiratake::http
