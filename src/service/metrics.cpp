#include "hiratake/service/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <mutex>
#include <variant>

#include "hiratake/base/error.hpp"

namespace hiratake {
namespace {

constexpr double nanoseconds_per_second = 1e9;

enum class Kind { counter, gauge, histogram };

std::string_view to_string(Kind kind) {
    switch (kind) {
        case Kind::counter: return "counter";
        case Kind::gauge: return "gauge";
        case Kind::histogram: return "histogram";
    }
    return "untyped";
}

bool is_name(std::string_view text, bool allows_colons) {
    const auto is_allowed = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               (c == ':' && allows_colons);
    };
    return !text.empty() && !(text.front() >= '0' && text.front() <= '9') &&
           std::all_of(text.begin(), text.end(), is_allowed);
}

std::string escaped(std::string_view text, bool with_quotes) {
    std::string result;
    for (const char c : text) {
        if (c == '\n') {
            result += "\\n";
            continue;
        }
        if (c == '\\' || (c == '"' && with_quotes)) result += '\\';
        result += c;
    }
    return result;
}

/// `service="mail",method="send"`
std::string label_text(std::string_view metric, const MetricLabels& labels, bool is_overflow) {
    std::string text;
    for (const auto& [name, value] : labels) {
        if (!is_name(name, false) || name == "le") {
            throw Error(fmt::format("metric `{}`: `{}` is no name for a label", metric, name));
        }
        fmt::format_to(std::back_inserter(text), "{}{}=\"{}\"", text.empty() ? "" : ",", name,
                       is_overflow ? "other" : escaped(value, true));
    }
    return text;
}

std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    return fmt::format("{}", value);
}

void append_sample(std::string& out, std::string_view name, std::string_view labels, std::string_view value) {
    out += name;
    if (!labels.empty()) fmt::format_to(std::back_inserter(out), "{{{}}}", labels);
    fmt::format_to(std::back_inserter(out), " {}\n", value);
}

void append_histogram(std::string& out, const std::string& name, const std::string& labels,
                      const DurationHistogram& histogram) {
    const std::string before_bound = labels.empty() ? "" : labels + ",";
    std::uint64_t count = 0;
    for (std::size_t bucket = 0; bucket < DurationHistogram::bucket_count; ++bucket) {
        count += histogram.count(bucket);
        const bool is_last = bucket + 1 == DurationHistogram::bucket_count;
        const std::string bound = is_last ? "+Inf" : number(DurationHistogram::bounds_s[bucket]);
        append_sample(out, name + "_bucket", fmt::format("{}le=\"{}\"", before_bound, bound), std::to_string(count));
    }
    append_sample(out, name + "_sum", labels, number(histogram.sum_s()));
    append_sample(out, name + "_count", labels, std::to_string(count));
}

}  // namespace

void DurationHistogram::observe(Duration duration) noexcept {
    const double seconds = static_cast<double>(duration.count()) / nanoseconds_per_second;
    const auto* bound = std::lower_bound(std::begin(bounds_s), std::end(bounds_s), seconds);
    counts_[bound - std::begin(bounds_s)].fetch_add(1, std::memory_order_relaxed);
    sum_ns_.fetch_add(duration.count(), std::memory_order_relaxed);
}

double DurationHistogram::sum_s() const noexcept {
    return static_cast<double>(sum_ns_.load(std::memory_order_relaxed)) / nanoseconds_per_second;
}

class Metrics::Implementation {
  public:
    using Read = std::function<double()>;
    using Series = std::variant<std::unique_ptr<Counter>, std::unique_ptr<Gauge>, std::unique_ptr<DurationHistogram>,
                                std::shared_ptr<Read>>;
    struct Family {
        std::string help;
        Kind kind = Kind::counter;
        std::map<std::string, Series> series;  // by label text
    };

    Family& family(std::string_view name, std::string_view help, Kind kind) {
        if (!is_name(name, true)) throw Error(fmt::format("`{}` is no name for a metric", name));
        auto [found, is_new] = families.try_emplace(std::string{name});
        if (is_new) found->second = {std::string{help}, kind, {}};
        if (found->second.kind != kind) {
            throw Error(
                fmt::format("the metric `{}` is a {}, not a {}", name, to_string(found->second.kind), to_string(kind)));
        }
        return found->second;
    }

    template <class Metric>
    Metric& series(std::string_view name, std::string_view help, Kind kind, const MetricLabels& labels) {
        const std::lock_guard lock{mutex};
        Family& all = family(name, help, kind);
        std::string text = label_text(name, labels, false);
        if (all.series.size() >= max_series && !all.series.contains(text)) text = label_text(name, labels, true);
        auto [found, is_new] = all.series.try_emplace(std::move(text));
        if (is_new) found->second = std::make_unique<Metric>();
        if (auto* made = std::get_if<std::unique_ptr<Metric>>(&found->second)) return **made;
        throw Error(fmt::format("the series {}{{{}}} is read from a function", name, found->first));
    }

    Registration read(std::string_view name, std::string_view help, Kind kind, const MetricLabels& labels, Read read) {
        const std::lock_guard lock{mutex};
        // Shared between the list and the registration, which takes out this series and no later one.
        const auto shared = std::make_shared<Read>(std::move(read));
        std::string text = label_text(name, labels, false);
        family(name, help, kind).series.insert_or_assign(text, shared);
        return Registration{[this, family_name = std::string{name}, text, shared] {
            const std::lock_guard removing{mutex};
            auto& series = families[family_name].series;
            const auto found = series.find(text);
            if (found != series.end() && found->second == Series{shared}) series.erase(found);
        }};
    }

    std::mutex mutex;
    std::map<std::string, Family> families;
};

Metrics::Metrics() : implementation_(std::make_unique<Implementation>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(std::string_view name, std::string_view help, const MetricLabels& labels) {
    return implementation_->series<Counter>(name, help, Kind::counter, labels);
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, const MetricLabels& labels) {
    return implementation_->series<Gauge>(name, help, Kind::gauge, labels);
}

DurationHistogram& Metrics::histogram(std::string_view name, std::string_view help, const MetricLabels& labels) {
    return implementation_->series<DurationHistogram>(name, help, Kind::histogram, labels);
}

Registration Metrics::read_counter(std::string_view name, std::string_view help, const MetricLabels& labels,
                                   std::function<double()> read) {
    return implementation_->read(name, help, Kind::counter, labels, std::move(read));
}

Registration Metrics::read_gauge(std::string_view name, std::string_view help, const MetricLabels& labels,
                                 std::function<double()> read) {
    return implementation_->read(name, help, Kind::gauge, labels, std::move(read));
}

std::string Metrics::text() const {
    const std::lock_guard lock{implementation_->mutex};
    std::string out;
    for (const auto& [name, family] : implementation_->families) {
        if (family.series.empty()) continue;
        fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, escaped(family.help, false), name,
                       to_string(family.kind));
        for (const auto& [labels, series] : family.series) {
            if (const auto* counter = std::get_if<std::unique_ptr<Counter>>(&series)) {
                append_sample(out, name, labels, std::to_string((*counter)->value()));
            } else if (const auto* gauge = std::get_if<std::unique_ptr<Gauge>>(&series)) {
                append_sample(out, name, labels, std::to_string((*gauge)->value()));
            } else if (const auto* histogram = std::get_if<std::unique_ptr<DurationHistogram>>(&series)) {
                append_histogram(out, name, labels, **histogram);
            } else {
                append_sample(out, name, labels, number((*std::get<std::shared_ptr<Implementation::Read>>(series))()));
            }
        }
    }
    return out;
}

}  // namespace hiratake
