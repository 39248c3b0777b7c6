"""A key that is read and not known must be found, and one that is known and not read."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

KNOWN = """
const Names& top_level_keys() {
    static const Names keys{"http", "prefetch"};
    return keys;
}
const std::vector<Section>& sections() {
    static const std::vector<Section> all{
        {"http", {"cors", "docs"}},
        {"http.cors", {"origins"}},
    };
}
"""
READER = """
const auto count = config.integer("prefetch");
const bool docs = read_switch(environment.config, "http.docs", true);  // not "http.pages"
const auto origins = read_texts("http.cors.origins");
"""


class ConfigKeysTest(unittest.TestCase):
    def findings(self, known=KNOWN, reader=READER):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("runner/known_keys.cpp", known), ("http/reader.cpp", reader)):
                path = Path(folder) / "src" / name
                path.parent.mkdir(parents=True)
                path.write_text(text, encoding="utf-8")
            program = [sys.executable, Path(__file__).with_name("config_keys.py"), "--root", folder]
            result = subprocess.run(program, capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 1 if result.stdout else 0, result.stderr)
            return result.stdout

    def test_accepts_lists_that_agree(self):
        self.assertEqual(self.findings(), "")

    def test_finds_what_is_read_and_not_known(self):
        for read in ('config_.text("name")', 'setting(config, "name")', 'read("http.name")'):
            self.assertRegex(self.findings(reader=f"{READER}{read};\n"), "reads `(http.)?name`")

    def test_finds_what_is_known_and_not_read(self):
        self.assertIn("`http.docs` is known", self.findings(reader=READER.replace("http.docs", "docs")))
        self.assertIn("`http.cors.age` is known", self.findings(KNOWN.replace('"origins"', '"age", "origins"')))


if __name__ == "__main__":
    unittest.main()
