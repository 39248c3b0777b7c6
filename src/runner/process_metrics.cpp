#include "runner/process_metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>
#include <system_error>

namespace hiratake::runner {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double processor_seconds() {
    rusage usage{};
    if (getrusage(RUSAGE_SELF, &usage) != 0) return not_known;
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// proc(5): the second number of statm is the resident pages.
double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double all_pages = 0;
    double resident_pages = 0;
    if (!(statm >> all_pages >> resident_pages)) return not_known;
    return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_descriptors() {
    std::error_code error;
    const std::filesystem::directory_iterator entries("/proc/self/fd", error);
    if (error) return not_known;
    double count = 0;
    for (const auto& entry : entries) count += entry.path().empty() ? 0 : 1;
    // One of them is the descriptor of this very list.
    return count - 1;
}

double most_descriptors() {
    rlimit limit{};
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : not_known;
}

}  // namespace

std::vector<Registration> report_process(Metrics& metrics, WallTime started_at) {
    const double start = std::chrono::duration<double>(started_at.time_since_epoch()).count();
    std::vector<Registration> reports;
    reports.push_back(metrics.read_gauge("process_start_time_seconds", "When the process started, in Unix time.", {},
                                         [start] { return start; }));
    reports.push_back(
        metrics.read_counter("process_cpu_seconds_total", "Processor time, user and system.", {}, processor_seconds));
    reports.push_back(metrics.read_gauge("process_resident_memory_bytes", "Resident memory.", {}, resident_bytes));
    reports.push_back(metrics.read_gauge("process_open_fds", "Open file descriptors.", {}, open_descriptors));
    reports.push_back(
        metrics.read_gauge("process_max_fds", "The most file descriptors that may be open.", {}, most_descriptors));
    return reports;
}

}  // namespace hiratake::runner
