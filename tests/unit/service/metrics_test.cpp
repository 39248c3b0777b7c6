#include "hiratake/service/metrics.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"

namespace hiratake {
namespace {

TEST(Metrics, are_written_as_prometheus_reads_them) {
    Metrics metrics;
    metrics.counter("shop_orders_total", "Orders.\nAll of them.", {{"kind", "a \"b\"\\\n"}}).increment(3);
    metrics.gauge("shop_open", "Open?").set(-2);
    metrics.histogram("shop_delay_seconds", "Delay.", {{"kind", "x"}}).observe(std::chrono::milliseconds{5});
    metrics.histogram("shop_delay_seconds", "Delay.", {{"kind", "x"}}).observe(std::chrono::seconds{60});
    const auto registration = metrics.read_gauge("shop_load", "Load.", {}, [] { return 0.5; });
    const std::string text = metrics.text();
    EXPECT_NE(text.find("# HELP shop_orders_total Orders.\\nAll of them.\n# TYPE shop_orders_total counter\n"
                        "shop_orders_total{kind=\"a \\\"b\\\"\\\\\\n\"} 3\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("# TYPE shop_open gauge\nshop_open -2\n"), std::string::npos) << text;
    EXPECT_NE(text.find("shop_load 0.5\n"), std::string::npos) << text;
    EXPECT_NE(text.find("shop_delay_seconds_bucket{kind=\"x\",le=\"0.0025\"} 0\n"
                        "shop_delay_seconds_bucket{kind=\"x\",le=\"0.005\"} 1\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("shop_delay_seconds_bucket{kind=\"x\",le=\"10\"} 1\n"
                        "shop_delay_seconds_bucket{kind=\"x\",le=\"+Inf\"} 2\n"
                        "shop_delay_seconds_sum{kind=\"x\"} 60.005\nshop_delay_seconds_count{kind=\"x\"} 2\n"),
              std::string::npos)
        << text;
}

TEST(Metrics, keep_one_series_for_the_same_labels) {
    Metrics metrics;
    EXPECT_EQ(&metrics.counter("a_total", "A.", {{"x", "1"}}), &metrics.counter("a_total", "A.", {{"x", "1"}}));
    EXPECT_NE(&metrics.counter("a_total", "A.", {{"x", "1"}}), &metrics.counter("a_total", "A.", {{"x", "2"}}));
}

TEST(Metrics, are_bounded) {
    Metrics metrics;
    for (std::size_t i = 0; i < Metrics::max_series + 2; ++i) {
        metrics.counter("a_total", "A.", {{"x", std::to_string(i)}}).increment();
    }
    EXPECT_EQ(metrics.counter("a_total", "A.", {{"x", "one more"}}).value(), 2u);
    EXPECT_EQ(metrics.counter("a_total", "A.", {{"x", "7"}}).value(), 1u);
    EXPECT_NE(metrics.text().find("a_total{x=\"other\"} 2\n"), std::string::npos);
}

TEST(Metrics, refuse_what_prometheus_cannot_read) {
    Metrics metrics;
    EXPECT_THROW(metrics.counter("1_total", "A."), Error);
    EXPECT_THROW(metrics.counter("a-b", "A."), Error);
    EXPECT_THROW(metrics.counter("a_total", "A.", {{"le", "1"}}), Error);
    metrics.counter("a_total", "A.");
    EXPECT_THROW(metrics.gauge("a_total", "A."), Error);
}

TEST(Metrics, forget_what_is_read_no_more) {
    Metrics metrics;
    {
        const auto registration = metrics.read_counter("a_total", "A.", {}, [] { return 1.0; });
        EXPECT_NE(metrics.text(), "");
    }
    EXPECT_EQ(metrics.text(), "");
    auto first = metrics.read_counter("a_total", "A.", {}, [] { return 1.0; });
    const auto second = metrics.read_counter("a_total", "A.", {}, [] { return 2.0; });
    first.end();
    EXPECT_NE(metrics.text().find("a_total 2\n"), std::string::npos) << "the later one has taken its place";
}

}  // namespace
}  // namespace hiratake
