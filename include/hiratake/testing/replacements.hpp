#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "hiratake/base/reflect_fields.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake::testing {

/// Hands a copy of one value to each worker.
template <class Member>
class ValueProvider final : public DependencyProviderOf<Member> {
  public:
    explicit ValueProvider(Member value) : value_(std::move(value)) {}

    void provide(Member& member, WorkerContext&) override { member = value_; }

  private:
    Member value_;
};

/// Puts a provider in the place of the one for the member that lies `offset` bytes from the start of service objects.
/// Throws ConfigurationError when there is no dependency, or the definition is of another service.
void replace_provider(ServiceDefinition& definition, std::string_view service_name, std::size_t offset,
                      std::unique_ptr<DependencyProvider> provider);

template <class ServiceClass>
std::size_t offset_in(const ServiceClass& object, const void* member) {
    return static_cast<std::size_t>(static_cast<const std::byte*>(member) -
                                    reinterpret_cast<const std::byte*>(&object));
}

/// Has each worker find a copy of `fake` in this member, in place of what its provider would hand out: neither that nor
/// what stands behind it is set up.
///
///     hiratake::testing::replace_dependency(compute, &Compute::mail, services.proxy("mail"));
///
/// Before the definition goes to a container. (Nameko: testing.services.replace_dependencies.)
template <class ServiceClass, class Member>
void replace_dependency(ServiceDefinition& definition, Member ServiceClass::*member,
                        std::type_identity_t<Member> fake) {
    const ServiceClass object{};
    replace_provider(definition, ServiceClass::name, offset_in(object, &(object.*member)),
                     std::make_unique<ValueProvider<Member>>(std::move(fake)));
}

/// The same for all members of one type, in an aggregate.
template <class Member, class ServiceClass>
void replace_dependencies(ServiceDefinition& definition, const Member& fake) {
    ServiceClass object{};
    reflect::for_each_field(object, [&](std::string_view, auto& member) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, Member>) {
            replace_provider(definition, ServiceClass::name, offset_in(object, &member),
                             std::make_unique<ValueProvider<Member>>(fake));
        }
    });
}

/// Leaves only the entrypoints of these methods: a timer that is not among them never ticks, a queue is not consumed.
/// Throws ConfigurationError for a method without an entrypoint. (Nameko: testing.services.restrict_entrypoints.)
void restrict_entrypoints(ServiceDefinition& definition, const std::vector<std::string>& method_names);

}  // namespace hiratake::testing
