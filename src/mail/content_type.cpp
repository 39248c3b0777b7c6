#include "mail/content_type.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "hiratake/mail/mail_error.hpp"
#include "mail/header_text.hpp"

namespace hiratake::mail {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> known_endings = {{
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"html", "text/html"},
    {"ics", "text/calendar"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"json", "application/json"},
    {"md", "text/markdown"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"svg", "image/svg+xml"},
    {"txt", "text/plain"},
    {"webp", "image/webp"},
    {"xml", "application/xml"},
    {"yaml", "application/yaml"},
    {"zip", "application/zip"},
}};

std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

bool is_token(std::string_view text) {  // RFC 2045, 5.1
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f && std::string_view{"()<>@,;:\\\"/[]?="}.find(c) == std::string_view::npos;
    });
}

}  // namespace

std::string_view content_type_for(std::string_view file_name) {
    const std::size_t dot = file_name.rfind('.');
    if (dot != std::string_view::npos) {
        const std::string ending = lower_case(file_name.substr(dot + 1));
        for (const auto& [known, content_type] : known_endings) {
            if (known == ending) return content_type;
        }
    }
    return "application/octet-stream";
}

std::string checked_content_type(std::string_view content_type, std::string_view file_name, std::string_view field) {
    if (content_type.empty()) return std::string{content_type_for(file_name)};
    check_header_text(content_type, field);
    const std::string_view bare = content_type.substr(0, content_type.find_first_of("; "));
    const std::size_t slash = bare.find('/');
    if (slash == std::string_view::npos || !is_token(bare.substr(0, slash)) || !is_token(bare.substr(slash + 1))) {
        throw MailError(
            fmt::format("cannot compose the mail: {} '{}' is not a media type such as image/png", field, content_type));
    }
    const std::string type = lower_case(bare.substr(0, slash));
    if (type == "multipart" || type == "message") {
        throw MailError(
            fmt::format("cannot compose the mail: {} '{}' is a composite type; attach the file as "
                        "application/octet-stream",
                        field, content_type));
    }
    return std::string{content_type};
}

}  // namespace hiratake::mail
