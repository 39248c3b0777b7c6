#include "documents/asyncapi.hpp"

#include <cctype>
#include <string>
#include <utility>

#include "documents/schema_text.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/signature.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/error_description.hpp"
#include "hiratake/service/service_definition.hpp"
#include "service/configured_serializers.hpp"

namespace hiratake::documents {
namespace {

constexpr const char* binding_version = "0.3.0";

Value reference(const std::string& path) {
    return Object{{"$ref", "#/" + path}};
}

// Names in `components` are of these characters alone.
std::string as_key(std::string text) {
    for (char& c : text) {
        const bool is_fine = std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-';
        if (!is_fine) c = '_';
    }
    return text;
}

// Where a Nameko request has its correlation id and the routing key of the reply: properties of the AMQP message.
Object correlation_id() {
    return {{"location", "$message.header#/correlation_id"}};
}

class AsyncApiDocument {
  public:
    explicit AsyncApiDocument(const Config& config) : config_(config) {}

    void add(const ServiceDefinition& service) {
        for (const auto& entrypoint : service.entrypoints) {
            const auto description = entrypoint->describe(service.name, config_);
            if (description.kind == "rpc") add_rpc(service, description);
            if (description.kind == "event") add_handler(service, description, "event_type");
            if (description.kind == "message") add_handler(service, description, "queue");
        }
        for (const auto& message : service.outgoing_messages) add_outgoing(service, *message);
        serializers_.insert(serializers_.end(), service.serializers.begin(), service.serializers.end());
    }

    Object finish(Object info) {
        Object document{{"asyncapi", "3.0.0"}, {"info", std::move(info)}};
        document.set("defaultContentType", configured_serializers(config_, serializers_).outgoing().content_type);
        document.set("channels", std::move(channels_));
        document.set("operations", std::move(operations_));
        Object components{{"messages", std::move(messages_)}, {"schemas", with_named_ranges(schemas_.definitions())}};
        document.set("components", std::move(components));
        return document;
    }

  private:
    void add_rpc(const ServiceDefinition& service, const EntrypointDescription& method) {
        const std::string name = service.name + "." + method.method_name;
        add_replies();
        add_message(name + ".request", request(method, name));
        add_message(name + ".reply", reply(method, name));
        add_channel("rpc." + name, method.details, name + ".request");
        Object& reply_channel = channels_.find("rpc.replies")->as_object();
        reply_channel.find("messages")
            ->as_object()
            .set(name + ".reply", reference("components/messages/" + name + ".reply"));

        Object operation = receive("rpc." + name, method, service);
        operation.set("messages", Array{reference("channels/rpc." + name + "/messages/" + name + ".request")});
        operation.set("reply",
                      Object{{"address", Object{{"location", "$message.header#/reply_to"}}},
                             {"channel", reference("channels/rpc.replies")},
                             {"messages", Array{reference("channels/rpc.replies/messages/" + name + ".reply")}}});
        operations_.append("rpc." + name, std::move(operation));
    }

    // @param message_name which detail of the handler its messages are called by
    void add_handler(const ServiceDefinition& service, const EntrypointDescription& handler,
                     std::string_view message_name) {
        const std::string key = unused(handler.kind + "." + service.name + "." + handler.method_name);
        Value payload =
            with_named_ranges(handler.signature->parameter_schema(handler.signature->parameters().front(), schemas_));
        // The method is given a list of bodies; each message has one.
        if (handler.details.contains("batch")) payload = Value(*payload.find("items"));
        add_message(key, Object{{"name", *handler.details.find(message_name)}, {"payload", std::move(payload)}});
        add_channel(key, handler.details, key);
        Object operation = receive(key, handler, service);
        operation.set("messages", Array{reference("channels/" + key + "/messages/" + key)});
        operations_.append(key, std::move(operation));
    }

    void add_outgoing(const ServiceDefinition& service, const OutgoingMessage& outgoing) {
        const std::string& routing_key = outgoing.details.find("routing_key")->as_string();
        const std::string key = unused(as_key("dispatch." + service.name + "." + routing_key));
        add_message(key, Object{{"name", routing_key}, {"payload", with_named_ranges(outgoing.schema(schemas_))}});
        add_channel(key, outgoing.details, key);
        Object operation = AsyncApiDocument::operation("send", key, outgoing.text, service);
        operation.set("messages", Array{reference("channels/" + key + "/messages/" + key)});
        operations_.append(key, std::move(operation));
    }

    // A method may handle several events.
    std::string unused(const std::string& key) const {
        std::string name = key;
        for (int n = 2; channels_.contains(name); ++n) name = key + "-" + std::to_string(n);
        return name;
    }

    // One channel stands for the reply queues of all callers: each brings its own name.
    void add_replies() {
        if (channels_.contains("rpc.replies")) return;
        channels_.append("rpc.replies",
                         Object{{"address", Value{}},
                                {"description", "The caller's own queue, which the request names in `reply_to`."},
                                {"messages", Object{}}});
    }

    void add_message(const std::string& key, Object message) { messages_.append(key, std::move(message)); }

