#include "shell/description_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "hiratake/rpc/service_description.hpp"
#include "shell/schema_text.hpp"
#include "shell/value_text.hpp"

namespace hiratake::shell {
namespace {

std::string default_text(const ParameterDescription& parameter) {
    if (parameter.required) return "";
    const Value* value = parameter.schema.find("default");
    return " = " + (value ? to_text(*value) : "…");
}

std::string signature_text(const MethodDescription& method) {
    std::string text = method.name + "(";
    std::string_view separator;
    for (const ParameterDescription& parameter : method.parameters) {
        text +=
            fmt::format("{}{}: {}{}", separator, parameter.name, type_text(parameter.schema), default_text(parameter));
        separator = ", ";
    }
    text += ")";
    const std::string result = type_text(method.result);
    return result == "null" ? text : text + " → " + result;
}

void append_method(std::string& text, const MethodDescription& method) {
    text += "\n" + signature_text(method) + "\n";
    if (!method.doc.empty()) text += "    " + method.doc + "\n";
    for (const ParameterDescription& parameter : method.parameters) {
        const std::string note = note_text(parameter.schema);
        if (!note.empty()) text += fmt::format("    {}: {}\n", parameter.name, note);
    }
}

void append_definition(std::string& text, const Member& definition) {
    text += "\n" + definition.name + "\n";
    if (const Value* doc = definition.value.find("description")) text += "    " + doc->as_string() + "\n";
    const Value* fields = definition.value.find("properties");
    if (!fields) return;
    for (const Member& field : fields->as_object()) {
        const std::string note = note_text(field.value);
        text += fmt::format("    {}: {}{}{}\n", field.name, type_text(field.value), note.empty() ? "" : "   ", note);
    }
}

}  // namespace

std::string to_text(const ServiceDescription& description) {
    std::string text = description.name;
    if (!description.version.empty()) text += " " + description.version;
    text += "\n";
    if (!description.doc.empty()) text += description.doc + "\n";
    for (const MethodDescription& method : description.methods) append_method(text, method);
    if (!description.events.empty()) text += "\nevents\n";
    for (const EventHandlerDescription& event : description.events) {
        text += fmt::format("    {} {} → {}({}), {}{}{}\n", event.source_service, event.event_type, event.method,
                            type_text(event.data), event.handler_type, event.doc.empty() ? "" : "   ", event.doc);
    }
    if (!description.exceptions.empty()) text += "\nexceptions\n";
    for (const ExceptionDescription& exception : description.exceptions) {
        const std::string details = type_text(exception.details);
        text += fmt::format("    {}{}{}{}\n", exception.path, details == "null" ? "" : " " + details,
                            exception.doc.empty() ? "" : "   ", exception.doc);
    }
    for (const Member& definition : description.definitions) append_definition(text, definition);
    return text;
}

}  // namespace hiratake::shell
