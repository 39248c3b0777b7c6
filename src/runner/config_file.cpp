#include "runner/config_file.hpp"

#include <fmt/core.h>
#include <yaml-cpp/yaml.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>

#include "hiratake/base/error.hpp"
#include "runner/masked_config.hpp"

namespace hiratake::runner {
namespace {

constexpr int max_depth = 64;

struct Reader {
    std::string_view source;
    const EnvironmentLookup& lookup;

    Value read(const YAML::Node& node, int depth) const;
    Value read_scalar(const YAML::Node& node, int depth) const;
    [[noreturn]] void refuse(const YAML::Mark& mark, std::string_view problem) const {
        throw ConfigurationError(fmt::format("{}:{}: {}", source, mark.line + 1, problem));
    }
};

/// A plain scalar by YAML's core schema (1.2, section 10.3.2), with the yes/no forms of 1.1 left as text.
Value plain_scalar(const std::string& text) {
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
    if (text == "true" || text == "True" || text == "TRUE") return true;
    if (text == "false" || text == "False" || text == "FALSE") return false;
    if (text == ".inf" || text == "+.inf") return std::numeric_limits<double>::infinity();
    if (text == "-.inf") return -std::numeric_limits<double>::infinity();
    if (text == ".nan") return std::numeric_limits<double>::quiet_NaN();

    const char* begin = text.data() + (text.front() == '+' ? 1 : 0);
    const char* end = text.data() + text.size();
    std::int64_t integer = 0;
    if (const auto [stop, error] = std::from_chars(begin, end, integer); stop == end && error == std::errc{})
        return integer;
    const bool numeric = text.find_first_not_of("+-.0123456789eE") == std::string::npos;
    double real = 0;
    if (const auto [stop, error] = std::from_chars(begin, end, real); numeric && stop == end && error == std::errc{})
        return real;
    return text;
}

Value Reader::read_scalar(const YAML::Node& node, int depth) const {
    const std::string& text = node.Scalar();
    const bool plain = node.Tag() == "?";
    const bool substituted = plain || node.Tag() == "!env_var" || node.Tag() == "!raw_env_var";
    if (!substituted) return text;
    if (!has_substitution(text)) return plain ? plain_scalar(text) : Value{text};

    std::string result;
    try {
        result = substitute_environment(text, lookup);
    } catch (const ConfigurationError& error) {
        refuse(node.Mark(), error.what());
    }
    if (node.Tag() == "!raw_env_var") return result;
    try {
        // What a variable holds is data: it is not looked through for further variables.
        const EnvironmentLookup nothing = [](const std::string&) { return std::nullopt; };
        const YAML::Node loaded = YAML::Load(result);
        return loaded.IsScalar() ? (loaded.Tag() == "?" ? plain_scalar(loaded.Scalar()) : Value{loaded.Scalar()})
                                 : Reader{source, nothing}.read(loaded, depth);
    } catch (const YAML::Exception&) {
        return result;
    }
}

Value Reader::read(const YAML::Node& node, int depth) const {
    if (depth > max_depth) refuse(node.Mark(), "nested more than 64 levels deep");
    switch (node.Type()) {
        case YAML::NodeType::Undefined:
        case YAML::NodeType::Null: return nullptr;
        case YAML::NodeType::Scalar: return read_scalar(node, depth);
        case YAML::NodeType::Sequence: {
            Array array;
            for (const YAML::Node& element : node) array.push_back(read(element, depth + 1));
            return array;
        }
        case YAML::NodeType::Map: {
            Object object;
            for (const auto& member : node) {
                if (!member.first.IsScalar()) refuse(member.first.Mark(), "a key must be a plain word");
                const std::string key = substitute_environment(member.first.Scalar(), lookup);
                if (object.contains(key)) refuse(member.first.Mark(), fmt::format("`{}` is given twice", key));
                object.set(key, read(member.second, depth + 1));
            }
            return object;
        }
    }
    return nullptr;
}

void emit(YAML::Emitter& out, const Value& value) {
    if (const auto* object = value.get_if<Object>()) {
        out << YAML::BeginMap;
        for (const Member& member : *object) {
            out << YAML::Key << member.name << YAML::Value;
            emit(out, member.value);
        }
        out << YAML::EndMap;
    } else if (const auto* array = value.get_if<Array>()) {
        out << YAML::BeginSeq;
        for (const Value& element : *array) emit(out, element);
        out << YAML::EndSeq;
    } else if (value.is_null()) {
        out << YAML::Null;
    } else if (const auto* text = value.get_if<std::string>()) {
        // Quoted where a reader would take the text for something else.
        if (plain_scalar(*text) != value) out << YAML::DoubleQuoted;
        out << *text;
    } else if (const auto* flag = value.get_if<bool>()) {
        out << *flag;
    } else if (const auto* integer = value.get_if<std::int64_t>()) {
        out << *integer;
    } else if (const auto* real = value.get_if<double>()) {
        out << *real;
    } else {
        out << value.get_if<BigInteger>()->digits;
    }
}

Value parse(std::string_view yaml, std::string_view source, const EnvironmentLookup& lookup) {
    try {
        return Reader{source, lookup}.read(YAML::Load(std::string{yaml}), 0);
    } catch (const YAML::Exception& error) {
        throw ConfigurationError(fmt::format("{}:{}: not valid YAML: {}", source, error.mark.line + 1, error.msg));
    }
}

}  // namespace

Config parse_config(std::string_view yaml, std::string_view source, const EnvironmentLookup& lookup) {
    Value value = parse(yaml, source, lookup);
    if (value.is_null()) return {};
    Object* object = value.get_if<Object>();
    if (!object) {
        throw ConfigurationError(
            fmt::format("{}: the configuration must be a map of keys, but is {}", source, describe(value.kind())));
    }
    return Config{std::move(*object)};
}

Config read_config_file(const std::string& path, const EnvironmentLookup& lookup) {
    std::ifstream file{path};
    if (!file) {
        throw ConfigurationError(
            fmt::format("cannot read the configuration file `{}`: {}", path, std::strerror(errno)));
    }
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (file.bad())
        throw ConfigurationError(
            fmt::format("cannot read the configuration file `{}`: {}", path, std::strerror(errno)));
    return parse_config(text, path, lookup);
}

Value parse_config_value(std::string_view yaml, std::string_view source) {
    return parse(yaml, source, [](const std::string&) { return std::nullopt; });
}

std::string show_config(const Config& config) {
    YAML::Emitter out;
    emit(out, masked_config(config).values());
    return std::string{out.c_str()} + "\n";
}

}  // namespace hiratake::runner
