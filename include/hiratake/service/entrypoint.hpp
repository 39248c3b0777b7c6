#pragma once

#include <string>
#include <utility>

#include "hiratake/base/deadline.hpp"
#include "hiratake/service/entrypoint_description.hpp"
#include "hiratake/service/entrypoint_options.hpp"
#include "hiratake/service/extension.hpp"

namespace hiratake {

class Config;

/// What makes a method of a service run: a message, a request, the time. (Nameko: extensions.Entrypoint.)
class Entrypoint : public Extension {
  public:
    explicit Entrypoint(std::string method_name) : method_name_(std::move(method_name)) {}

    const std::string& method_name() const { return method_name_; }
    EntrypointOptions& options() { return options_; }
    const EntrypointOptions& options() const { return options_; }

    /// Waits for the work in progress that no worker does, such as calls whose replies are awaited. After stop(),
    /// before the workers end. Must not throw.
    /// @return false when some was left at the deadline
    virtual bool drain(Deadline deadline) noexcept;

    /// Whether it does what EntrypointOptions::retry() asks for. Override it together with that.
    virtual bool can_retry() const { return false; }
    /// Whether EntrypointOptions::max_workers() holds for it: it submits its tasks in its own name.
    virtual bool can_limit_workers() const { return false; }
    /// Whether EntrypointOptions::prefetch() does: it has a consumer of its own.
    virtual bool can_set_prefetch() const { return false; }
    /// Whether EntrypointOptions::ordered_by() does: it submits its tasks with their keys.
    virtual bool can_order() const { return false; }

    /// What it is, without being set up. Override it to say more than the method's name and documentation.
    /// @param service_name whose entrypoint it is
    virtual EntrypointDescription describe(const std::string& service_name, const Config& config) const;

  private:
    std::string method_name_;
    EntrypointOptions options_;
};

}  // namespace hiratake
