#include "http/compression.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "http/ascii.hpp"
#include "http/gzip_body.hpp"

namespace hiratake::http {
namespace {

// Below, the header that says so costs as much as is gained.
constexpr std::size_t smallest_compressed_body_bytes = 1024;

// From 0 to 1; "q=0.5". Malformed is 0: the client gets what every client can read.
double quality_of(std::string_view parameters) {
    const auto start = parameters.find("q=");
    if (start == std::string_view::npos) return 1;
    const auto text = parameters.substr(start + 2);
    double quality = 0;
    std::from_chars(text.data(), text.data() + text.size(), quality);
    return quality;
}

// Of a content coding in the list; negative when it is not named.
double quality_of(std::string_view list, std::string_view coding) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        const auto entry = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        const auto semicolon = std::min(entry.find(';'), entry.size());
        if (equal_ignoring_case(trimmed(entry.substr(0, semicolon)), coding)) {
            return quality_of(to_lower(entry.substr(semicolon)));
        }
    }
    return -1;
}

bool is_text(std::string_view content_type) {
    const auto type = to_lower(trimmed(content_type.substr(0, content_type.find(';'))));
    if (type == "text/event-stream") return false;
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
           type == "application/json" || type == "application/javascript" || type == "application/xml" ||
           type == "application/wasm";
}

}  // namespace

bool accepts_gzip(const Headers& request) {
    const auto* list = request.find("Accept-Encoding");
    if (!list) return false;
    auto gzip = quality_of(*list, "gzip");
    if (gzip < 0) gzip = quality_of(*list, "*");
    return gzip > 0 && gzip >= quality_of(*list, "identity");
}

bool is_compressible(const Response& response) {
    const auto length = response.streamed_body ? response.streamed_body->length() : response.body.size();
    if (length && *length < smallest_compressed_body_bytes) return false;
    const auto* type = response.headers.find("Content-Type");
    if (response.status != 200 || !type || !is_text(*type) || response.headers.contains("Content-Encoding")) {
        return false;
    }
    const auto* cache_control = response.headers.find("Cache-Control");
    return !cache_control || to_lower(*cache_control).find("no-transform") == std::string::npos;
}

void vary_by_encoding(Response& response) {
    response.headers.add("Vary", "Accept-Encoding");
}

void compress(Response& response) {
    if (response.streamed_body) {
        response.streamed_body = std::make_shared<GzipBody>(std::move(response.streamed_body));
    } else {
        response.body = gzip(response.body);
    }
    response.headers.set("Content-Encoding", "gzip");
    response.headers.erase("Accept-Ranges");
    const auto* tag = response.headers.find("ETag");
    if (tag && !tag->starts_with("W/")) response.headers.set("ETag", "W/" + *tag);
}

}  // namespace hiratake::http
