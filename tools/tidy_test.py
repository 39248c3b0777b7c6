"""Each rule of tidy.py must fire on a text that breaks it, and stay silent on one that does not."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from source_text import code_only
from tidy import Tidy

SOUND_HEADER = "// What it is.\n#pragma once\n\nnamespace a {\nint f();\n}  // namespace a\n"
LONG_BODY = "    g();\n" * 70


def long_function(signature):
    return f"namespace a {{\nclass B {{\n{signature} {{\n{LONG_BODY}}}\n}};\n}}\n"


FINDINGS = {
    "a long file": ("a.cpp", "int x;\n" * 501, "501 lines"),
    "a long line": ("a.cpp", "int " + "x" * 120 + ";\n", "125 columns"),
    "a long function": ("a.cpp", long_function("int f(int x) const"), "function of 72 lines"),
    "a long constructor": ("a.cpp", long_function("B() : a_{1}, b_(2), c_{3}"), "function of 72 lines"),
    "a long function beside a struct's name": ("a.cpp", long_function("struct C* f(int x)"), "function of 72 lines"),
    "a long template": ("a.cpp", long_function("template <class T, class U = X<T>>\nauto f(T x) -> int"),
                        "function of 73 lines"),
    "a coroutine": ("a.cpp", "auto f() { co_" + "await g(); }\n", "coroutine"),
    "an open end": ("a.py", "# TO" + "DO later\n", "work left open"),
    "a path of one machine": ("a.md", "# A\n\nsee /wor" + "k/main/x\n", "one machine"),
    "using namespace in a header": ("a.hpp", SOUND_HEADER + "using namespace a;\n", "using namespace"),
    "a header without pragma once": ("a.hpp", "int f();\n", "pragma once"),
    "a page with two titles": ("a.md", "# A\n\n# B\n", "2 '# ' titles"),
    "a page without a title": ("a.md", "## A\n", "0 '# ' titles"),
}

SOUND = {
    "a header": ("a.hpp", SOUND_HEADER),
    "a long table": ("a.cpp", "const int table[] = {\n" + "    1,\n" * 100 + "};\n"),
    "a long class": ("a.cpp", "class A {\n" + "    int f() { return 1; }\n" * 100 + "};\n"),
    "a long namespace": ("a.cpp", "namespace {\n" + "int f() { return 1; }\n" * 100 + "}\n"),
    "a word in a comment": ("a.cpp", "// co_" + "await is what we avoid\nint x = 1'000;\n"),
    "braces in literals": ("a.cpp", "char c = '{'; auto s = \"{{{\"; auto r = R\"x({ \" )x\";\n" * 80),
    "a title in a fence": ("a.md", "# A\n\n```\n# B\n```\n"),
}


class TidyTest(unittest.TestCase):
    def findings(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_text(text, encoding="utf-8")
            return Tidy(folder).check()

    def test_finds_each_kind(self):
        for what, (name, text, expected) in FINDINGS.items():
            with self.subTest(what):
                findings = self.findings(name, text)
                self.assertEqual(len(findings), 1, findings)
                self.assertIn(expected, findings[0])

    def test_accepts_what_is_sound(self):
        for what, (name, text) in SOUND.items():
            with self.subTest(what):
                self.assertEqual(self.findings(name, text), [])

    def test_finds_a_local_name_of_two_files_that_are_compiled_together(self):
        for what in ("constexpr int one = 1;", "struct one {};", "using one = int;", "int one(int a) {\n}"):
            with self.subTest(what):
                findings = self.findings_of_two(what, what.replace("a)", "b = 2)"))
                self.assertEqual(len(findings), 1, findings)
                self.assertIn("src/a/second.cpp:3: 'one' is a name of first.cpp too", findings[0])

    def test_accepts_local_names_that_differ(self):
        self.assertEqual(self.findings_of_two("int one(int a) {}", "int one(long a) {}"), [])
        self.assertEqual(self.findings_of_two("int one = 1;", "struct Two {\n    int one = 1;\n};"), [])
        self.assertEqual(self.findings_of_two("struct one {};", "}\nnamespace b {\nnamespace {\nstruct one {};\n}"), [])

    def findings_of_two(self, first, second):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "src/a").mkdir(parents=True)
            for name, body in (("first", first), ("second", second)):
                text = f"namespace a {{\nnamespace {{\n{body}\n}}\n}}\n"
                (Path(folder) / f"src/a/{name}.cpp").write_text(text, encoding="utf-8")
            return Tidy(folder).check()

    def test_blanking_keeps_lines_and_columns(self):
        text = 'int a; // one {\nauto b = "}";  /* two\nlines */ int c;\n'
        blanked = code_only(text)
        self.assertEqual([len(line) for line in blanked.split("\n")], [len(line) for line in text.split("\n")])
        self.assertNotIn("{", blanked)
        self.assertNotIn("}", blanked)
        self.assertTrue(blanked.split("\n")[2].endswith("int c;"))

    def test_the_program_exits_with_1_on_a_finding(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.hpp").write_text("int f();\n", encoding="utf-8")
            program = [sys.executable, Path(__file__).with_name("tidy.py"), "--root", folder]
            refused = subprocess.run(program, capture_output=True, text=True, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("a.hpp:1:", refused.stdout)


if __name__ == "__main__":
    unittest.main()
