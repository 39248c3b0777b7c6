#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hiratake::mail {

/// Refuses what must not stand in a header: control characters (with CR and LF among them, a value could add headers of
/// its own or end them) and text that is not UTF-8.
/// @throws MailError naming `field`
void check_header_text(std::string_view text, std::string_view field);

/// An unstructured header value (RFC 5322, 2.2.1) folded to lines of 78 characters; as encoded words (RFC 2047) when it
/// is not plain ASCII or could be mistaken for one.
/// @param column how many characters stand before it in its line
std::string encode_text(std::string_view text, std::size_t column);

/// A display name: as it is, as a quoted string, or as encoded words, whichever it needs (RFC 5322, 3.2.5).
std::string encode_phrase(std::string_view text, std::size_t column);

/// `; name="value"`, in the form of RFC 2231 (`name*=UTF-8''…`, in segments when long) when the value is not plain
/// ASCII.
std::string encode_parameter(std::string_view name, std::string_view value);

}  // namespace hiratake::mail
