#include "load/figures.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace bench {
namespace {

double cpu_s() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Figures::Figures() : cpu_s_before_(cpu_s()) {
    // One reallocation in the measured time would be a latency of its own.
    latencies_us_.reserve(4'000'000);
}

void Figures::count(Clock::time_point began, Clock::time_point ended) {
    latencies_us_.push_back(std::chrono::duration<float, std::micro>(ended - began).count());
}

std::string Figures::to_json(Clock::duration measured) {
    if (latencies_us_.empty()) throw std::runtime_error("nothing ended in the measured time");
    std::sort(latencies_us_.begin(), latencies_us_.end());
    const auto percentile = [this](double share) {
        const auto last = static_cast<double>(latencies_us_.size() - 1);
        return static_cast<double>(latencies_us_[static_cast<std::size_t>(share * last)]);
    };
    const double seconds = std::chrono::duration<double>(measured).count();
    char line[512];
    std::snprintf(line, sizeof line,
                  R"({"per_second": %.1f, "p50_us": %.2f, "p99_us": %.2f, "p999_us": %.2f, "measured": %zu, )"
                  R"("in_all": %llu, "seconds": %.4f, "client_cpu_s": %.4f})",
                  static_cast<double>(latencies_us_.size()) / seconds, percentile(0.5), percentile(0.99),
                  percentile(0.999), latencies_us_.size(),
                  static_cast<unsigned long long>(latencies_us_.size() + outside_), seconds, cpu_s() - cpu_s_before_);
    return line;
}

}  // namespace bench
