#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/service/registration.hpp"

namespace hiratake {

/// Goes up only. Lock-free.
class Counter {
  public:
    void increment(std::uint64_t by = 1) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
    std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_ = 0;
};

/// Goes up and down. Lock-free.
class Gauge {
  public:
    void add(std::int64_t by) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
    void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_ = 0;
};

/// How long things took, counted in buckets from 1 ms to 10 s. Lock-free.
class DurationHistogram {
  public:
    /// Upper bounds in seconds; a last bucket takes what is longer.
    static constexpr double bounds_s[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    static constexpr std::size_t bucket_count = std::size(bounds_s) + 1;

    void observe(Duration duration) noexcept;
    /// In this bucket alone.
    std::uint64_t count(std::size_t bucket) const noexcept { return counts_[bucket].load(std::memory_order_relaxed); }
    double sum_s() const noexcept;

  private:
    std::atomic<std::uint64_t> counts_[bucket_count] = {};
    std::atomic<std::int64_t> sum_ns_ = 0;
};

/// Names and values that tell one time series of a metric from the others: {{"service", "mail"}}.
using MetricLabels = std::vector<std::pair<std::string, std::string>>;

/// What a process counts and measures, for Prometheus. A series is looked up once, by whoever fills it, and then used
/// without a lock. Safe from any thread.
///
/// At most `max_series` series of one metric are kept. What is asked for beyond goes to one more, whose labels all have
/// the value "other".
class Metrics {
  public:
    static constexpr std::size_t max_series = 1000;

    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// The series with these labels, made when it is first asked for; lives as long as the Metrics. The same metric is
    /// always asked for with the same help and the same label names. Throws Error for a name or label that Prometheus
    /// does not allow, and for a name that belongs to a metric of another kind.
    /// @param name with its unit, as Prometheus recommends: "shop_orders_total", "shop_delay_seconds"
    Counter& counter(std::string_view name, std::string_view help, const MetricLabels& labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, const MetricLabels& labels = {});
    DurationHistogram& histogram(std::string_view name, std::string_view help, const MetricLabels& labels = {});

    /// A counter or gauge that is read when somebody asks. `read` runs on any thread: it must be quick, must not wait,
    /// and must not use the Metrics.
    Registration read_counter(std::string_view name, std::string_view help, const MetricLabels& labels,
                              std::function<double()> read);
    Registration read_gauge(std::string_view name, std::string_view help, const MetricLabels& labels,
                            std::function<double()> read);

    /// All metrics in Prometheus' text format, version 0.0.4.
    std::string text() const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace hiratake
