#include "mail/mime_part.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>

#include "mail/header_text.hpp"
#include "mail/transfer_encoding.hpp"

namespace hiratake::mail {
namespace {

constexpr std::size_t max_literal_line = 78;

std::string with_crlf(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_crlf = text.substr(at, 2) == "\r\n";
        if (text[at] == '\r' || text[at] == '\n') {
            out += "\r\n";
        } else {
            out += text[at];
        }
        if (is_crlf) ++at;
    }
    return out;
}

bool needs_encoding(std::string_view text) {
    std::size_t column = 0;
    for (const char c : text) {
        column = c == '\n' ? 0 : column + 1;
        const bool is_plain = (c >= ' ' && c < 0x7f) || c == '\t' || c == '\r' || c == '\n';
        if (!is_plain || column > max_literal_line + 1) return true;
    }
    return false;
}

bool is_mostly_ascii(std::string_view text) {
    const auto others =
        std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return static_cast<std::size_t>(others) * 6 <= text.size();  // above that base64 is the shorter one
}

}  // namespace

MimePart text_part(std::string_view subtype, std::string_view text) {
    std::string normal = with_crlf(text);
    std::string_view encoding = "7bit";
    if (needs_encoding(normal)) {
        const bool readable = is_mostly_ascii(normal);
        encoding = readable ? "quoted-printable" : "base64";
        normal = readable ? quoted_printable(normal) : base64_lines(normal);
    }
    return {fmt::format("Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n", subtype, encoding),
            std::move(normal)};
}

MimePart file_part(std::string_view content_type, std::string_view file_name, std::string_view disposition,
                   std::string_view content_id, std::string_view content) {
    std::string headers = fmt::format("Content-Type: {}\r\nContent-Transfer-Encoding: base64\r\n", content_type);
    headers += fmt::format("Content-Disposition: {}{}\r\n", disposition, encode_parameter("filename", file_name));
    if (!content_id.empty()) headers += fmt::format("Content-ID: <{}>\r\n", content_id);
    return {std::move(headers), base64_lines(content)};
}

MimePart multipart(std::string_view subtype, std::string_view boundary, const std::vector<MimePart>& parts) {
    std::size_t size = 0;
    for (const MimePart& part : parts) size += part.headers.size() + part.body.size() + boundary.size() + 8;
    std::string body;
    body.reserve(size + boundary.size() + 8);
    for (const MimePart& part : parts) {
        body += fmt::format("--{}\r\n", boundary);
        body += part.headers;
        body += "\r\n";
        body += part.body;
        body += "\r\n";  // belongs to the boundary that follows, not to the part
    }
    body += fmt::format("--{}--\r\n", boundary);
    return {fmt::format("Content-Type: multipart/{};\r\n boundary=\"{}\"\r\n", subtype, boundary), std::move(body)};
}

}  // namespace hiratake::mail
