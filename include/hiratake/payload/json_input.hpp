#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "hiratake/payload/json_scanner.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::payload {

/// Reads a JSON text straight into C++ types, as long as it says what they expect. After the first surprise it is of no
/// use any more: whoever reads takes the way by a Value then, which takes more than this and says what is wrong. So no
/// function says why it returns false. All throw JsonError where the text is no JSON.
class JsonInput {
  public:
    /// @param depth how many arrays and objects the text lies inside of
    explicit JsonInput(std::string_view text, std::size_t depth = 0) : scanner_(text), depth_(depth) {}

    /// Steps over `null`, where that is next.
    bool skip_null();
    bool boolean(bool& boolean);
    /// An integer or a real number.
    bool number(Value& number);
    bool string(std::string& text);
    /// Whatever is next.
    Value value();

    /// Into an array; each of its elements is to be read when has_element() has said so.
    bool begin_array() { return begin('['); }
    /// False at the end of the array, which it leaves.
    bool has_element() { return has_next(']'); }
    /// Into an object; each of its values is to be read when has_member() has said so.
    bool begin_object() { return begin('{'); }
    /// False at the end of the object, which it leaves.
    bool has_member(std::string& name);

    /// Whether something was not as expected: it tells the end of an array from that.
    bool has_failed() const { return has_failed_; }
    /// Whether nothing but white space is left.
    bool is_at_end();

  private:
    bool begin(char opening);
    bool has_next(char closing);
    bool fail();

    JsonScanner scanner_;
    std::size_t depth_;
    bool is_first_ = false;
    bool has_failed_ = false;
};

}  // namespace hiratake::payload
