#include "hiratake/payload/signature.hpp"

#include <algorithm>
#include <utility>

#include "hiratake/payload/arguments.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "payload/schema_validator.hpp"

namespace hiratake::payload {
namespace {

std::string quoted(std::string_view name) {
    return "'" + std::string(name) + "'";
}

// "'x'", "'x' and 'y'", "'x', 'y' and 'z'".
std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += quoted(names[i]);
    }
    return text;
}

[[noreturn]] void throw_too_many(const std::string& method_name, const std::vector<Parameter>& parameters,
                                 std::size_t given) {
    const auto required = static_cast<std::size_t>(
        std::count_if(parameters.begin(), parameters.end(), [](const Parameter& p) { return p.required(); }));
    // Python counts self, on both sides.
    const std::size_t most = parameters.size() + 1;
    const bool has_defaults = required != parameters.size();
    const std::string takes =
        has_defaults ? "from " + std::to_string(required + 1) + " to " + std::to_string(most) : std::to_string(most);
    throw ArgumentError(method_name + "() takes " + takes + " positional argument" +
                        (has_defaults || most != 1 ? "s" : "") + " but " + std::to_string(given + 1) + " were given");
}

void check_parameters(const std::string& method_name, const std::vector<Parameter>& parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const Parameter& parameter = parameters[i];
        if (parameter.name.empty()) throw ConfigurationError(method_name + ": a parameter has an empty name");
        for (std::size_t j = 0; j < i; ++j) {
            if (parameters[j].name == parameter.name) {
                throw ConfigurationError(method_name + ": two parameters are called " + quoted(parameter.name));
            }
        }
    }
}

}  // namespace

void refuse_parameter_count(std::string_view method_name, std::size_t arity, std::size_t names) {
    throw ConfigurationError(std::string(method_name) + " has " + std::to_string(arity) + " parameters, but " +
                             std::to_string(names) + " names were given; name each of them once, in order");
}

/// The schemas of the arguments, ready to check values with.
class Signature::Rules {
  public:
    explicit Rules(const Signature& signature) : Rules(signature, SchemaBuilder{}) {}

    /// Whether values can be wrong that the conversion to their types would take.
    bool go_beyond_types() const { return go_beyond_types_; }

    std::vector<ValueProblem> problems_of_named(const Object& named) const {
        std::vector<ValueProblem> problems;
        validator_.check(arguments_, named, {}, problems);
        return problems;
    }

    /// @param bound what bind() returns
    std::vector<ValueProblem> problems_of_bound(const Signature& signature, const Array& bound) const {
        std::vector<ValueProblem> problems;
        const ValuePath root;
        for (std::size_t i = 0; i < bound.size(); ++i) {
            const bool is_whole = signature.form() == Form::one_struct;
            const Value& schema =
                is_whole ? arguments_
                         : (arguments_.find("properties")->as_object().begin() + static_cast<std::ptrdiff_t>(i))->value;
            const std::string_view name = signature.argument_name(i);
            validator_.check(schema, bound[i], is_whole ? root : root.member(name), problems);
        }
        return problems;
    }

  private:
    Rules(const Signature& signature, SchemaBuilder schemas)
        : arguments_(signature.arguments_schema(schemas)), validator_(schemas.definitions()) {
        validator_.prepare(arguments_);
        go_beyond_types_ = schemas.has_rules();
        for (const Parameter& parameter : signature.parameters()) {
            go_beyond_types_ = go_beyond_types_ || parameter.has_rules();
        }
    }

    Value arguments_;
    SchemaValidator validator_;
    bool go_beyond_types_ = false;
};

Signature::Signature(std::string method_name, std::vector<Parameter> parameters, Form form, SignatureTypes types)
    : method_name_(std::move(method_name)), parameters_(std::move(parameters)), form_(form), types_(std::move(types)) {
    check_parameters(method_name_, parameters_);
    rules_ = std::make_unique<Rules>(*this);
}

void Signature::hide(SensitivePaths sensitive) {
    for (const std::string& name : sensitive.first_names()) {
        const bool is_known = std::any_of(parameters_.begin(), parameters_.end(),
                                          [&name](const Parameter& parameter) { return parameter.name == name; });
        if (!is_known) {
            throw ConfigurationError(method_name_ + ": " + quoted(name) +
                                     " is said to be sensitive, and is none of its arguments");
        }
    }
    sensitive_ = std::move(sensitive);
}

SensitivePaths Signature::sensitive_in_first() const {
    return form_ == Form::one_struct || parameters_.empty() ? sensitive_ : sensitive_.below(parameters_.front().name);
}

Signature::Signature(Signature&& other) noexcept = default;
Signature& Signature::operator=(Signature&& other) noexcept = default;
Signature::~Signature() = default;

