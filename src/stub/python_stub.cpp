#include "stub/python_stub.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "hiratake/payload/json.hpp"
#include "hiratake/rpc/service_description.hpp"
#include "stub/identifiers.hpp"

namespace hiratake::stub {
namespace {

constexpr std::string_view imports = R"(
from __future__ import annotations

from typing import Any, Dict, List, Literal, Protocol, TypedDict, TypeVar, Union
)";

constexpr std::string_view exceptions_import = "\nfrom nameko.exceptions import registry\n";

constexpr std::string_view preamble = R"(
_Result = TypeVar("_Result", covariant=True)


class Reply(Protocol[_Result]):
    """A call under way."""

    def result(self) -> _Result:
        """Wait for the reply."""
)";

constexpr std::string_view exceptions_preamble = R"(

class _ServiceException(Exception):
    """Raised by calls, in place of RemoteError."""

    def __init__(self, message: str = "", details: Any = None) -> None:
        super().__init__(message)
        self.details = details
)";

std::string python_literal(const Value& value) {
    std::string text;
    if (value.is_null()) return "None";
    if (const auto* boolean = value.get_if<bool>()) return *boolean ? "True" : "False";
    if (const auto* array = value.get_if<Array>()) {
        for (const Value& element : *array) text += (text.empty() ? "" : ", ") + python_literal(element);
        return "[" + text + "]";
    }
    if (const auto* object = value.get_if<Object>()) {
        for (const Member& member : *object) {
            text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", write_json(member.name),
                                python_literal(member.value));
        }
        return "{" + text + "}";
    }
    text = write_json(value);
    const bool is_bare_name = value.get_if<double>() && text.find_first_of("NI") != std::string::npos;
    return is_bare_name ? fmt::format("float(\"{}\")", text) : text;
}

std::string doc_string(std::string_view text, std::string_view indentation) {
    return text.empty() ? "" : fmt::format("{}\"\"\"{}\"\"\"\n", indentation, harmless(text));
}

class PythonStub {
  public:
    explicit PythonStub(const ServiceDescription& description) : service_(description) {
        for (const Member& definition : service_.definitions) {
            names_.emplace(definition.name, scope_.add(definition.name));
        }
    }

    std::string write() {
        std::string text = fmt::format(
            "\"\"\"A client of the service {0}{1}{2}, made by `hiratake stub {0} --lang python`.\n\n"
            "Do not edit it: make it anew.\n\"\"\"\n",
            harmless(service_.name), service_.version.empty() ? "" : " ", harmless(service_.version));
        text += imports;
        if (!service_.exceptions.empty()) text += exceptions_import;
        text += preamble;
        if (!service_.exceptions.empty()) text += exceptions_preamble;
        for (const Member& definition : service_.definitions) text += write_definition(definition);
        for (const ExceptionDescription& exception : service_.exceptions) text += write_exception(exception);
        std::string members;
        Scope names{&is_python_name};
        for (const MethodDescription& method : service_.methods) {
            const std::string name = names.add(method.name);
            const std::string type = scope_.add("_" + capitalised(name) + "Method");
            text += write_method(method, type);
            members += fmt::format("        self.{} = {}(getattr(service, {}))\n", name, type, write_json(method.name));
        }
        text += "\n\nclass Client:\n" + doc_string(service_.doc, "    ");
        text += "\n    def __init__(self, service: Any) -> None:\n";
        text += fmt::format("        # Nameko's proxy of the service: cluster_rpc[{}], or an RpcProxy of a worker.\n",
                            write_json(service_.name));
        return text + (members.empty() ? "        del service\n" : members);
    }

