#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/payload/value.hpp"
#include "hiratake/rpc/rpc_error.hpp"

namespace hiratake {

class RpcCaller;

/// One parameter of a remote method.
struct ParameterDescription {
    std::string name;
    bool required = true;
    /// JSON Schema (draft 2020-12) with the rules, notes and default of the parameter.
    Object schema;
};

/// A method that can be called from afar.
struct MethodDescription {
    std::string name;
    std::string doc;
    std::vector<ParameterDescription> parameters;
    /// The schema of the result; of null for a method that returns nothing.
    Object result;
    /// What is not to be shown of the arguments: "password", "card.number".
    std::vector<std::string> sensitive = {};
};

/// A method that handles events.
struct EventHandlerDescription {
    std::string source_service;
    std::string event_type;
    /// "service_pool", "singleton" or "broadcast".
    std::string handler_type;
    std::string method;
    std::string doc;
    /// The schema of the event's data.
    Object data;
};

/// An exception of the application that methods throw.
struct ExceptionDescription {
    /// What it is called on the wire: "bank.InsufficientFunds".
    std::string path;
    std::string doc;
    /// The schema of its details; of null where it has none.
    Object details;
};

/// What a running service says of itself when it is asked.
struct ServiceDescription {
    /// The method that every service of Hiratake answers with its description. No language lets a method of a user have
    /// this name, and a Nameko service answers MethodNotFound.
    static constexpr std::string_view method_name = "hiratake-describe";

    std::string name;
    std::string version;
    std::string doc;
    std::vector<MethodDescription> methods;
    std::vector<EventHandlerDescription> events;
    /// What "#/$defs/NAME" in the schemas refers to, by name.
    Object definitions;
    std::vector<ExceptionDescription> exceptions = {};

    /// The method of this name, or null.
    const MethodDescription* find_method(std::string_view method) const;

    /// As it travels: an object with the members above, the definitions as `$defs`.
    Value to_value() const;
    /// The reverse. Throws ConversionError for what is no description, and for schemas that refer to nothing or,
    /// without an end, to each other.
    static ServiceDescription from_value(Value value);
};

/// The service gives no description: it is not of Hiratake, or of a version before descriptions.
class NoServiceDescription : public RpcError {
  public:
    explicit NoServiceDescription(const std::string& service);
    ~NoServiceDescription() override;
};

/// Asks a service what it is. Throws NoServiceDescription when it does not tell, MalformedReply when what it tells
/// makes no sense, and what PendingResult::result() throws.
/// @param timeout how long the reply may take; the configured `rpc_timeout` where it is not given
ServiceDescription describe_service(RpcCaller& caller, const std::string& service,
                                    std::optional<Duration> timeout = std::nullopt);

}  // namespace hiratake
