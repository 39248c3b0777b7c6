#include "mail/mailbox.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "hiratake/mail/mail_error.hpp"
#include "mail/header_text.hpp"

namespace hiratake::mail {
namespace {

constexpr std::size_t max_local_part = 64;  // RFC 5321, 4.5.3.1
constexpr std::size_t max_domain = 255;

[[noreturn]] void refuse(std::string_view text, std::string_view field, std::string_view reason) {
    throw MailError(fmt::format("{} '{}' is not an e-mail address: {}", field, text, reason));
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

bool is_letter_digit_or_utf8(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_local_character(char c) {
    return is_letter_digit_or_utf8(c) || std::string_view{"!#$%&'*+-/=?^_`{|}~."}.find(c) != std::string_view::npos;
}

bool is_domain_character(char c) {
    return is_letter_digit_or_utf8(c) || c == '-' || c == '.';
}

bool has_empty_label(std::string_view dotted) {
    return dotted.empty() || dotted.front() == '.' || dotted.back() == '.' ||
           dotted.find("..") != std::string_view::npos;
}

bool is_address_literal(std::string_view domain) {  // RFC 5321, 4.1.3
    return domain.size() > 2 && domain.front() == '[' && domain.back() == ']' &&
           std::all_of(domain.begin() + 1, domain.end() - 1,
                       [](char c) { return (is_domain_character(c) && c > 0) || c == ':'; });
}

bool is_domain(std::string_view domain) {
    if (domain.size() > max_domain) return false;
    if (is_address_literal(domain)) return true;
    return !has_empty_label(domain) && std::all_of(domain.begin(), domain.end(), is_domain_character);
}

void check_address(std::string_view address, std::string_view text, std::string_view field) {
    if (address.empty()) refuse(text, field, "it is empty");
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos) refuse(text, field, "it has no '@'");
    const std::string_view local = address.substr(0, at);
    if (local.find(',') != std::string_view::npos || local.find(';') != std::string_view::npos) {
        refuse(text, field, "it holds more than one; give each as an element of its own");
    }
    if (local.size() > max_local_part || has_empty_label(local) ||
        !std::all_of(local.begin(), local.end(), is_local_character)) {
        refuse(text, field, "what stands before the '@' is not valid");
    }
    if (!is_domain(address.substr(at + 1))) refuse(text, field, "what stands after the '@' is not a domain");
}

/// The name before `<`, without its quotes. Inside quotes anything may stand, outside only what needs none or what we
/// can quote without guessing.
std::string unquoted_name(std::string_view name, std::string_view text, std::string_view field) {
    if (name.size() < 2 || name.front() != '"' || name.back() != '"') {
        if (name.find_first_of(",;<>\"") != std::string_view::npos) {
            refuse(text, field, "the name holds a comma, a quote or a second address; put the name in double quotes");
        }
        return std::string{name};
    }
    std::string unquoted;
    for (std::size_t at = 1; at + 1 < name.size(); ++at) {
        if (name[at] == '"') refuse(text, field, "a quote inside the name needs a backslash before it");
        if (name[at] == '\\' && at + 2 < name.size()) ++at;
        unquoted += name[at];
    }
    return unquoted;
}

}  // namespace

Mailbox Mailbox::parse(std::string_view text, std::string_view field) {
    check_header_text(text, field);
    const std::string_view all = trimmed(text);
    Mailbox mailbox;
    if (!all.empty() && all.back() == '>') {
        const std::size_t open = all.rfind('<');
        if (open == std::string_view::npos) refuse(text, field, "there is a '>' without a '<'");
        mailbox.display_name = unquoted_name(trimmed(all.substr(0, open)), text, field);
        mailbox.address = all.substr(open + 1, all.size() - open - 2);
    } else {
        mailbox.address = all;
    }
    check_address(mailbox.address, text, field);
    return mailbox;
}

std::string Mailbox::to_header(std::size_t column) const {
    if (display_name.empty()) return address;
    return fmt::format("{} <{}>", encode_phrase(display_name, column), address);
}

std::string_view Mailbox::domain() const {
    const std::string_view all = address;
    return all.substr(all.rfind('@') + 1);
}

}  // namespace hiratake::mail
