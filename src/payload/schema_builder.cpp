#include "hiratake/payload/schema_builder.hpp"

namespace hiratake {
namespace {

// "shop::Order" is "Order". The arguments of a template may have namespaces of their own, so nothing after a '<' is
// looked at.
std::string_view without_namespaces(std::string_view type_name) {
    const std::size_t colon = type_name.substr(0, type_name.find('<')).rfind(':');
    return colon == std::string_view::npos ? type_name : type_name.substr(colon + 1);
}

// What may stand in a reference without escapes.
std::string safe(std::string_view name) {
    std::string text;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (plain) {
            text += c;
        } else if (!text.empty() && text.back() != '.') {
            text += '.';
        }
    }
    while (!text.empty() && text.back() == '.') text.pop_back();
    return text;
}

}  // namespace

std::pair<std::string, bool> SchemaBuilder::name_of(std::string_view type_name) {
    for (const std::string& name : {safe(without_namespaces(type_name)), safe(type_name)}) {
        const Value* owner = type_names_.find(name);
        if (!owner) {
            type_names_.set(name, type_name);
            return {name, true};
        }
        if (owner->as_string() == type_name) return {name, false};
    }
    // Two types whose full names differ only in punctuation.
    std::string name = safe(type_name) + '.' + std::to_string(type_names_.size());
    type_names_.set(name, type_name);
    return {name, true};
}

}  // namespace hiratake
