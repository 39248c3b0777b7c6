#include "net/call_task.hpp"

#include <exception>

namespace hiratake::net {

void call_task(UniqueFunction<void()>& task, const Logger& logger, std::string_view pool_name) noexcept {
    try {
        task();
    } catch (const std::exception& error) {
        logger.critical("An exception escaped a task of {}: {}", pool_name, error.what());
    } catch (...) {
        logger.critical("Something that is no std::exception escaped a task of {}", pool_name);
    }
}

}  // namespace hiratake::net
