#include "websocket/handshake.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "http/ascii.hpp"
#include "http/problem.hpp"
#include "http/text_list.hpp"
#include "payload/base64.hpp"

namespace hiratake::websocket {
namespace {

constexpr std::string_view version = "13";
constexpr std::size_t key_bytes = 16;

http::Response upgrade_required(const std::string& detail) {
    auto response = http::problem(426, detail);
    response.headers.set("Upgrade", "websocket");
    response.headers.set("Sec-WebSocket-Version", std::string(version));
    return response;
}

}  // namespace

bool OriginPolicy::allows(const http::Request& request) const {
    const std::string* origin = request.headers.find("Origin");
    if (!origin) return true;
    if (allowed) {
        return std::any_of(allowed->begin(), allowed->end(), [&](const std::string& each) {
            return each == "*" || http::equal_ignoring_case(each, *origin);
        });
    }
    const std::string* host = request.headers.find("Host");
    const auto scheme_end = origin->find("://");
    return host && scheme_end != std::string::npos &&
           http::equal_ignoring_case(std::string_view(*origin).substr(scheme_end + 3), *host);
}

std::string accept_value(std::string_view key) {
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return payload::encode_base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

http::Response answer_handshake(const http::Request& request, const OriginPolicy& origins) {
    const auto& headers = request.headers;
    if (request.method != "GET" || !http::lists(headers, "Upgrade", "websocket") ||
        !http::lists(headers, "Connection", "Upgrade")) {
        return upgrade_required("this path takes WebSocket connections only");
    }
    const std::string* asked_version = headers.find("Sec-WebSocket-Version");
    if (!asked_version || *asked_version != version) return upgrade_required("WebSocket version 13 is spoken here");

    const std::string* key = headers.find("Sec-WebSocket-Key");
    const auto decoded = key ? payload::decode_base64(*key) : std::nullopt;
    if (!decoded || decoded->size() != key_bytes || headers.count("Sec-WebSocket-Key") != 1) {
        return http::problem(400, "Sec-WebSocket-Key must be 16 bytes in base64");
    }
    if (!origins.allows(request)) {
        return http::problem(403, "pages of " + *headers.find("Origin") + " may not open a socket here");
    }
    return {101, {{"Upgrade", "websocket"}, {"Sec-WebSocket-Accept", accept_value(*key)}}, {}};
}

}  // namespace hiratake::websocket
