#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/payload/serializer.hpp"
#include "hiratake/service/application_error_types.hpp"
#include "hiratake/service/dependency_provider.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/outgoing_message.hpp"

namespace hiratake {

/// One member of the service class that a provider fills for each worker.
struct DependencySlot {
    std::string member_name;
    std::unique_ptr<DependencyProvider> provider;
    /// Where the member lies in each service object, in bytes from its start.
    std::size_t offset = 0;
};

/// A service class with its type erased: all that a container needs of it. Made by ServiceBuilder.
struct ServiceDefinition {
    using ServiceObject = std::unique_ptr<void, void (*)(void*)>;

    std::string name;
    /// For the generated documentation.
    std::string doc;
    std::string version;
    /// What its methods throw as a part of the contract.
    ApplicationErrorTypes exceptions;
    /// In place of the configuration's `max_workers` and `prefetch`, which are for all services.
    std::optional<std::size_t> max_workers;
    std::optional<std::uint16_t> prefetch;
    /// Makes the fresh object that one worker runs on.
    std::function<ServiceObject()> make_object;
    std::vector<DependencySlot> dependencies;
    std::vector<std::unique_ptr<Entrypoint>> entrypoints;
    std::vector<std::unique_ptr<OutgoingMessage>> outgoing_messages;
    /// Known beside those that Hiratake brings.
    std::vector<Serializer> serializers;
};

/// All services of a process, in the order in which they were added: one of its Resources.
struct ProgramServices {
    std::vector<const ServiceDefinition*> definitions;
};

}  // namespace hiratake
