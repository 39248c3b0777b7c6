#include "mail/mime_composer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "hiratake/mail/mail_error.hpp"
#include "mail/content_type.hpp"
#include "mail/header_text.hpp"
#include "payload/utf8.hpp"

namespace hiratake::mail {
namespace {

[[noreturn]] void refuse(const std::string& reason) {
    throw MailError("cannot compose the mail: " + reason);
}

std::vector<Mailbox> parse_all(const std::vector<std::string>& texts, std::string_view field) {
    std::vector<Mailbox> mailboxes;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        mailboxes.push_back(Mailbox::parse(texts[i], fmt::format("{}[{}]", field, i)));
    }
    return mailboxes;
}

/// `Name: a, b` with one address to a line; nothing when there are none.
std::string address_header(std::string_view name, const std::vector<Mailbox>& mailboxes) {
    std::string header;
    for (const Mailbox& mailbox : mailboxes) {
        header += header.empty() ? fmt::format("{}: ", name) : ",\r\n ";
        header += mailbox.to_header(name.size() + 2);
    }
    return header.empty() ? header : header + "\r\n";
}

std::string date_text(WallTime time) {  // RFC 5322, 3.3
    static constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_written_by_us(std::string_view name) {
    static constexpr std::array<std::string_view, 9> ours = {"From",    "To",   "Cc",         "Bcc",         "Reply-To",
                                                             "Subject", "Date", "Message-ID", "MIME-Version"};
    return equal_ignoring_case(name.substr(0, 8), "Content-") ||
           std::any_of(ours.begin(), ours.end(),
                       [&](std::string_view known) { return equal_ignoring_case(name, known); });
}

std::string extra_header(const std::string& name, const std::string& value) {
    constexpr std::size_t max_name = 76;
    const bool is_name = !name.empty() && name.size() <= max_name &&
                         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f && c != ':'; });
    if (!is_name) refuse("headers holds a name that is not a header's name (visible ASCII without a colon)");
    if (is_written_by_us(name))
        refuse(fmt::format("headers['{}'] follows from the mail's other fields; set those", name));
    check_header_text(value, fmt::format("headers['{}']", name));
    return fmt::format("{}: {}\r\n", name, encode_text(value, name.size() + 2));
}

void check_content_id(const std::string& content_id, std::string_view field) {
    const bool is_plain = !content_id.empty() && std::all_of(content_id.begin(), content_id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view{".-_@+"}.find(c) != std::string_view::npos;
    });
    if (!is_plain) refuse(fmt::format("{} must be of letters, digits and .-_@+", field));
}

MimePart attachment_part(const Attachment& attachment, std::size_t index) {
    const std::string field = fmt::format("attachments[{}]", index);
    check_header_text(attachment.file_name, field + ".file_name");
    if (attachment.file_name.empty()) refuse(field + ".file_name is empty");
    const std::string content_type =
        checked_content_type(attachment.content_type, attachment.file_name, field + ".content_type");
    return file_part(content_type, attachment.file_name, "attachment", "", attachment.content);
}

MimePart image_part(const InlineImage& image, std::size_t index) {
    const std::string field = fmt::format("inline_images[{}]", index);
    check_content_id(image.content_id, field + ".content_id");
    check_header_text(image.file_name, field + ".file_name");
    const std::string& file_name = image.file_name.empty() ? image.content_id : image.file_name;
    const std::string content_type = checked_content_type(image.content_type, file_name, field + ".content_type");
    return file_part(content_type, file_name, "inline", image.content_id, image.content);
}

void add_recipients(std::vector<std::string>& recipients, const std::vector<Mailbox>& mailboxes) {
    for (const Mailbox& mailbox : mailboxes) {
        if (std::find(recipients.begin(), recipients.end(), mailbox.address) == recipients.end()) {
            recipients.push_back(mailbox.address);
        }
    }
}

}  // namespace

ComposedMail MimeComposer::compose(const Email& email) const {
    check_size(email);
    const Mailbox from = Mailbox::parse(email.from, "from");
    const std::vector<Mailbox> to = parse_all(email.to, "to");
    const std::vector<Mailbox> cc = parse_all(email.cc, "cc");
    const std::vector<Mailbox> bcc = parse_all(email.bcc, "bcc");
    const std::vector<Mailbox> reply_to = parse_all(email.reply_to, "reply_to");
    check_header_text(email.subject, "subject");
    if (!payload::is_utf8(email.text)) refuse("text is not valid UTF-8; send bytes as an attachment");
    if (!payload::is_utf8(email.html)) refuse("html is not valid UTF-8; send bytes as an attachment");

    ComposedMail mail{.sender = from.address, .subject = email.subject};
    add_recipients(mail.recipients, to);
    add_recipients(mail.recipients, cc);
    add_recipients(mail.recipients, bcc);
    if (mail.recipients.empty()) refuse("it has no recipient; give to, cc or bcc");

    const MimePart body = body_of(email);
    std::string& bytes = mail.bytes;
    bytes = fmt::format("Date: {}\r\nMessage-ID: <{}@{}>\r\n", date_text(clock_.wall_time()), random_.uuid4().view(),
                        from.domain());
    bytes += address_header("From", {from});
    bytes += address_header("To", to);
    bytes += address_header("Cc", cc);
    bytes += address_header("Reply-To", reply_to);
    bytes += fmt::format("Subject: {}\r\n", encode_text(email.subject, std::string_view{"Subject: "}.size()));
    for (const auto& [name, value] : email.headers) bytes += extra_header(name, value);
    bytes += "MIME-Version: 1.0\r\n";
    bytes += body.headers;
    bytes += "\r\n";
    bytes += body.body;
    if (!body.body.ends_with("\r\n")) bytes += "\r\n";
    return mail;
}

void MimeComposer::check_size(const Email& email) const {
    std::size_t bytes = email.text.size() + email.html.size();
    for (const Attachment& attachment : email.attachments) bytes += attachment.content.size();
    for (const InlineImage& image : email.inline_images) bytes += image.content.size();
    if (bytes > max_content_bytes_) {
        refuse(fmt::format("it holds {} bytes, more than the {} that smtp.max_content_bytes allows", bytes,
                           max_content_bytes_));
    }
}

MimePart MimeComposer::body_of(const Email& email) const {
    MimePart body;
    if (email.html.empty()) {
        if (!email.inline_images.empty()) refuse("inline_images need html that shows them; send them as attachments");
        body = text_part("plain", email.text);
    } else if (email.text.empty()) {
        body = html_with_images(email);
    } else {
        body = multipart("alternative", boundary(), {text_part("plain", email.text), html_with_images(email)});
    }
    if (email.attachments.empty()) return body;

    std::vector<MimePart> parts{std::move(body)};
    for (std::size_t i = 0; i < email.attachments.size(); ++i) {
        parts.push_back(attachment_part(email.attachments[i], i));
    }
    return multipart("mixed", boundary(), parts);
}

MimePart MimeComposer::html_with_images(const Email& email) const {
    MimePart html = text_part("html", email.html);
    if (email.inline_images.empty()) return html;
    std::vector<MimePart> parts{std::move(html)};
    for (std::size_t i = 0; i < email.inline_images.size(); ++i) {
        parts.push_back(image_part(email.inline_images[i], i));
    }
    return multipart("related", boundary(), parts);
}

std::string MimeComposer::boundary() const {
    return fmt::format("=_{}", random_.uuid4().view());
}

}  // namespace hiratake::mail
