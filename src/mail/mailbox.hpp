#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hiratake::mail {

/// A person's or a programme's address: `Name <local@domain>` (RFC 5322, 3.4).
struct Mailbox {
    std::string display_name{};
    /// `local@domain`; UTF-8 in it needs a server that offers SMTPUTF8 (RFC 6531).
    std::string address{};

    /// Reads `local@domain`, `Name <local@domain>` or `"Last, First" <local@domain>`: exactly one address.
    /// @param field what the text was given as, for the error, such as "to[0]"
    /// @throws MailError naming `field`
    static Mailbox parse(std::string_view text, std::string_view field);

    /// As it stands in a header.
    /// @param column how many characters stand before it in its line
    std::string to_header(std::size_t column) const;

    std::string_view domain() const;
};

}  // namespace hiratake::mail
