#include "hiratake/service/worker_logger.hpp"

#include "hiratake/service/environment.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake {

class WorkerLoggerProvider final : public DependencyProviderOf<WorkerLogger> {
  public:
    void setup(ServiceContainer& container) override {
        logger_.emplace(container.environment().log, container.service_name());
    }

    void provide(WorkerLogger& member, WorkerContext& context) override {
        member.logger_ = logger_->for_call(context.call_id());
    }

  private:
    std::optional<Logger> logger_;
};

std::unique_ptr<DependencyProvider> WorkerLogger::make_provider() const {
    return std::make_unique<WorkerLoggerProvider>();
}

}  // namespace hiratake
