#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "hiratake/base/reflect_fields.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake {

/// Collects what a service class says of itself. The definitions of each protocol (rpc, http, …) are mixed in above
/// this class; an entrypoint written by a user goes in by add().
///
/// Members whose type is a Dependency are found by themselves when the class is an aggregate; a class with constructors
/// or private members names each with dependency().
template <class ServiceClass>
class ServiceBuilder {
    static_assert(
        requires { std::string{ServiceClass::name}; },
        "a service class needs a name: static constexpr auto name = \"mail\";");
    static_assert(std::is_default_constructible_v<ServiceClass>,
                  "a service object is made anew for each call: the class must be default constructible");

  public:
    ServiceBuilder() {
        definition_.name = ServiceClass::name;
        definition_.exceptions = exceptions_of<ServiceClass>();
        definition_.make_object = [] {
            return ServiceDefinition::ServiceObject{new ServiceClass(),
                                                    [](void* object) { delete static_cast<ServiceClass*>(object); }};
        };
        if constexpr (std::is_aggregate_v<ServiceClass>) {
            reflect::for_each_field(
                prototype_, [this](std::string_view name, auto& member) { this->add_if_dependency(name, member); });
        }
    }

    /// One or two sentences on the service for the generated documentation.
    ServiceBuilder& doc(std::string text) {
        definition_.doc = std::move(text);
        return *this;
    }
    /// The version of the service's interface, such as "1.2.0".
    ServiceBuilder& version(std::string text) {
        definition_.version = std::move(text);
        return *this;
    }

    /// How many workers of the service may run at once, in place of the configuration's `max_workers`.
    ServiceBuilder& max_workers(std::size_t workers) {
        definition_.max_workers = workers;
        return *this;
    }
    /// How many messages each of its consumers may have here, in place of the configuration's `prefetch`.
    ServiceBuilder& prefetch(std::uint16_t messages) {
        definition_.prefetch = messages;
        return *this;
    }

    /// Adds an entrypoint of any kind and returns its options, to chain onto.
    EntrypointOptions& add(std::unique_ptr<Entrypoint> entrypoint) {
        definition_.entrypoints.push_back(std::move(entrypoint));
        return definition_.entrypoints.back()->options().expects(definition_.exceptions);
    }

    /// Declares a message that the service sends, and returns it, to chain onto.
    OutgoingMessage& add(OutgoingMessage message) {
        definition_.outgoing_messages.push_back(std::make_unique<OutgoingMessage>(std::move(message)));
        return *definition_.outgoing_messages.back();
    }

    /// Makes one more serializer known, for `serializer` and `ACCEPT` in the configuration to name; of two with the
    /// same name the later one counts.
    void serializer(Serializer serializer) { definition_.serializers.push_back(std::move(serializer)); }

    /// Names a dependency of a class that is no aggregate: service.dependency(&Mail::mailer).
    template <Dependency Member>
    void dependency(Member ServiceClass::*member, std::string member_name = "") {
        static_assert(!std::is_aggregate_v<ServiceClass>,
                      "the dependencies of an aggregate are found without being named");
        add_dependency(std::move(member_name), prototype_.*member);
    }

    /// Hands out the definition; the builder is empty after that.
    ServiceDefinition finish() && { return std::move(definition_); }

  private:
    template <class Member>
    void add_if_dependency(std::string_view name, const Member& member) {
        if constexpr (Dependency<Member>) add_dependency(std::string{name}, member);
    }

    template <Dependency Member>
    void add_dependency(std::string member_name, const Member& member) {
        const auto* object_start = reinterpret_cast<const std::byte*>(&prototype_);
        const auto* member_start = reinterpret_cast<const std::byte*>(&member);
        definition_.dependencies.push_back(
            {std::move(member_name), member.make_provider(), static_cast<std::size_t>(member_start - object_start)});
    }

    // Never runs a method: its members, as the class initialises them, declare the dependencies.
    ServiceClass prototype_{};
    ServiceDefinition definition_;
};

}  // namespace hiratake