  private:
    std::string type_of(const Value& schema) const {
        if (const Value* reference = schema.find("$ref")) {
            const std::string& target = reference->as_string();
            return names_.at(target.substr(target.rfind('/') + 1));
        }
        if (const Value* alternatives = schema.find("anyOf")) {
            return "Union[" + joined(alternatives->as_array()) + "]";
        }
        if (const Value* choices = schema.find("enum"); choices && !choices->as_array().empty()) {
            std::string literals;
            for (const Value& each : choices->as_array()) {
                if (each.get_if<double>() || each.get_if<Array>() || each.get_if<Object>()) return "Any";
                literals += (literals.empty() ? "" : ", ") + python_literal(each);
            }
            return "Literal[" + literals + "]";
        }
        const Value* stated = schema.find("type");
        const std::string type = stated ? stated->as_string() : "";
        if (type == "null") return "None";
        if (type == "boolean") return "bool";
        if (type == "integer") return "int";
        if (type == "number") return "float";
        if (type == "string") return "str";
        if (type == "array") {
            if (schema.find("prefixItems")) return "List[Any]";  // a tuple of C++; JSON brings a list
            const Value* element = schema.find("items");
            return "List[" + (element ? type_of(*element) : "Any") + "]";
        }
        if (type != "object") return "Any";
        const Value* members = schema.find("additionalProperties");
        return "Dict[str, " + (members && members->get_if<Object>() ? type_of(*members) : "Any") + "]";
    }

    std::string joined(const Array& schemas) const {
        std::string text;
        for (const Value& schema : schemas) text += (text.empty() ? "" : ", ") + type_of(schema);
        return text;
    }

    std::string write_definition(const Member& definition) const {
        const std::string& name = names_.at(definition.name);
        const Value* properties = definition.value.find("properties");
        // Types are texts here, since they may refer to what comes later.
        if (!properties) return fmt::format("\n\n{} = Any\n", name);
        std::string fields;
        for (const Member& field : properties->as_object()) {
            fields += fmt::format("    {}: {},\n", write_json(field.name), write_json(type_of(field.value)));
        }
        const Value* required = definition.value.find("required");
        const bool all_required = required && required->as_array().size() == properties->as_object().size();
        return fmt::format("\n\n{0} = TypedDict(\"{0}\", {{\n{1}}}{2})\n", name, fields,
                           all_required ? "" : ", total=False");
    }

    std::string write_exception(const ExceptionDescription& exception) {
        const std::string name = scope_.add(exception.path.substr(exception.path.rfind('.') + 1));
        return fmt::format("\n\nclass {0}(_ServiceException):\n{1}    details: {2}\n\n\nregistry[{3}] = {0}\n", name,
                           doc_string(exception.doc, "    "), type_of(exception.details), write_json(exception.path));
    }

    std::string write_method(const MethodDescription& method, const std::string& type) const {
        Scope names{&is_python_name, {"self"}};
        std::string declared;
        std::string passed;
        for (std::size_t i = 0; i < method.parameters.size(); ++i) {
            const ParameterDescription& parameter = method.parameters[i];
            const std::string name = names.add(parameter.name);
            declared += fmt::format(", {}: {}", name, type_of(parameter.schema));
            if (has_default_from(method.parameters, i)) {
                declared += " = " + python_literal(*parameter.schema.find("default"));
            }
            passed += (passed.empty() ? "" : ", ") + name;
        }
        // A lone argument goes by its name: by position, a dict would be taken for all of the arguments.
        if (method.parameters.size() == 1) {
            passed = fmt::format("**{{{}: {}}}", write_json(method.parameters.front().name), passed);
        }
        const std::string result = type_of(method.result);
        return fmt::format(
            "\n\nclass {0}:\n"
            "    def __init__(self, method: Any) -> None:\n"
            "        self._method = method\n\n"
            "    def __call__(self{1}) -> {2}:\n"
            "{3}"
            "        return self._method({4})\n\n"
            "    def call_async(self{1}) -> Reply[{2}]:\n"
            "        return self._method.call_async({4})\n",
            type, declared, result, doc_string(method.doc, "        "), passed);
    }

    /// Python has defaults at the end only.
    static bool has_default_from(const std::vector<ParameterDescription>& parameters, std::size_t first) {
        return std::all_of(parameters.begin() + static_cast<std::ptrdiff_t>(first), parameters.end(),
                           [](const auto& each) { return !each.required && each.schema.contains("default"); });
    }

    const ServiceDescription& service_;
    Scope scope_{&is_python_name,
                 {"Any", "Client", "Dict", "List", "Literal", "Protocol", "Reply", "Tuple", "TypedDict", "TypeVar",
                  "Union", "bool", "float", "int", "registry", "str"}};
    std::map<std::string, std::string> names_;
};

}  // namespace

std::string write_python_stub(const ServiceDescription& description) {
    return PythonStub{description}.write();
}

}  // namespace hiratake::stub
