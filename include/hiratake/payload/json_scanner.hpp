#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"

namespace hiratake::payload {

/// Walks a JSON text from token to token and builds nothing but the token asked for. What is built of the tokens is the
/// caller's: parse_json() makes a Value, JsonInput the C++ types themselves.
/// All functions throw JsonError.
class JsonScanner {
  public:
    explicit JsonScanner(std::string_view text) : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

    /// The first character of the next token, or '\0' at the end.
    char peek() {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
        return at_ == end_ ? '\0' : *at_;
    }
    bool at_end() const { return at_ == end_; }
    /// Steps over the character that peek() returned.
    void advance() { ++at_; }
    /// Steps over the word that must be here.
    void expect_word(std::string_view word);

    /// The string that starts here, at its quote.
    std::string read_string();
    /// The number that starts here, at a digit, a minus sign, or one of Python's words NaN and Infinity.
    Value read_number();

    [[noreturn]] void fail(const char* problem) const { fail_at(at_, problem); }

  private:
    [[noreturn]] void fail_at(const char* where, const char* problem) const;

    /// Steps over characters that are not ASCII and checks that they are UTF-8.
    void skip_wide_characters();
    void append_escape(std::string& text);
    std::uint32_t read_four_digits();

    void skip_digits();
    Value read_real(const char* start) const;

    const char* begin_;
    const char* at_;
    const char* end_;
};

}  // namespace hiratake::payload
