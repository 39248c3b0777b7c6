#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hiratake/mail/attachment.hpp"
#include "hiratake/mail/inline_image.hpp"

namespace hiratake {

/// One e-mail. All text is UTF-8. Addresses are `name@example.com` or `Name <name@example.com>`.
struct Email {
    /// Left empty, `smtp.from` of the configuration.
    std::string from{};
    std::vector<std::string> to{};
    std::vector<std::string> cc{};
    /// Receive the mail and appear nowhere in it.
    std::vector<std::string> bcc{};
    std::vector<std::string> reply_to{};
    std::string subject{};
    std::string text{};
    /// Beside `text` (a reader shows the one it can) or instead of it.
    std::string html{};
    std::vector<Attachment> attachments{};
    std::vector<InlineImage> inline_images{};
    /// Further headers, name and value, such as {"In-Reply-To", "<1@example.com>"}. Those that follow from the
    /// fields above are refused here.
    std::vector<std::pair<std::string, std::string>> headers{};
};

}  // namespace hiratake
