#include "testing/firing_recorder.hpp"

#include <utility>

namespace hiratake::testing {

void FiringRecorder::worker_result(WorkerContext& context, const WorkerResult& result) {
    const std::lock_guard lock{mutex_};
    results_.insert_or_assign(context.call_id(), result);
}

void FiringRecorder::worker_teardown(WorkerContext& context) {
    WorkerResult result;
    {
        const std::lock_guard lock{mutex_};
        result = std::move(results_[context.call_id()]);
        results_.erase(context.call_id());
    }
    log_.add({context.service_name(), context.method_name(), context.call_id(), context.data(), result.returned.value(),
              result.error});
}

}  // namespace hiratake::testing
