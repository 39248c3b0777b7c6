#pragma once

#include <map>
#include <mutex>
#include <string>

#include "hiratake/service/dependency_provider.hpp"
#include "testing/firing_log.hpp"

namespace hiratake::testing {

/// Writes every worker of a service down when it has ended: the last dependency, which gives nothing to the service.
class FiringRecorder final : public DependencyProvider {
  public:
    explicit FiringRecorder(FiringLog& log) : log_(log) {}

    void inject(void*, WorkerContext&) override {}
    void worker_result(WorkerContext& context, const WorkerResult& result) override;
    void worker_teardown(WorkerContext& context) override;

  private:
    FiringLog& log_;
    std::mutex mutex_;
    /// Of workers between their result and their end, by call id.
    std::map<std::string, WorkerResult> results_;
};

}  // namespace hiratake::testing
