#include "payload/schema_validator.hpp"

#include <re2/re2.h>

#include <cmath>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "payload/schema_words.hpp"
#include "payload/utf8.hpp"

namespace hiratake::payload {
namespace {

bool is_number(const Value& value) {
    const auto kind = value.kind();
    return kind == Value::Kind::integer || kind == Value::Kind::big_integer || kind == Value::Kind::real;
}

// Of two numbers. Integers of 64 bits are compared exactly.
int compare(const Value& left, const Value& right) {
    const auto* a = left.get_if<std::int64_t>();
    const auto* b = right.get_if<std::int64_t>();
    if (a && b) return *a < *b ? -1 : *a > *b;
    const double difference = left.as_double() - right.as_double();
    return difference < 0 ? -1 : difference > 0;
}

bool is_multiple(const Value& value, const Value& of) {
    const auto* a = value.get_if<std::int64_t>();
    const auto* b = of.get_if<std::int64_t>();
    if (a && b) return *b != 0 && (*b == -1 || *a % *b == 0);
    const double quotient = value.as_double() / of.as_double();
    return std::abs(quotient - std::round(quotient)) <= 1e-9 * std::max(1.0, std::abs(quotient));
}

bool has_type(const Value& value, std::string_view type) {
    switch (value.kind()) {
        case Value::Kind::null: return type == "null";
        case Value::Kind::boolean: return type == "boolean";
        case Value::Kind::integer:
        case Value::Kind::big_integer: return type == "integer" || type == "number";
        case Value::Kind::real: return type == "number";
        case Value::Kind::string: return type == "string";
        case Value::Kind::array: return type == "array";
        case Value::Kind::object: return type == "object";
    }
    return false;
}

bool is_null_schema(const Value& schema) {
    const Value* type = schema.find("type");
    return type && type->as_string() == "null";
}

}  // namespace

/// One walk through one value.
struct SchemaValidator::Check {
    const SchemaValidator& validator;
    std::vector<ValueProblem>& problems;

    bool is_full() const { return problems.size() >= most_problems; }
    void report(const ValuePath& path, std::string problem, std::string expected) {
        if (!is_full()) problems.push_back({path.to_string(), std::move(problem), std::move(expected)});
    }

    const Value* definition_of(const Value& reference) const {
        const std::string& target = reference.as_string();
        return validator.definitions_.find(std::string_view(target).substr(target.rfind('/') + 1));
    }

    void check(const Value& schema, const Value& value, const ValuePath& path) {
        if (is_full()) return;
        if (const Value* reference = schema.find("$ref")) {
            if (const Value* definition = definition_of(*reference)) check(*definition, value, path);
        }
        if (const Value* alternatives = schema.find("anyOf")) check_any(alternatives->as_array(), value, path);
        if (value.find("__type__")) return;
        if (const Value* type = schema.find("type"); type && !has_type(value, type->as_string())) {
            return report(path, "got " + std::string(describe(value.kind())), noun_of_type(type->as_string()));
        }
        check_choice(schema, value, path);
        if (is_number(value)) check_number(schema, value, path);
        if (const auto* text = value.get_if<std::string>()) check_text(schema, *text, path);
        if (const auto* array = value.get_if<Array>()) check_array(schema, *array, path);
        if (const auto* object = value.get_if<Object>()) check_object(schema, *object, path);
    }

    void check_any(const Array& alternatives, const Value& value, const ValuePath& path) {
        std::vector<ValueProblem> of_last;
        std::string expected;
        std::size_t meant = 0;
        for (const Value& alternative : alternatives) {
            std::vector<ValueProblem> found;
            Check{validator, found}.check(alternative, value, path);
            if (found.empty()) return;
            expected += (expected.empty() ? "" : " or ") + found.front().expected;
            if (is_null_schema(alternative)) continue;
            ++meant;
            of_last = std::move(found);
        }
        // Null apart there was one thing that it could be: what is wrong with it as that says most.
        if (meant == 1) {
            for (auto& problem : of_last) {
                if (!is_full()) problems.push_back(std::move(problem));
            }
        } else {
            report(path, "got " + std::string(describe(value.kind())), expected);
        }
    }

    void check_choice(const Value& schema, const Value& value, const ValuePath& path) {
        const Value* choices = schema.find("enum");
        if (!choices) return;
        for (const Value& choice : choices->as_array()) {
            if (choice == value) return;
        }
        report(path, "got " + shown(value), one_of(choices->as_array()));
    }

