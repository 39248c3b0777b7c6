#include "stub/identifiers.hpp"

#include <algorithm>
#include <array>

namespace hiratake::stub {
namespace {

// In order, for the search. C++20, with the alternative spellings and the names that only modules and contexts reserve.
constexpr auto cpp_keywords = std::to_array<std::string_view>(
    {"alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
     "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char16_t",
     "char32_t",    "char8_t",  "class",      "co_await",  "co_return", "co_yield",     "compl",
     "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
     "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
     "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
     "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
     "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
     "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
     "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
     "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
     "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
     "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
     "xor_eq"});
constexpr auto python_keywords = std::to_array<std::string_view>(
    {"False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
     "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
     "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
     "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"});
static_assert(std::is_sorted(cpp_keywords.begin(), cpp_keywords.end()));
static_assert(std::is_sorted(python_keywords.begin(), python_keywords.end()));

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool is_part(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

bool is_identifier(std::string_view text) {
    return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), is_part);
}

}  // namespace

bool is_cpp_name(std::string_view text) {
    return is_identifier(text) && !std::binary_search(cpp_keywords.begin(), cpp_keywords.end(), text);
}

bool is_python_name(std::string_view text) {
    return is_identifier(text) && !std::binary_search(python_keywords.begin(), python_keywords.end(), text);
}

std::string Scope::add(std::string_view text) {
    std::string name{text};
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !is_part(c); }, '_');
    if (name.empty() || !is_letter(name.front())) name.insert(name.begin(), '_');
    while (!is_name_(name) || !taken_.insert(name).second) name += '_';
    return name;
}

std::string harmless(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
        if (c == '"') c = '\'';
        if (c == '\\') c = '/';
    }
    return result;
}

std::string capitalised(std::string_view text) {
    std::string name;
    bool starts_word = true;
    for (const char c : text) {
        if (!is_part(c) || c == '_') {
            starts_word = true;
            continue;
        }
        name += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        starts_word = false;
    }
    return name;
}

}  // namespace hiratake::stub
