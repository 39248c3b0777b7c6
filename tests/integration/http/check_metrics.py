#!/usr/bin/python3
"""Reads metrics from standard input with Prometheus' own parser; exits 1, saying why, when it cannot or when they
contradict themselves."""

import sys

from prometheus_client.parser import text_string_to_metric_families


def main():
    families = list(text_string_to_metric_families(sys.stdin.read()))
    seen = set()
    for family in families:
        if not family.documentation or family.type not in ("counter", "gauge", "histogram"):
            sys.exit(f"{family.name}: no documentation, or the type {family.type}")
        buckets = {}
        for sample in family.samples:
            key = (sample.name, tuple(sorted(sample.labels.items())))
            if key in seen:
                sys.exit(f"{key} occurs twice")
            seen.add(key)
            labels = {name: value for name, value in sample.labels.items() if name != "le"}
            series = buckets.setdefault(tuple(sorted(labels.items())), {"bounds": [], "counts": []})
            if sample.name.endswith("_bucket"):
                series["bounds"].append(float(sample.labels["le"]))
                series["counts"].append(sample.value)
            elif sample.name.endswith("_count") and family.type == "histogram":
                series["count"] = sample.value
        for labels, series in buckets.items() if family.type == "histogram" else ():
            if series["bounds"] != sorted(series["bounds"]) or series["counts"] != sorted(series["counts"]):
                sys.exit(f"{family.name}{labels}: the buckets are out of order")
            if series["bounds"][-1] != float("inf") or series["counts"][-1] != series["count"]:
                sys.exit(f"{family.name}{labels}: the last bucket does not hold everything")
    wanted = {"process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds",
              "hiratake_worker_duration_seconds", "hiratake_http_requests", "hiratake_broker_connected"}
    missing = wanted - {family.name for family in families}
    if missing:
        sys.exit(f"missing: {', '.join(sorted(missing))}")


if __name__ == "__main__":
    main()
