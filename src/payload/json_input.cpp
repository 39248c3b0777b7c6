#include "hiratake/payload/json_input.hpp"

#include <utility>

#include "hiratake/payload/json.hpp"
#include "payload/json_reader.hpp"

namespace hiratake::payload {

bool JsonInput::fail() {
    has_failed_ = true;
    return false;
}

bool JsonInput::skip_null() {
    if (scanner_.peek() != 'n') return false;
    scanner_.expect_word("null");
    return true;
}

bool JsonInput::boolean(bool& boolean) {
    const char first = scanner_.peek();
    if (first != 't' && first != 'f') return fail();
    boolean = first == 't';
    scanner_.expect_word(boolean ? "true" : "false");
    return true;
}

bool JsonInput::number(Value& number) {
    if (!begins_number(scanner_.peek())) return fail();
    number = scanner_.read_number();
    return true;
}

bool JsonInput::string(std::string& text) {
    if (scanner_.peek() != '"') return fail();
    text = scanner_.read_string();
    return true;
}

Value JsonInput::value() {
    return JsonReader(scanner_).read_value(depth_);
}

bool JsonInput::begin(char opening) {
    if (scanner_.peek() != opening || depth_ == max_json_depth) return fail();
    scanner_.advance();
    ++depth_;
    is_first_ = true;
    return true;
}

bool JsonInput::has_next(char closing) {
    const bool is_first = std::exchange(is_first_, false);
    const char next = scanner_.peek();
    if (next == closing) {
        scanner_.advance();
        --depth_;
        return false;
    }
    if (is_first) return true;
    if (next != ',') return fail();
    scanner_.advance();
    return true;
}

bool JsonInput::has_member(std::string& name) {
    if (!has_next('}')) return false;
    if (!string(name)) return false;
    if (scanner_.peek() != ':') return fail();
    scanner_.advance();
    return true;
}

bool JsonInput::is_at_end() {
    scanner_.peek();
    return scanner_.at_end();
}

}  // namespace hiratake::payload
