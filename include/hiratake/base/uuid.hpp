#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace hiratake {

/// A version 4 uuid (RFC 9562) as text: lower case, dashed, 36 characters.
class Uuid {
  public:
    /// Of 128 bits of chance, of which it keeps all but the six that tell its version.
    Uuid(std::uint64_t high, std::uint64_t low);

    std::string_view view() const { return {characters_.data(), characters_.size()}; }
    operator std::string_view() const { return view(); }
    std::string text() const { return std::string{view()}; }

  private:
    std::array<char, 36> characters_;
};

}  // namespace hiratake