    void add_channel(const std::string& key, const Object& details, const std::string& message) {
        const bool is_queue = !details.contains("exchange");
        Object channel{
            {"address", *details.find(is_queue ? "queue" : "routing_key")},
            {"messages", Object{{message, reference("components/messages/" + message)}}},
            {"bindings", Object{{"amqp", is_queue ? queue_binding(details) : routing_key_binding(details)}}}};
        channels_.append(key, std::move(channel));
    }

    static Object routing_key_binding(const Object& details) {
        Object exchange{{"name", *details.find("exchange")}, {"type", "topic"}, {"durable", true}};
        return {{"is", "routingKey"}, {"exchange", std::move(exchange)}, {"bindingVersion", binding_version}};
    }

    static Object queue_binding(const Object& details) {
        return {
            {"is", "queue"}, {"queue", Object{{"name", *details.find("queue")}}}, {"bindingVersion", binding_version}};
    }

    static Object operation(const char* action, const std::string& channel, const std::string& doc,
                            const ServiceDefinition& service) {
        Object operation{{"action", action}, {"channel", reference("channels/" + channel)}};
        if (!doc.empty()) {
            operation.set("summary", first_sentence(doc));
            operation.set("description", doc);
        }
        operation.set("tags", Array{Object{{"name", service.name}}});
        return operation;
    }

    static Object receive(const std::string& channel, const EntrypointDescription& entrypoint,
                          const ServiceDefinition& service) {
        Object operation = AsyncApiDocument::operation("receive", channel, entrypoint.doc, service);
        // AsyncAPI has no words for the queue behind a routing key and for who shares it.
        if (const Value* queue = entrypoint.details.find("queue")) operation.set("x-queue", *queue);
        if (const Value* type = entrypoint.details.find("handler_type")) operation.set("x-handler-type", *type);
        return operation;
    }

    Object request(const EntrypointDescription& method, const std::string& name) {
        Object properties{{"args", Object{{"type", "array"}, {"description", "Arguments by position."}}},
                          {"kwargs", with_named_ranges(method.signature->arguments_schema(schemas_))}};
        return {
            {"name", name + ".request"},
            {"title", "Call of " + name},
            {"summary", "Arguments by name in `kwargs`; those in `args` are left out of it."},
            {"correlationId", correlation_id()},
            {"payload",
             Object{{"type", "object"}, {"properties", std::move(properties)}, {"required", Array{"args", "kwargs"}}}}};
    }

    Object reply(const EntrypointDescription& method, const std::string& name) {
        Array errors{Object{{"type", "null"}}, error_schema()};
        for (const DocumentedException& exception : method.exceptions) {
            errors.push_back(with_named_ranges(exception_schema(exception)));
        }
        Object properties{{"result", with_named_ranges(method.signature->result_schema(schemas_))},
                          {"error", Object{{"anyOf", std::move(errors)}}}};
        return {{"name", name + ".reply"},
                {"title", "Reply of " + name},
                {"summary", "Either an `error`, or a `result` and null for `error`."},
                {"correlationId", correlation_id()},
                {"payload", Object{{"type", "object"},
                                   {"properties", std::move(properties)},
                                   {"required", Array{"result", "error"}}}}};
    }

    Value error_schema() {
        return schemas_.definition("hiratake::rpc::Error", [] {
            const Object text{{"type", "string"}};
            Object properties{
                {"exc_type", text}, {"exc_path", text}, {"exc_args", Object{{"type", "array"}}}, {"value", text}};
            return Value(Object{{"type", "object"},
                                {"description", "The exception that a method ended with."},
                                {"properties", std::move(properties)}});
        });
    }

    /// An error whose path and arguments are known: its text, and its details where it has some.
    Value exception_schema(const DocumentedException& exception) {
        Array arguments{Object{{"type", "string"}}};
        if (exception.details_schema) arguments.push_back(exception.details_schema(schemas_));
        Object properties{{"exc_path", Object{{"const", exception.path}}},
                          {"exc_args", Object{{"type", "array"}, {"prefixItems", std::move(arguments)}}}};
        Object schema{{"title", type_in_path(exception.path)}};
        if (!exception.doc.empty()) schema.set("description", exception.doc);
        schema.set("allOf", Array{error_schema(), Object{{"properties", std::move(properties)}}});
        return schema;
    }

    const Config& config_;
    std::vector<Serializer> serializers_;
    SchemaBuilder schemas_{"#/components/schemas/"};
    Object channels_;
    Object operations_;
    Object messages_;
};

}  // namespace

Object asyncapi_document(const std::vector<const ServiceDefinition*>& services, const Config& config) {
    AsyncApiDocument document(config);
    std::string title;
    for (const ServiceDefinition* service : services) {
        title += (title.empty() ? "" : ", ") + service->name;
        document.add(*service);
    }
    Object info{{"title", title}};
    const ServiceDefinition& first = *services.front();
    info.set("version", first.version.empty() || services.size() > 1 ? "0.0.0" : first.version);
    if (services.size() == 1 && !first.doc.empty()) info.set("description", first.doc);
    return document.finish(std::move(info));
}

}  // namespace hiratake::documents
