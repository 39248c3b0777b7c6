#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hiratake/payload/json.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::payload {

/// Writes JSON piece by piece, as write_json() writes it. Throws JsonError as that does; the text holds a part then.
class JsonOutput {
  public:
    /// @param out to whose end it writes; must outlive this
    /// @param depth how many arrays and objects the text lies inside of
    explicit JsonOutput(std::string& out, JsonStyle style = JsonStyle::python, std::size_t depth = 0);

    void null() { out_ += "null"; }
    void boolean(bool boolean) { out_ += boolean ? "true" : "false"; }
    void integer(std::int64_t integer);
    void unsigned_integer(std::uint64_t integer);
    void real(double real);
    void string(std::string_view text);
    void value(const Value& value);
    void array(const Array& array);
    void object(const Object& object);

    void begin_array() { begin('['); }
    /// Before each element.
    void element();
    void end_array() { end(']'); }
    void begin_object() { begin('{'); }
    /// Before each value.
    void member(std::string_view name);
    void end_object() { end('}'); }

  private:
    void begin(char opening);
    void end(char closing);
    void break_line();
    void make_room(std::size_t size);
    void append(const char* begin, const char* end);
    void write_escape(std::uint32_t code_point);
    void write_code(std::uint32_t code);

    std::string& out_;
    std::string_view item_separator_;
    std::string_view name_separator_;
    bool is_indented_;
    std::size_t depth_;
    bool is_first_ = false;
};

}  // namespace hiratake::payload
