#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake {

/// How deep arrays and objects may lie inside of each other, both when reading and when writing.
inline constexpr std::size_t max_json_depth = 128;

/// A text is no JSON, or a value cannot be written as JSON. what() names the line and column.
class JsonError : public Error {
  public:
    explicit JsonError(const std::string& what, std::size_t offset = 0) : Error(what), offset_(offset) {}
    ~JsonError() override;

    /// The byte of the text at which reading stopped.
    std::size_t offset() const { return offset_; }

  private:
    std::size_t offset_;
};

/// Reads one JSON value in the dialect of Python's json module: besides RFC 8259, `NaN`, `Infinity` and `-Infinity` are
/// numbers, integers keep all of their digits, and of several members with one name the last wins. An escaped surrogate
/// without its other half (\ud800) is kept as the three bytes that UTF-8 would give it (WTF-8), and write_json() turns
/// these back into the escape. Throws JsonError for anything else, for invalid UTF-8 and beyond max_json_depth.
Value parse_json(std::string_view text);

enum class JsonStyle {
    /// Byte for byte what Python's json.dumps() writes: `{"a": [1, 2.0]}`.
    python,
    /// The same without spaces: `{"a":[1,2.0]}`.
    compact,
    /// One member or element a line, two spaces for each level: for people, and for comparing.
    indented,
};

/// The value as JSON in ASCII: all else is escaped as \uXXXX. Floating-point numbers are written as Python writes them:
/// the shortest digits that read back the same, with a point or an exponent; NaN and infinities bare. Throws JsonError
/// for a string that is no UTF-8 and beyond max_json_depth.
std::string write_json(const Value& value, JsonStyle style = JsonStyle::python);

/// As write_json(), to the end of `out`. When it throws, `out` holds a part.
void append_json(std::string& out, const Value& value, JsonStyle style = JsonStyle::python);

}  // namespace hiratake
