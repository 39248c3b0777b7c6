#include "documents/schema_text.hpp"

#include <cstdint>
#include <limits>
#include <string_view>

namespace hiratake::documents {
namespace {

template <class Integer>
void name_range(Object& schema, const char* format) {
    using Limits = std::numeric_limits<Integer>;
    const Value* minimum = schema.find("minimum");
    const Value* maximum = schema.find("maximum");
    const bool has_lowest = minimum && *minimum == Value(Limits::min());
    const bool has_highest = maximum && *maximum == Value(Limits::max());
    // A bound of its own beside one of the type's: the format still tells the other.
    if (!has_highest && !(has_lowest && std::numeric_limits<Integer>::is_signed)) return;
    if (has_lowest && std::numeric_limits<Integer>::is_signed) schema.erase("minimum");
    if (has_highest) schema.erase("maximum");
    schema.set("format", format);
}

// Their values are data, whatever they look like.
bool holds_data(std::string_view keyword) {
    return keyword == "examples" || keyword == "default" || keyword == "enum" || keyword == "const";
}

}  // namespace

Value with_named_ranges(Value schema) {
    if (auto* elements = schema.get_if<Array>()) {
        for (Value& element : *elements) element = with_named_ranges(std::move(element));
    } else if (auto* keywords = schema.get_if<Object>()) {
        for (Member& keyword : *keywords) {
            if (!holds_data(keyword.name)) keyword.value = with_named_ranges(std::move(keyword.value));
        }
        const Value* type = keywords->find("type");
        if (type && *type == Value("integer")) {
            name_range<std::int64_t>(*keywords, "int64");
            name_range<std::uint64_t>(*keywords, "uint64");
            name_range<std::int32_t>(*keywords, "int32");
        }
    }
    return schema;
}

std::string take_description(Value& schema) {
    auto* keywords = schema.get_if<Object>();
    Value* description = keywords ? keywords->find("description") : nullptr;
    if (!description || !description->get_if<std::string>()) return {};
    std::string text = std::move(description->as_string());
    keywords->erase("description");
    return text;
}

std::string first_sentence(const std::string& text) {
    std::string sentence = text.substr(0, text.find(". "));
    if (!sentence.empty() && sentence.back() == '.') sentence.pop_back();
    return sentence;
}

}  // namespace hiratake::documents