    void check_number(const Value& schema, const Value& value, const ValuePath& path) {
        const auto breaks = [&](const char* keyword, auto is_broken) {
            const Value* limit = schema.find(keyword);
            return limit && is_broken(compare(value, *limit));
        };
        const Value* factor = schema.find("multipleOf");
        if (breaks("minimum", [](int order) { return order < 0; }) ||
            breaks("maximum", [](int order) { return order > 0; }) ||
            breaks("exclusiveMinimum", [](int order) { return order <= 0; }) ||
            breaks("exclusiveMaximum", [](int order) { return order >= 0; }) ||
            (factor && !is_multiple(value, *factor))) {
            report(path, "got " + shown(value), range_of_number(schema));
        }
    }

    void check_text(const Value& schema, const std::string& text, const ValuePath& path) {
        const Value* least = schema.find("minLength");
        const Value* most = schema.find("maxLength");
        if (least || most) {
            const auto length = static_cast<std::int64_t>(count_characters(text));
            if ((least && length < least->as_integer()) || (most && length > most->as_integer())) {
                report(path, "got " + std::to_string(length) + " characters",
                       "a string of " + count_range(least, most) + " characters");
            }
        }
        const Value* pattern = schema.find("pattern");
        if (!pattern) return;
        const auto compiled = validator.patterns_.find(pattern->as_string());
        if (compiled != validator.patterns_.end() && !re2::RE2::PartialMatch(text, *compiled->second)) {
            report(path, "got " + shown(text), "a string that matches " + pattern->as_string());
        }
    }

    void check_array(const Value& schema, const Array& array, const ValuePath& path) {
        const Value* least = schema.find("minItems");
        const Value* most = schema.find("maxItems");
        const auto size = static_cast<std::int64_t>(array.size());
        if ((least && size < least->as_integer()) || (most && size > most->as_integer())) {
            report(path, "got " + std::to_string(size), "an array of " + count_range(least, most) + " elements");
        }
        const Value* first = schema.find("prefixItems");
        const Value* rest = schema.find("items");
        for (std::size_t i = 0; i < array.size() && !is_full(); ++i) {
            const bool has_own = first && i < first->as_array().size();
            if (const Value* element = has_own ? &first->as_array()[i] : rest)
                check(*element, array[i], path.element(i));
        }
    }

    void check_object(const Value& schema, const Object& object, const ValuePath& path) {
        const Value* properties = schema.find("properties");
        if (const Value* required = schema.find("required")) {
            for (const Value& name : required->as_array()) {
                if (object.contains(name.as_string())) continue;
                const Value* property = properties ? properties->find(name.as_string()) : nullptr;
                report(path.member(name.as_string()), ValueProblem::missing, property ? noun_of(*property) : "");
            }
        }
        const Value* others = schema.find("additionalProperties");
        for (const Member& member : object) {
            if (const Value* property = properties ? properties->find(member.name) : nullptr) {
                check(*property, member.value, path.member(member.name));
            } else if (others && others->get_if<bool>()) {
                if (!others->as_bool()) report(path.member(member.name), ValueProblem::unknown, "");
            } else if (others) {
                check(*others, member.value, path.member(member.name));
            }
        }
    }

    // The noun of what a reference refers to.
    std::string noun_of(const Value& schema) const {
        if (const Value* reference = schema.find("$ref")) {
            if (const Value* definition = definition_of(*reference)) return noun_of(*definition);
        }
        const Value* type = schema.find("type");
        if (const Value* choices = schema.find("enum")) return one_of(choices->as_array());
        return type ? noun_of_type(type->as_string()) : "";
    }
};

SchemaValidator::SchemaValidator(Object definitions) : definitions_(std::move(definitions)) {
    for (const Member& definition : definitions_) prepare(definition.value);
}

SchemaValidator::~SchemaValidator() = default;

void SchemaValidator::prepare(const Value& schema) {
    if (const auto* array = schema.get_if<Array>()) {
        for (const Value& element : *array) prepare(element);
    }
    const auto* object = schema.get_if<Object>();
    if (!object) return;
    for (const Member& member : *object) {
        const auto* text = member.value.get_if<std::string>();
        if (member.name != "pattern" || !text) {
            prepare(member.value);
        } else if (!patterns_.contains(*text)) {
            re2::RE2::Options options;
            options.set_log_errors(false);
            auto compiled = std::make_unique<re2::RE2>(*text, options);
            if (!compiled->ok()) {
                throw ConfigurationError("the pattern '" + *text + "' is no regular expression: " + compiled->error());
            }
            patterns_.emplace(*text, std::move(compiled));
        }
    }
}

void SchemaValidator::check(const Value& schema, const Value& value, const ValuePath& path,
                            std::vector<ValueProblem>& problems) const {
    Check{*this, problems}.check(schema, value, path);
}

}  // namespace hiratake::payload
