#pragma once

#include <cstddef>

#include "hiratake/payload/json_scanner.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::payload {

/// Whether a number can begin with it, one of Python's words included.
constexpr bool begins_number(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == 'N' || c == 'I';
}

/// Makes a Value of what a scanner finds next. Descends once for each level of nesting, which max_json_depth bounds.
class JsonReader {
  public:
    explicit JsonReader(JsonScanner& scanner) : scanner_(scanner) {}

    /// @param depth how many arrays and objects the value lies inside of. Throws JsonError.
    Value read_value(std::size_t depth);

  private:
    Array read_array(std::size_t depth);
    Object read_object(std::size_t depth);
    void enter(std::size_t depth);
    bool ends_with(char closing, const char* problem);

    JsonScanner& scanner_;
};

}  // namespace hiratake::payload
