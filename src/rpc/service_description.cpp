#include "hiratake/rpc/service_description.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "hiratake/payload/convert.hpp"
#include "hiratake/rpc/rpc_caller.hpp"
#include "rpc/read_description.hpp"

namespace hiratake {
namespace {

constexpr const char* definitions_member = "$defs";
constexpr std::string_view reference_prefix = "#/$defs/";

/// Follows references, so that whoever walks these schemas later comes to an end.
class ReferenceCheck {
  public:
    explicit ReferenceCheck(const Object& definitions) : definitions_(definitions) {}

    /// Every reference in the schema, and in what it consists of.
    void check(const Value& schema) {
        if (const auto* array = schema.get_if<Array>()) {
            for (const Value& element : *array) check(element);
        }
        const auto* object = schema.get_if<Object>();
        if (!object) return;
        follow(schema);
        for (const Member& member : *object) {
            if (member.name != "default" && member.name != "examples" && member.name != "enum") check(member.value);
        }
    }

  private:
    /// What the schema says of the same value by way of others: that must not lead back to where it came from.
    void follow(const Value& schema) {
        if (const Value* alternatives = schema.find("anyOf")) {
            for (const Value& alternative : alternatives->as_array()) follow(alternative);
        }
        const Value* reference = schema.find("$ref");
        if (!reference) return;
        const std::string& target = reference->as_string();
        const Value* definition =
            target.starts_with(reference_prefix) ? definitions_.find(target.substr(reference_prefix.size())) : nullptr;
        if (!definition) throw ConversionError("", "a reference to one of the definitions", "got " + target);
        if (std::find(path_.begin(), path_.end(), definition) != path_.end()) {
            throw ConversionError("", "references that come to an end", target + " leads back to itself");
        }
        path_.push_back(definition);
        follow(*definition);
        path_.pop_back();
    }

    const Object& definitions_;
    std::vector<const Value*> path_;
};

void add_what_older_services_do_not_say(Object& description) {
    if (!description.contains("exceptions")) description.append("exceptions", Array{});
    Value* methods = description.find("methods");
    Array* list = methods ? methods->get_if<Array>() : nullptr;
    if (!list) return;
    for (Value& method : *list) {
        auto* members = method.get_if<Object>();
        if (members && !members->contains("sensitive")) members->append("sensitive", Array{});
    }
}

}  // namespace

const MethodDescription* ServiceDescription::find_method(std::string_view method) const {
    const auto found =
        std::find_if(methods.begin(), methods.end(), [method](const auto& each) { return each.name == method; });
    return found == methods.end() ? nullptr : &*found;
}

Value ServiceDescription::to_value() const {
    return Object{{"name", name},
                  {"version", version},
                  {"doc", doc},
                  {"methods", hiratake::to_value(methods)},
                  {"events", hiratake::to_value(events)},
                  {"exceptions", hiratake::to_value(exceptions)},
                  {definitions_member, definitions}};
}

ServiceDescription ServiceDescription::from_value(Value value) {
    Object& object = value.as_object();
    if (Value* definitions = object.find(definitions_member)) {
        Value moved = std::move(*definitions);
        object.set("definitions", std::move(moved));
    }
    add_what_older_services_do_not_say(object);
    auto description = hiratake::from_value<ServiceDescription>(std::move(value));
    ReferenceCheck references{description.definitions};
    for (const Member& definition : description.definitions) references.check(definition.value);
    for (const MethodDescription& method : description.methods) {
        for (const ParameterDescription& parameter : method.parameters) references.check(parameter.schema);
        references.check(method.result);
    }
    for (const EventHandlerDescription& event : description.events) references.check(event.data);
    for (const ExceptionDescription& exception : description.exceptions) references.check(exception.details);
    return description;
}

NoServiceDescription::NoServiceDescription(const std::string& service)
    : RpcError(
          fmt::format("the service `{}` runs, but does not describe itself: it is a Nameko service, or made with a "
                      "version of Hiratake that had no descriptions",
                      service)) {}

NoServiceDescription::~NoServiceDescription() = default;

ServiceDescription rpc::read_description(const std::string& service, const std::function<Value()>& reply) {
    try {
        return ServiceDescription::from_value(reply());
    } catch (const MethodNotFound&) {
        throw NoServiceDescription(service);
    } catch (const ConversionError& error) {
        throw MalformedReply(fmt::format("the description of `{}` makes no sense: {}", service, error.what()));
    }
}

ServiceDescription describe_service(RpcCaller& caller, const std::string& service, std::optional<Duration> timeout) {
    RpcRequest request;
    request.service = service;
    request.method = ServiceDescription::method_name;
    request.timeout = timeout;
    return rpc::read_description(service, [&] { return caller.call(std::move(request)).result(); });
}

}  // namespace hiratake
