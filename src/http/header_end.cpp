#include "http/header_end.hpp"

#include "http/ascii.hpp"

namespace hiratake::http {

HeaderEnd::Outcome HeaderEnd::look(std::string_view bytes) {
    if (!bytes.empty() && !is_token_character(bytes.front())) return Outcome::malformed_start;
    while (true) {
        if (line_ > 0 && line_ < bytes.size() && is_blank(bytes[line_])) return Outcome::folded_line;
        const auto end = bytes.find('\n', seen_);
        if (end == std::string_view::npos) {
            seen_ = bytes.size();
            return Outcome::incomplete;
        }
        if (bytes[end - 1] != '\r') return Outcome::malformed_line;
        const bool is_empty_line = end - line_ == 1;
        line_ = seen_ = end + 1;
        if (is_empty_line) return Outcome::found;
    }
}

}  // namespace hiratake::http