// For each parameter where its argument lies in `positional` (below positional.size()) or behind them in `named`.
std::vector<std::size_t> Signature::match(const Array& positional, const Object& named) const {
    std::vector<std::size_t> sources(parameters_.size(), absent);
    for (std::size_t i = 0; i < std::min(positional.size(), sources.size()); ++i) sources[i] = i;
    std::size_t source = positional.size();
    for (const Member& argument : named) {
        const auto parameter = std::find_if(parameters_.begin(), parameters_.end(),
                                            [&argument](const Parameter& p) { return p.name == argument.name; });
        if (parameter == parameters_.end()) {
            throw ArgumentError(method_name_ + "() got an unexpected keyword argument " + quoted(argument.name));
        }
        std::size_t& taken = sources[static_cast<std::size_t>(parameter - parameters_.begin())];
        if (taken != absent) {
            throw ArgumentError(method_name_ + "() got multiple values for argument " + quoted(argument.name));
        }
        taken = source++;
    }
    if (positional.size() > parameters_.size()) throw_too_many(method_name_, parameters_, positional.size());
    refuse_missing(sources);
    return sources;
}

void Signature::refuse_missing(const std::vector<std::size_t>& sources) const {
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (sources[i] == absent && parameters_[i].required()) missing.push_back(parameters_[i].name);
    }
    if (missing.empty()) return;
    throw ArgumentError(method_name_ + "() missing " + std::to_string(missing.size()) +
                        " required positional argument" + (missing.size() == 1 ? "" : "s") + ": " + listed(missing));
}

// Fields of a struct are in the order that suits the struct, and are passed by name.
void Signature::require_defaults_last() const {
    if (form_ == Form::one_struct) return;
    for (std::size_t i = 1; i < parameters_.size(); ++i) {
        if (parameters_[i - 1].required() || !parameters_[i].required()) continue;
        throw ConfigurationError(method_name_ + ": the parameter " + quoted(parameters_[i].name) +
                                 " has no default but follows " + quoted(parameters_[i - 1].name) +
                                 ", which has one; put it first or give it a default");
    }
}

Array Signature::bind(Array positional, Object named) const {
    Array bound = bind_unchecked(std::move(positional), std::move(named));
    if (!has_rules_beyond_types()) return bound;
    const auto problems = rules_->problems_of_bound(*this, bound);
    if (problems.empty()) return bound;
    const ValueProblem& first = problems.front();
    throw argument_error(ConversionError(first.path, first.expected, first.problem));
}

bool Signature::has_rules_beyond_types() const {
    return rules_->go_beyond_types();
}

bool Signature::may_be_parameters(std::string_view json_array) const {
    if (form_ == Form::separate) return true;
    const std::size_t first = json_array.find_first_not_of(" \n\r\t", 1);
    return first != std::string_view::npos && json_array[first] == '{';
}

std::vector<ValueProblem> Signature::problems(const Object& named) const {
    std::vector<ValueProblem> problems = rules_->problems_of_named(named);
    for (ValueProblem& problem : problems) problem = sensitive_.redacted(std::move(problem));
    return problems;
}

ArgumentError Signature::argument_error(const ConversionError& error) const {
    const ValueProblem shown = sensitive_.redacted(ValueProblem{error.path(), error.problem(), error.expected()});
    return {method_name_, ConversionError(shown.path, shown.expected, shown.problem)};
}

Value Signature::parameter_schema(const Parameter& parameter, SchemaBuilder& schemas) const {
    Value schema = parameter.type_schema ? parameter.type_schema(schemas) : Value{Object{}};
    Object& keywords = schema.as_object();
    for (const Member& keyword : parameter.keywords()) keywords.set(keyword.name, keyword.value);
    if (parameter.default_value) keywords.set("default", *parameter.default_value);
    return schema;
}

Value Signature::arguments_schema(SchemaBuilder& schemas) const {
    if (form_ == Form::one_struct && types_.whole) return types_.whole(schemas);
    Object properties;
    Array required;
    for (const Parameter& parameter : parameters_) {
        properties.append(parameter.name, parameter_schema(parameter, schemas));
        if (parameter.required()) required.emplace_back(parameter.name);
    }
    Object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema.set("required", std::move(required));
    schema.set("additionalProperties", false);
    return schema;
}

Value Signature::result_schema(SchemaBuilder& schemas) const {
    return types_.result ? types_.result(schemas) : Value{Object{}};
}

Array Signature::bind_unchecked(Array positional, Object named) const {
    if (form_ == Form::one_struct && positional.size() == 1 && named.empty() && positional[0].get_if<Object>()) {
        return positional;
    }
    const std::vector<std::size_t> sources = match(positional, named);
    const auto take = [&](std::size_t source) -> Value&& {
        if (source < positional.size()) return std::move(positional[source]);
        return std::move((named.begin() + static_cast<std::ptrdiff_t>(source - positional.size()))->value);
    };
    if (form_ == Form::one_struct) {
        Object fields;
        for (std::size_t i = 0; i < sources.size(); ++i) {
            if (sources[i] != absent) fields.append(parameters_[i].name, take(sources[i]));
        }
        Array arguments;
        arguments.emplace_back(std::move(fields));
        return arguments;
    }
    Array arguments;
    arguments.reserve(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        arguments.push_back(sources[i] == absent ? *parameters_[i].default_value : take(sources[i]));
    }
    return arguments;
}

std::string_view Signature::argument_name(std::size_t position) const {
    return form_ == Form::one_struct ? std::string_view{} : std::string_view{parameters_[position].name};
}

}  // namespace hiratake::payload
