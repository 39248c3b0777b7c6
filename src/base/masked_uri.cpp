#include "hiratake/base/masked_uri.hpp"

#include <algorithm>

namespace hiratake {

std::string masked_uri(std::string_view text) {
    std::string masked;
    masked.reserve(text.size());
    while (!text.empty()) {
        const std::size_t scheme_end = text.find("://");
        if (scheme_end == std::string_view::npos) break;
        const std::size_t authority = scheme_end + 3;
        masked += text.substr(0, authority);
        text.remove_prefix(authority);

        // The last '@' counts, also beyond a ';': a password that should have been percent-encoded must not leak its
        // tail.
        const std::string_view host_and_user =
            text.substr(0, std::min(text.find("://"), text.find_first_of(" \t\n\"'")));
        const std::size_t at = host_and_user.rfind('@');
        if (at == std::string_view::npos) continue;
        const std::size_t colon = host_and_user.find(':');
        if (colon < at) {
            masked += text.substr(0, colon);
            masked += ":**";
        } else {
            masked += text.substr(0, at);
        }
        text.remove_prefix(at);
    }
    masked += text;
    return masked;
}

}  // namespace hiratake
