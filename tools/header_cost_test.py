"""A header that is heavy, expensive or incomplete must be refused."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import header_cost
from header_cost import HeaderCost


class HeaderCostTest(unittest.TestCase):
    def failures(self, text):
        with tempfile.TemporaryDirectory() as folder:
            header = Path(folder) / "include/hiratake/a.hpp"
            header.parent.mkdir(parents=True)
            header.write_text("#pragma once\n" + text, encoding="utf-8")
            with contextlib.redirect_stdout(io.StringIO()):
                return HeaderCost(folder, "g++").check()

    def test_accepts_a_light_header(self):
        self.assertEqual(self.failures("#include <cstddef>\nstruct A { std::size_t size = 0; };\n"), [])

    def test_refuses_a_header_that_needs_another_first(self):
        failures = self.failures("struct A { std::string name; };\n")
        self.assertIn("does not compile alone", failures[0])

    def test_refuses_a_header_with_a_warning(self):
        failures = self.failures("inline int f(long x) { return x; }\n")
        self.assertIn("does not compile alone", failures[0])

    def test_refuses_a_heavy_package(self):
        failures = self.failures("#include <boost/config.hpp>\n")
        self.assertEqual(len(failures), 1)
        self.assertIn("/boost/config.hpp", failures[0])

    def test_refuses_a_header_over_its_budget(self):
        normal, header_cost.UMBRELLA_BUDGET_CPU_S = header_cost.UMBRELLA_BUDGET_CPU_S, 0.05
        try:
            failures = self.failures("#include <regex>\n")
        finally:
            header_cost.UMBRELLA_BUDGET_CPU_S = normal
        self.assertEqual(len(failures), 1)
        self.assertIn("its budget is", failures[0])


if __name__ == "__main__":
    unittest.main()
