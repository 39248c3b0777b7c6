#pragma once

#include <cstdint>
#include <string_view>

namespace hiratake::websocket {

/// Checks a text that arrives in parts for being UTF-8 (RFC 3629): a part may end inside a character.
class Utf8Checker {
  public:
    /// Returns false as soon as no continuation can make a text of what has been seen.
    bool add(std::string_view part);
    /// Whether the last character is complete.
    bool is_complete() const { return missing_ == 0; }

  private:
    bool begin(std::uint8_t lead);

    int missing_ = 0;
    // What the next byte of the character may be: the second one of some is bounded more closely.
    std::uint8_t lowest_ = 0x80;
    std::uint8_t highest_ = 0xbf;
};

bool is_utf8(std::string_view text);

}  // namespace hiratake::websocket
