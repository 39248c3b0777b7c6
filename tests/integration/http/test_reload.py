"""A service that is run with --reload. Argument: the program of http_subject.cpp."""

import shutil
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path

from subject import WITHIN_S, Subject

PROGRAM = sys.argv.pop(1)


class ReloadTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = Path(folder.name) / "subject"
        shutil.copy(PROGRAM, self.program)
        self.config = Path(folder.name) / "config.yaml"
        self.config.write_text("log: {level: info}", encoding="utf-8")
        self.subject = Subject(self.program, config=self.config, options=["--reload"])
        self.addCleanup(self.subject.kill)

    def put(self, file, write):
        """In its place at once, as editors and linkers do."""
        new = file.with_suffix(".new")
        write(new)
        new.replace(file)

    def configure(self, settings):
        self.put(self.config, lambda new: new.write_text(settings, encoding="utf-8"))

    def test_starts_anew_when_its_configuration_or_its_program_changes(self):
        self.configure("log: {level: debug}")
        self.subject.wait_for_log("has changed: starting anew")
        self.subject.wait_for_log("serves HTTP on", occurrence=2)
        self.put(self.program, lambda new: shutil.copy(PROGRAM, new))
        line = self.subject.wait_for_log("serves HTTP on", occurrence=3)
        with urllib.request.urlopen(line.split()[-1] + "/hello", timeout=WITHIN_S) as answer:
            self.assertEqual(answer.status, 200)
        self.assertEqual(self.subject.stop(), 0)

    def test_waits_for_a_change_after_a_mistake(self):
        self.configure("log: {level: loud}")
        self.subject.wait_for_log("has ended with exit code 1; it is started anew when it or its configuration changes")
        self.configure("log: {level: info}")
        self.subject.wait_for_log("serves HTTP on", occurrence=2)
        self.assertEqual(self.subject.stop(), 0)

    def test_ends_when_told_to_without_a_service(self):
        self.configure("log: {level: loud}")
        self.subject.wait_for_log("has ended with exit code 1")
        self.assertEqual(self.subject.stop(), 0)


unittest.main()
