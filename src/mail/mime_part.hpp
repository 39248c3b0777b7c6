#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hiratake::mail {

/// One node of a message's tree (RFC 2045 to 2047, 2231, 2392), already rendered.
struct MimePart {
    /// The Content-… lines, each with its CRLF.
    std::string headers{};
    std::string body{};
};

/// Readable text in the lightest encoding that keeps it whole; line ends of any kind become CRLF.
/// @param subtype "plain" or "html"
MimePart text_part(std::string_view subtype, std::string_view text);

/// A file in base64.
/// @param disposition "attachment" or "inline"
/// @param content_id left out when empty
MimePart file_part(std::string_view content_type, std::string_view file_name, std::string_view disposition,
                   std::string_view content_id, std::string_view content);

/// Parts one after the other: "mixed", "alternative" or "related".
/// @param boundary must occur in none of the parts
MimePart multipart(std::string_view subtype, std::string_view boundary, const std::vector<MimePart>& parts);

}  // namespace hiratake::mail
