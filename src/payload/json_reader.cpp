#include "payload/json_reader.hpp"

#include <utility>
#include <vector>

#include "hiratake/payload/json.hpp"

namespace hiratake {
namespace payload {

Value JsonReader::read_value(std::size_t depth) {
    const char first = scanner_.peek();
    switch (first) {
        case '"': return scanner_.read_string();
        case '[': return read_array(depth + 1);
        case '{': return read_object(depth + 1);
        case 't': scanner_.expect_word("true"); return true;
        case 'f': scanner_.expect_word("false"); return false;
        case 'n': scanner_.expect_word("null"); return nullptr;
        default: break;
    }
    if (!begins_number(first)) scanner_.fail("expected a value");
    return scanner_.read_number();
}

Array JsonReader::read_array(std::size_t depth) {
    enter(depth);
    Array array;
    if (scanner_.peek() == ']') {
        scanner_.advance();
        return array;
    }
    while (true) {
        array.push_back(read_value(depth));
        if (ends_with(']', "expected ',' or ']'")) return array;
    }
}

Object JsonReader::read_object(std::size_t depth) {
    enter(depth);
    std::vector<Member> members;
    if (scanner_.peek() == '}') {
        scanner_.advance();
        return {};
    }
    while (true) {
        if (scanner_.peek() != '"') scanner_.fail("expected the name of a member in double quotes");
        std::string name = scanner_.read_string();
        if (scanner_.peek() != ':') scanner_.fail("expected ':'");
        scanner_.advance();
        members.push_back({std::move(name), read_value(depth)});
        if (ends_with('}', "expected ',' or '}'")) return Object(std::move(members));
    }
}

void JsonReader::enter(std::size_t depth) {
    if (depth > max_json_depth) scanner_.fail("arrays and objects lie too deep inside of each other");
    scanner_.advance();
}

bool JsonReader::ends_with(char closing, const char* problem) {
    const char c = scanner_.peek();
    if (c != closing && c != ',') scanner_.fail(problem);
    scanner_.advance();
    return c == closing;
}

}  // namespace payload

JsonError::~JsonError() = default;

Value parse_json(std::string_view text) {
    payload::JsonScanner scanner(text);
    Value value = payload::JsonReader(scanner).read_value(0);
    if (scanner.peek(); !scanner.at_end()) scanner.fail("something follows the value");
    return value;
}

}  // namespace hiratake
