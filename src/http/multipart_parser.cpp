#include "http/multipart_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "http/ascii.hpp"
#include "http/header_parameters.hpp"

namespace hiratake::http {
namespace {

const std::string* find_field(const TextFields& fields, std::string_view name) {
    const auto field =
        std::find_if(fields.begin(), fields.end(), [name](const auto& each) { return each.first == name; });
    return field == fields.end() ? nullptr : &field->second;
}

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// "C:\photos\cat.png" and "../cat.png" are "cat.png"; what is no name of a file is empty.
std::string without_folders(const std::string& path) {
    const auto separator = path.find_last_of("/\\");
    std::string name = separator == std::string::npos ? path : path.substr(separator + 1);
    return name == "." || name == ".." ? "" : name;
}

// The fields of a part's header, their names in lower case. Nothing when it is malformed or a field is there twice.
std::optional<TextFields> header_fields(std::string_view header) {
    TextFields fields;
    while (!header.empty()) {
        const auto end = std::min(header.find("\r\n"), header.size());
        const auto line = header.substr(0, end);
        header.remove_prefix(std::min(end + 2, header.size()));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) return std::nullopt;
        std::string name = to_lower(line.substr(0, colon));
        const auto value = trimmed(line.substr(colon + 1));
        const bool is_odd = name.find_first_of(" \t") != std::string::npos || has_control_character(name) ||
                            has_control_character(value) || find_field(fields, name);
        if (is_odd) return std::nullopt;
        fields.emplace_back(std::move(name), value);
    }
    return fields;
}

std::optional<FormPart> parse_part(std::string_view header) {
    const auto fields = header_fields(header);
    const auto* disposition = fields ? find_field(*fields, "content-disposition") : nullptr;
    if (!disposition) return std::nullopt;
    const auto parameters = header_parameters(*disposition);
    const auto kind = trimmed(std::string_view(*disposition).substr(0, disposition->find(';')));
    const auto* name = parameters ? find_field(*parameters, "name") : nullptr;
    if (!name || !equal_ignoring_case(kind, "form-data")) return std::nullopt;
    FormPart part{*name, std::nullopt, {}};
    if (const auto* filename = find_field(*parameters, "filename")) part.filename = without_folders(*filename);
    if (const auto* type = find_field(*fields, "content-type")) part.content_type = *type;
    return part;
}

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
    const auto parameters = header_parameters(content_type);
    const auto* boundary = parameters ? find_field(*parameters, "boundary") : nullptr;
    constexpr std::string_view allowed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? ";
    const bool is_usable = boundary && !boundary->empty() && boundary->size() <= 70 && boundary->back() != ' ' &&
                           boundary->find_first_not_of(allowed) == std::string::npos;
    if (!is_usable) return std::nullopt;
    return *boundary;
}

// The first boundary is one like the others when a line break is put before it.
MultipartParser::MultipartParser(const std::string& boundary, const FormLimits& limits)
    : limits_(limits), delimiter_("\r\n--" + boundary), buffer_("\r\n") {}

const std::optional<MultipartParser::Failure>& MultipartParser::feed(std::string_view bytes, Sink& sink) {
    if (failure_) return failure_;
    buffer_ += bytes;
    while (advance(sink)) {
    }
    buffer_.erase(0, position_);
    position_ = 0;
    return failure_;
}

const std::optional<MultipartParser::Failure>& MultipartParser::finish() {
    if (!failure_ && state_ != State::epilogue) fail("the form ends before its last boundary");
    return failure_;
}

// One step; false when it needs more bytes or has failed.
bool MultipartParser::advance(Sink& sink) {
    switch (state_) {
        case State::preamble: return skip_preamble();
        case State::boundary_line: return read_boundary_line();
        case State::header: return read_header(sink);
        case State::data: return read_data(sink);
        case State::epilogue: position_ = buffer_.size(); return false;
    }
    return false;
}

bool MultipartParser::skip_preamble() {
    const auto found = buffer_.find(delimiter_, position_);
    if (found == std::string::npos) {
        position_ = buffer_.size() - std::min(buffer_.size() - position_, delimiter_.size() - 1);
        return false;
    }
    position_ = found + delimiter_.size();
    state_ = State::boundary_line;
    return true;
}

// What stands behind a boundary: "--" when it is the last, else spaces and the end of the line.
bool MultipartParser::read_boundary_line() {
    const auto rest = std::string_view(buffer_).substr(position_);
    if (rest.size() < 2) return false;
    if (rest.starts_with("--")) {
        state_ = State::epilogue;
        return true;
    }
    const auto end = rest.find_first_not_of(" \t");
    if (std::min(end, rest.size()) > limits_.max_part_header_bytes) return fail("a line with a boundary is too long");
    if (end == std::string_view::npos || rest.size() < end + 2) return false;
    if (rest.substr(end, 2) != "\r\n") return fail("a line with a boundary of the form has something else in it");
    if (++parts_ > limits_.max_parts) {
        return fail(fmt::format("the form has more than {} parts", limits_.max_parts), 413);
    }
    position_ += end + 2;
    state_ = State::header;
    return true;
}

bool MultipartParser::read_header(Sink& sink) {
    const auto rest = std::string_view(buffer_).substr(position_);
    const auto end = rest.find("\r\n\r\n");
    // Its end may have come but for one byte.
    const auto least_size = std::min(end, rest.size() - std::min<std::size_t>(rest.size(), 3));
    if (least_size > limits_.max_part_header_bytes) {
        return fail(
            fmt::format("the header of part {} is larger than {} bytes", parts_, limits_.max_part_header_bytes));
    }
    if (end == std::string_view::npos) return false;
    auto part = parse_part(rest.substr(0, end));
    if (!part) {
        return fail(fmt::format(
            "the header of part {} is malformed; it needs Content-Disposition: form-data with a name", parts_));
    }
    sink.begin_part(*std::move(part));
    position_ += end + 4;
    state_ = State::data;
    return true;
}

bool MultipartParser::read_data(Sink& sink) {
    const auto rest = std::string_view(buffer_).substr(position_);
    const auto end = rest.find(delimiter_);
    if (end != std::string_view::npos) {
        if (end > 0) sink.part_data(rest.substr(0, end));
        sink.end_part();
        position_ += end + delimiter_.size();
        state_ = State::boundary_line;
        return true;
    }
    // The last bytes may be the beginning of a boundary.
    const auto sure = rest.size() - std::min(rest.size(), delimiter_.size() - 1);
    if (sure > 0) sink.part_data(rest.substr(0, sure));
    position_ += sure;
    return false;
}

bool MultipartParser::fail(std::string detail, int status) {
    failure_ = Failure{status, std::move(detail)};
    return false;
}

}  // namespace hiratake::http
