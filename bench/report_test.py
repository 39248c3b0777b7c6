"""Tests of the report. Run by: python3 -m unittest discover --start-directory bench --pattern '*_test.py'"""

import unittest

import systems as names
from report import Cells, html_of, markdown
from targets import target_rows


def calls(system, in_flight, *rates):
    return [{"section": "calls", "system": system, "round": round_number, "in_flight": in_flight, "per_second": rate}
            for round_number, rate in enumerate(rates)]


class Report(unittest.TestCase):
    def test_a_cell_shows_the_median_the_least_and_the_most(self):
        cells = Cells(calls(names.GRPC, 1, 3000, 1000, 2000))
        self.assertEqual(cells.show("calls", "per_second", system=names.GRPC, in_flight=1), "2,000 (1,000 to 3,000)")

    def test_a_cell_that_failed_says_so_and_why(self):
        failed = {"section": "calls", "system": names.NATS, "round": 1, "in_flight": 16, "failed": "no result"}
        lines = markdown({"head": "A day.", "cells": [*calls(names.GRPC, 16, 1000), failed]})
        self.assertIn("| NATS | failed |", lines)
        self.assertIn("- calls, round 2: NATS, in_flight 16: no result", lines)

    def test_what_was_not_measured_has_no_table(self):
        lines = markdown({"head": "A day.", "cells": calls(names.GRPC, 1, 1000)})
        self.assertIn("### Calls per second", lines)
        self.assertNotIn("### Events per second", lines)

    def test_a_target_is_the_median_of_the_ratios_of_rounds(self):
        cells = Cells(calls(names.EMBEDDED, 100, 8000, 100, 9000) + calls(names.GRPC, 100, 1000, 1000, 3000))
        [row] = [row for row in target_rows(cells) if row[0].startswith("over the embedded broker: rate")]
        self.assertEqual(row[1:], ["≥ 3.00", "3.00 (0.10 to 8.00)", "met"])

    def test_a_target_stands_beside_that_of_another_run(self):
        now = Cells(calls(names.EMBEDDED, 100, 4000, 5000) + calls(names.GRPC, 100, 1000, 1000))
        alike = Cells(calls(names.EMBEDDED, 100, 4500, 6000) + calls(names.GRPC, 100, 1000, 1000))
        other = Cells(calls(names.EMBEDDED, 100, 6000, 7000) + calls(names.GRPC, 100, 1000, 1000))
        [row] = target_rows(now, alike)
        self.assertEqual(row[4:], ["5.25 (4.50 to 6.00)", ""])
        [row] = target_rows(now, other)
        self.assertEqual(row[4:], ["6.50 (6.00 to 7.00)", "**differs**"])

    def test_a_round_that_failed_on_one_side_is_left_out_of_the_ratio(self):
        gone = {"section": "calls", "system": names.GRPC, "round": 0, "in_flight": 100, "failed": "no result"}
        cells = Cells([*calls(names.EMBEDDED, 100, 1, 2000), gone, *calls(names.GRPC, 100, 0, 1000)[1:]])
        [row] = [row for row in target_rows(cells) if row[0].startswith("over the embedded broker: rate")]
        self.assertEqual(row[1:], ["≥ 3.00", "2.00", "**missed**"])

    def test_rates_with_many_are_compared_with_those_with_one(self):
        cells = Cells([{"section": "queues", "system": names.RAW_EMBEDDED, "round": 0, "queues": queues,
                        "per_second": rate} for queues, rate in ((1, 1000), (100, 5), (10_000, 800))])
        self.assertIn(["rate with 10,000 queues, of that with one", "≥ 0.70", "0.80", "met"], target_rows(cells))

    def test_the_page_has_the_tables_and_escapes_what_they_say(self):
        page = list(html_of(["A < B", "", "| a | b |", "| --- | ---: |", "| 1 | <2> |", "", "end"]))
        self.assertEqual(page, ["<p>A &lt; B</p>", "<table><tr><th>a</th><th>b</th></tr>",
                                "<tr><td>1</td><td>&lt;2&gt;</td></tr>", "</table>", "<p>end</p>"])


if __name__ == "__main__":
    unittest.main()
