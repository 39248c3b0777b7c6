#include <utility>
#include <vector>

#include "hiratake/payload/json.hpp"
#include "payload/json_scanner.hpp"

namespace hiratake {
namespace {

using payload::JsonScanner;

// Descends once for each level of nesting, which max_json_depth bounds.
class JsonReader {
  public:
    explicit JsonReader(std::string_view text) : scanner_(text) {}

    Value read_document() {
        Value value = read_value(0);
        if (scanner_.peek(); !scanner_.at_end()) scanner_.fail("something follows the value");
        return value;
    }

  private:
    Value read_value(std::size_t depth) {
        switch (scanner_.peek()) {
            case '"': return scanner_.read_string();
            case '[': return read_array(depth + 1);
            case '{': return read_object(depth + 1);
            case 't': scanner_.expect_word("true"); return true;
            case 'f': scanner_.expect_word("false"); return false;
            case 'n': scanner_.expect_word("null"); return nullptr;
            case '-':
            case '0':
            case '1':
            case '2':
            case '3':
            case '4':
            case '5':
            case '6':
            case '7':
            case '8':
            case '9':
            case 'N':
            case 'I': return scanner_.read_number();
            default: scanner_.fail("expected a value");
        }
    }

    Array read_array(std::size_t depth) {
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

    Object read_object(std::size_t depth) {
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

    void enter(std::size_t depth) {
        if (depth > max_json_depth) scanner_.fail("arrays and objects lie too deep inside of each other");
        scanner_.advance();
    }

    bool ends_with(char closing, const char* problem) {
        const char c = scanner_.peek();
        if (c != closing && c != ',') scanner_.fail(problem);
        scanner_.advance();
        return c == closing;
    }

    JsonScanner scanner_;
};

}  // namespace

JsonError::~JsonError() = default;

Value parse_json(std::string_view text) {
    return JsonReader(text).read_document();
}

}  // namespace hiratake
