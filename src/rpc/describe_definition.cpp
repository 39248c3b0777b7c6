#include "rpc/describe_definition.hpp"

#include <utility>

#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/signature.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake::rpc {
namespace {

MethodDescription describe_method(const EntrypointDescription& entrypoint, SchemaBuilder& schemas) {
    const payload::Signature& signature = *entrypoint.signature;
    MethodDescription method{entrypoint.method_name, entrypoint.doc, {}, {}, entrypoint.sensitive_arguments};
    for (const Parameter& parameter : signature.parameters()) {
        Value schema = signature.parameter_schema(parameter, schemas);
        method.parameters.push_back({parameter.name, parameter.required(), std::move(schema.as_object())});
    }
    method.result = std::move(signature.result_schema(schemas).as_object());
    return method;
}

std::string text_in(const Object& details, std::string_view name) {
    const Value* value = details.find(name);
    return value ? value->as_string() : std::string{};
}

EventHandlerDescription describe_event_handler(const EntrypointDescription& entrypoint, SchemaBuilder& schemas) {
    EventHandlerDescription handler;
    handler.source_service = text_in(entrypoint.details, "source_service");
    handler.event_type = text_in(entrypoint.details, "event_type");
    handler.handler_type = text_in(entrypoint.details, "handler_type");
    handler.method = entrypoint.method_name;
    handler.doc = entrypoint.doc;
    const payload::Signature& signature = *entrypoint.signature;
    if (signature.form() == payload::Signature::Form::one_struct) {
        handler.data = signature.arguments_schema(schemas).as_object();
    } else if (!signature.parameters().empty()) {
        handler.data = signature.parameter_schema(signature.parameters().front(), schemas).as_object();
    }
    return handler;
}

ExceptionDescription describe_exception(const ApplicationErrorType& type, SchemaBuilder& schemas) {
    ExceptionDescription exception{type.path(), std::string{type.doc}, {{"type", "null"}}};
    if (type.details_schema) exception.details = type.details_schema(schemas).as_object();
    return exception;
}

}  // namespace

ServiceDescription describe_definition(const ServiceDefinition& definition, const Config& config) {
    ServiceDescription description{definition.name, definition.version, definition.doc, {}, {}, {}};
    SchemaBuilder schemas;
    for (const auto& each : definition.entrypoints) {
        const EntrypointDescription entrypoint = each->describe(definition.name, config);
        if (!entrypoint.signature) continue;
        if (entrypoint.kind == "rpc") description.methods.push_back(describe_method(entrypoint, schemas));
        if (entrypoint.kind == "event") description.events.push_back(describe_event_handler(entrypoint, schemas));
    }
    for (const ApplicationErrorType& type : definition.exceptions) {
        description.exceptions.push_back(describe_exception(type, schemas));
    }
    description.definitions = schemas.definitions();
    return description;
}

}  // namespace hiratake::rpc
