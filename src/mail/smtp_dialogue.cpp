#include "mail/smtp_dialogue.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace hiratake::mail {
namespace {

constexpr std::size_t max_answer = 1000;

std::string_view without_line_end(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    return line;
}

void append_printable(std::string& text, std::string_view added) {
    for (const char c : added) {
        if (text.size() >= max_answer) return;
        text += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
    }
}

}  // namespace

void SmtpDialogue::sent(std::string_view line) {
    static constexpr std::array<std::string_view, 6> open_commands = {"EHLO", "HELO", "STARTTLS",
                                                                      "MAIL", "RCPT", "DATA"};
    line = without_line_end(line);
    const std::size_t space = line.find(' ');
    const std::string_view verb = line.substr(0, space);
    parting_ = verb == "QUIT";
    if (verb == "AUTH" && space != std::string_view::npos) {
        command_ = line.substr(0, line.find(' ', space + 1));
    } else if (std::find(open_commands.begin(), open_commands.end(), verb) != open_commands.end()) {
        command_ = line;
    }
}

void SmtpDialogue::received(std::string_view line) {
    line = without_line_end(line);
    int code = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + std::min<std::size_t>(line.size(), 3), code);
    if (error != std::errc{} || end != line.data() + 3) return;
    const bool continues = line.size() > 3 && line[3] == '-';
    if (parting_) {
        parting_ = continues;
        return;
    }
    if (answer_continues_ && code == reply_code_) {
        append_printable(answer_, " ");
        append_printable(answer_, line.substr(std::min<std::size_t>(line.size(), 4)));
    } else {
        answer_.clear();
        append_printable(answer_, line);
    }
    reply_code_ = code;
    answer_continues_ = continues;
}

}  // namespace hiratake::mail
