#include "stub/cpp_stub.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "hiratake/rpc/service_description.hpp"
#include "stub/cpp_literal.hpp"
#include "stub/cpp_types.hpp"
#include "stub/identifiers.hpp"

namespace hiratake::stub {
namespace {

constexpr std::string_view includes = R"(#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <hiratake/payload/convert.hpp>
#include <hiratake/payload/json.hpp>
#include <hiratake/rpc/service_client.hpp>
#include <hiratake/service/application_error_of.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>
)";

std::string comment(std::string_view text, std::string_view indentation) {
    std::string lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines += fmt::format("{}/// {}\n", indentation, harmless(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string doc_of(const Value& schema) {
    const Value* doc = schema.find("description");
    return doc && doc->get_if<std::string>() ? doc->as_string() : "";
}

struct CppParameter {
    std::string name;
    std::string type;
    std::string default_value;
};

class CppStub {
  public:
    explicit CppStub(const ServiceDescription& description) : service_(description), types_(description.definitions) {}

    std::string write() {
        const std::string structs = write_structs();
        const std::string exceptions = write_exceptions();
        const std::string client = write_client();
        const std::string scope = Scope{&is_cpp_name}.add(service_.name + "_service");
        std::string text =
            fmt::format("// Made by `hiratake stub {0}` of {0}{1}{2}: do not edit it, make it anew.\n",
                        harmless(service_.name), service_.version.empty() ? "" : " ", harmless(service_.version));
        text += fmt::format("{}\nnamespace {} {{\n\n", includes, scope);
        for (const CppEnum& each : types_.enums()) text += write_enum(each);
        return text + structs + exceptions + client + fmt::format("\n}}  // namespace {}\n", scope);
    }

  private:
    static std::string write_enum(const CppEnum& each) {
        std::string enumerators;
        for (const std::string& name : each.enumerators) enumerators += (enumerators.empty() ? "" : ", ") + name;
        return fmt::format("enum class {} {{ {} }};\n\n", each.name, enumerators);
    }

    std::string write_structs() {
        std::string text;
        for (const Member& definition : service_.definitions) {
            const std::string& name = types_.name_of(definition.name);
            text += CppTypes::is_struct(definition.value) ? fmt::format("struct {};\n", name)
                                                          : fmt::format("using {} = hiratake::Value;\n", name);
        }
        if (!text.empty()) text += "\n";
        for (const Member& definition : service_.definitions) write_struct(definition, text);
        return text;
    }

    /// After the structs that it has members of.
    void write_struct(const Member& definition, std::string& text) {
        if (!CppTypes::is_struct(definition.value) || !written_.insert(definition.name).second) return;
        write_referred(definition.value, text);
        const std::string& name = types_.name_of(definition.name);
        text += comment(doc_of(definition.value), "") + fmt::format("struct {} {{\n", name);
        std::string fields;
        bool has_defaults = false;
        for (const Member& field : definition.value.find("properties")->as_object()) {
            const std::string type = types_.type_of(field.value, field.name);
            const Value* preset = field.value.find("default");
            has_defaults = has_defaults || preset;
            fields += comment(doc_of(field.value), "    ");
            fields += preset ? fmt::format("    {} {} = {};\n", type, field.name, cpp_literal(*preset, type, types_))
                             : fmt::format("    {} {}{{}};\n", type, field.name);
        }
        if (has_defaults) {
            text += "    static constexpr auto missing_fields = hiratake::MissingFields::keep_defaults;\n";
        }
        text += fields + "};\n\n";
    }

    void write_referred(const Value& schema, std::string& text) {
        if (const auto* array = schema.get_if<Array>()) {
            for (const Value& element : *array) write_referred(element, text);
        }
        const auto* object = schema.get_if<Object>();
        if (!object) return;
        for (const Member& member : *object) {
            const auto* target = member.value.get_if<std::string>();
            if (member.name != "$ref" || !target) {
                write_referred(member.value, text);
                continue;
            }
            const std::string name = target->substr(target->rfind('/') + 1);
            write_struct({name, *service_.definitions.find(name)}, text);
        }
    }

    std::string write_exceptions() {
        std::string text;
        for (const ExceptionDescription& exception : service_.exceptions) {
            const std::string last_part = exception.path.substr(exception.path.rfind('.') + 1);
            const bool has_details = !(exception.details.find("type") && *exception.details.find("type") == "null");
            const std::string base = has_details ? "ApplicationErrorOf" : "ApplicationError";
            const std::string details =
                has_details ? fmt::format("<{}>", types_.type_of(exception.details, last_part + "_details")) : "";
            exceptions_.push_back(types_.add_name(last_part));
            text += comment(exception.doc, "");
            text += fmt::format(
                "struct {} : hiratake::{}{} {{\n"
                "    static constexpr auto path = {};\n"
                "    using {}::{};\n"
                "}};\n\n",
                exceptions_.back(), base, details, cpp_string(exception.path), base, base);
        }
        return text;
    }

    /// What a proxy is told of them.
    std::string throwing() const {
        std::string names;
        for (const std::string& name : exceptions_) names += (names.empty() ? "" : ", ") + name;
        return names.empty() ? "" : fmt::format(".throwing(hiratake::exceptions<{}>)", names);
    }

    std::string write_client() {
        std::string text = comment(service_.doc, "");
        if (!text.empty()) text += "///\n";
        text += fmt::format(
            "/// A dependency of a service, or, with a caller that outlives it, of use anywhere. Calls throw what\n"
            "/// hiratake::PendingResult::result() lists.\n"
            "class Client : public hiratake::ServiceClient {{\n"
            "  public:\n"
            "    Client() : Client(hiratake::RpcProxy{{{0}}}) {{}}\n"
            "    explicit Client(hiratake::RpcCaller& caller) : Client(hiratake::RpcProxy{{{0}, caller}}) {{}}\n"
            "    explicit Client(const hiratake::RpcProxy& service)\n"
            "        : ServiceClient(service{1}) {{}}\n"
            "    Client(const Client& other) : ServiceClient(other) {{}}\n"
            "    Client& operator=(const Client& other) {{\n"
            "        ServiceClient::operator=(other);\n"
            "        return *this;\n"
            "    }}\n"
            "    ~Client() = default;\n\n"
            "    Client with_timeout(hiratake::Duration timeout) const {{ return "
            "Client{{proxy().with_timeout(timeout)}}; }}\n"
            "    std::unique_ptr<hiratake::DependencyProvider> make_provider() const {{\n"
            "        return std::make_unique<hiratake::rpc::ProxyHolderProvider<Client>>(proxy());\n"
            "    }}\n",
            cpp_string(service_.name), throwing());
        Scope names{&is_cpp_name, {"Client", "proxy", "with_timeout", "make_provider"}};
        for (const MethodDescription& method : service_.methods) text += write_method(method, names);
        return text + "};\n";
    }

    std::string write_method(const MethodDescription& method, Scope& names) {
        const std::string name = names.add(method.name);
        const std::string type = names.add(capitalised(name) + "Method");
        const bool returns_nothing = method.result.find("type") && *method.result.find("type") == Value{"null"};
        const std::string result = returns_nothing ? "void" : types_.type_of(method.result, method.name + "_result");
        const std::vector<CppParameter> parameters = parameters_of(method);

        std::string declared;
        std::string passed;
        for (const CppParameter& parameter : parameters) {
            declared += fmt::format("{}{} {}{}", declared.empty() ? "" : ", ", parameter.type, parameter.name,
                                    parameter.default_value.empty() ? "" : " = " + parameter.default_value);
            if (!passed.empty()) passed += ", ";
            passed += is_scalar(parameter.type) ? parameter.name : fmt::format("std::move({})", parameter.name);
        }
        // A lone argument goes by its name: by position, an object would be taken for all of the arguments.
        std::string sent = passed.empty() ? "" : ", " + passed;
        if (parameters.size() == 1) {
            sent = fmt::format(", hiratake::arg({}, {})", cpp_string(method.parameters.front().name), passed);
        }
        std::string docs = comment(method.doc, "        ");
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const std::string doc = doc_of(method.parameters[i].schema);
            if (!doc.empty()) docs += comment(fmt::format("@param {} {}", parameters[i].name, doc), "        ");
        }
        return fmt::format(
            "\n    class {type} : public hiratake::RemoteMethod {{\n"
            "      public:\n"
            "        using RemoteMethod::RemoteMethod;\n"
            "{docs}"
            "        {result} operator()({declared}) const {{\n"
            "            return RemoteMethod::call<{result}>({wire_name}{sent});\n"
            "        }}\n"
            "        /// Returns at once; the reply's result() waits.\n"
            "        hiratake::Reply<{result}> async({declared}) const {{\n"
            "            return RemoteMethod::start<{result}>({wire_name}{sent});\n"
            "        }}\n"
            "    }};\n"
            "    const {type} {name}{{*this}};\n",
            fmt::arg("type", type), fmt::arg("docs", docs), fmt::arg("result", result), fmt::arg("declared", declared),
            fmt::arg("sent", sent), fmt::arg("wire_name", cpp_string(method.name)), fmt::arg("name", name));
    }

    bool is_scalar(const std::string& type) const {
        return type == "bool" || type == "double" || type.ends_with("_t") || types_.find_enum(type);
    }

    std::vector<CppParameter> parameters_of(const MethodDescription& method) {
        Scope names{&is_cpp_name, {"async"}};
        std::vector<CppParameter> parameters;
        for (const ParameterDescription& parameter : method.parameters) {
            const std::string type = types_.type_of(parameter.schema, parameter.name);
            parameters.push_back({names.add(parameter.name), type, ""});
        }
        // C++ has defaults at the end only.
        for (std::size_t i = parameters.size(); i-- > 0;) {
            const Value* preset = method.parameters[i].schema.find("default");
            if (method.parameters[i].required || !preset) break;
            parameters[i].default_value = cpp_literal(*preset, parameters[i].type, types_);
        }
        return parameters;
    }

    const ServiceDescription& service_;
    CppTypes types_;
    std::set<std::string> written_;
    std::vector<std::string> exceptions_;
};

}  // namespace

std::string write_cpp_stub(const ServiceDescription& description) {
    return CppStub{description}.write();
}

}  // namespace hiratake::stub
