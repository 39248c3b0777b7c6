#include "testing/firing_recorder.hpp"

#include <utility>

namespace hiratake::testing {

void FiringRecorder::worker_result(WorkerContext& context, const WorkerResult& result) {
    const std::lock_guard lock{mutex_};
    results_.insert_or_assign(std::string{context.call_id()}, result);
}

void FiringRecorder::worker_teardown(WorkerContext& context) {
    const std::string call_id{context.call_id()};
    WorkerResult result;
    {
        const std::lock_guard lock{mutex_};
        result = std::move(results_[call_id]);
        results_.erase(call_id);
    }
    log_.add({std::string{context.service_name()}, std::string{context.method_name()}, call_id, context.data(),
              result.returned.value(), result.error});
}

}  // namespace hiratake::testing
