#pragma once

#include <cstddef>
#include <string_view>

namespace hiratake::http {

/// Looks for the end of a request's header as its bytes come. What it finds does not depend on how they were cut.
class HeaderEnd {
  public:
    enum class Outcome {
        incomplete,
        found,            ///< See position().
        malformed_start,  ///< The first byte begins no method: another protocol, most likely TLS.
        malformed_line,   ///< A line ends without a carriage return (RFC 9112 section 2.2 allows it; others differ).
        folded_line,      ///< A field goes on in the next line (RFC 9112 section 5.2): obsolete, and read differently.
    };

    /// @param bytes all that has come since the request's first byte
    Outcome look(std::string_view bytes);

    /// Behind the last byte of the header.
    std::size_t position() const { return line_; }
    /// Whether the request line is there.
    bool has_first_line() const { return line_ > 0; }

  private:
    // Where the line begins that is not complete yet, and how far it has been looked at.
    std::size_t line_ = 0;
    std::size_t seen_ = 0;
};

}  // namespace hiratake::http
