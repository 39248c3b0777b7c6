#include "net/stall_reporter.hpp"

#include <pthread.h>

#include <utility>

namespace hiratake::net {

StallReporter::StallReporter(Duration longest, UniqueFunction<void()> report)
    : longest_(longest), report_(std::move(report)), thread_([this] { watch(); }) {}

StallReporter::~StallReporter() {
    is_ending_ = true;
    moved_.unpark();
    thread_.join();
}

void StallReporter::watch() {
    pthread_setname_np(pthread_self(), "hiratake-watch");
    while (!is_ending_) {
        const auto finding = watch_.check();
        if (finding == StallWatch::Finding::stalled) report_();
        if (finding == StallWatch::Finding::resting && watch_.rest()) {
            moved_.park();
        } else {
            moved_.park(Deadline::after(SystemClock{}.now(), longest_));
        }
    }
}

}  // namespace hiratake::net
