#pragma once

#include <string>
#include <string_view>

namespace hiratake::mail {

/// The media type that belongs to a file name's ending, application/octet-stream for one we do not know.
std::string_view content_type_for(std::string_view file_name);

/// The given media type, or the one that belongs to the file name when none is given.
/// @param field what it was given as, for the error, such as "attachments[0].content_type"
/// @throws MailError naming `field` when it is no media type, or a composite one: base64 is not allowed in those
///         (RFC 2045, 6.4)
std::string checked_content_type(std::string_view content_type, std::string_view file_name, std::string_view field);

}  // namespace hiratake::mail
