#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// What a definition says of a parameter or field beyond its C++ type. Each word becomes a keyword of the JSON Schema
/// (draft 2020-12) that the documentation shows; a value that breaks a rule is refused before the method is called.
template <class Self>
class SchemaKeywords {
  public:
    /// The same words for another kind of parameter or field.
    template <class Other>
    explicit SchemaKeywords(const SchemaKeywords<Other>& other)
        : keywords_(other.keywords()), has_rules_(other.has_rules()) {}

    Self& doc(std::string text) { return set("description", std::move(text)); }
    Self& example(Value value) { return set("examples", Array{std::move(value)}); }
    /// A hint for readers and tools such as "email" or "date"; not checked.
    Self& format(std::string name) { return set("format", std::move(name)); }

    Self& minimum(Value number) { return rule("minimum", std::move(number)); }
    Self& maximum(Value number) { return rule("maximum", std::move(number)); }
    Self& above(Value number) { return rule("exclusiveMinimum", std::move(number)); }
    Self& below(Value number) { return rule("exclusiveMaximum", std::move(number)); }
    Self& multiple_of(Value number) { return rule("multipleOf", std::move(number)); }
    /// In characters, not bytes.
    Self& min_length(std::size_t characters) { return rule("minLength", characters); }
    Self& max_length(std::size_t characters) { return rule("maxLength", characters); }
    /// @param expression a regular expression of RE2's syntax that some part of the text matches; ^ and $ bind it
    Self& pattern(std::string expression) { return rule("pattern", std::move(expression)); }
    Self& one_of(std::initializer_list<Value> values) { return rule("enum", Array(values)); }
    Self& min_items(std::size_t count) { return rule("minItems", count); }
    Self& max_items(std::size_t count) { return rule("maxItems", count); }

    const Object& keywords() const { return keywords_; }
    /// Whether there is a rule among the keywords: something that a value can break.
    bool has_rules() const { return has_rules_; }

  private:
    friend Self;
    SchemaKeywords() = default;

    Self& set(const char* keyword, Value value) {
        keywords_.set(keyword, std::move(value));
        return static_cast<Self&>(*this);
    }
    Self& rule(const char* keyword, Value value) {
        has_rules_ = true;
        return set(keyword, std::move(value));
    }

    Object keywords_;
    bool has_rules_ = false;
};

}  // namespace hiratake
