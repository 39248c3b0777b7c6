#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "hiratake/service/metrics.hpp"
#include "http/exchange.hpp"

namespace hiratake::http {

/// Counts a server's answers by method, route and status, and measures them. Used on the loop's thread.
class HttpMetrics {
  public:
    HttpMetrics(Metrics& metrics, std::string service) : metrics_(metrics), service_(std::move(service)) {}

    void record(const Exchange& exchange);

  private:
    struct Series {
        Counter& count;
        DurationHistogram& duration;
    };

    Metrics& metrics_;
    std::string service_;
    /// By method, route and status: bounded, because other methods and paths than known ones are not told apart.
    std::map<std::tuple<std::string_view, std::string, int>, Series> series_;
};

}  // namespace hiratake::http
