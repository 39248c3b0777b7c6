#pragma once

#include <typeindex>
#include <unordered_map>

namespace hiratake {

/// What containers share and are lent, found by type: the broker connection, say. The service layer knows none of these
/// types. Filled before the containers start; read-only and safe from any thread after that.
class Resources {
  public:
    /// @param resource outlives the containers
    template <class Resource>
    void add(Resource& resource) {
        resources_.insert_or_assign(typeid(Resource), &resource);
    }

    /// nullptr where the process has none.
    template <class Resource>
    Resource* find() const {
        const auto found = resources_.find(typeid(Resource));
        return found == resources_.end() ? nullptr : static_cast<Resource*>(found->second);
    }

    /// Throws ConfigurationError where the process has none.
    template <class Resource>
    Resource& get() const {
        if (Resource* resource = find<Resource>()) return *resource;
        refuse(typeid(Resource));
    }

  private:
    [[noreturn]] static void refuse(std::type_index type);

    std::unordered_map<std::type_index, void*> resources_;
};

}  // namespace hiratake
