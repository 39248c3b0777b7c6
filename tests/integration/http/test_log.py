"""The log of a process: its form, its levels, and how these change while it runs; and what it tells of its
configuration. Argument: the program of http_subject.cpp."""

import json
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path

from subject import WITHIN_S, Subject

PROGRAM = sys.argv.pop(1)


class LogTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.config = Path(folder.name) / "config.yaml"

    def start(self, settings):
        self.config.write_text(settings, encoding="utf-8")
        subject = Subject(PROGRAM, config=self.config)
        self.addCleanup(subject.kill)
        return subject

    def read_anew(self, subject, settings):
        self.config.write_text(settings, encoding="utf-8")
        subject.process.send_signal(signal.SIGHUP)

    def get(self, subject):
        with urllib.request.urlopen(f"http://127.0.0.1:{subject.port}/hello", timeout=WITHIN_S) as answer:
            self.assertEqual(answer.status, 200)

    def test_lines_of_json(self):
        subject = self.start("log: {format: json, level: debug}")
        self.get(subject)
        line = json.loads(subject.wait_for_log("running "))
        self.assertEqual(line["level"], "debug")
        self.assertIn(line["call_id"], line["message"])
        self.assertEqual(subject.stop(), 0)
        own_words = ("finished ", "the service has ended")  # of the subject and of what runs it
        for each in subject.log:
            if not each.startswith(own_words):
                self.assertLessEqual({"time", "level", "logger", "message"}, set(json.loads(each)))

    def test_lines_of_text(self):
        subject = self.start("log: {format: text}")
        self.assertRegex(subject.wait_for_log("serves HTTP on"),
                         r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO http \S+ serves HTTP on")
        self.assertEqual(subject.stop(), 0)

    def test_levels_change_on_a_hangup(self):
        subject = self.start("log: {level: info}")
        self.get(subject)
        self.read_anew(subject, "log: {level: debug}")
        subject.wait_for_log("the levels of the log are read anew")
        self.assertFalse([line for line in subject.log if line.startswith("DEBUG")])
        self.get(subject)
        subject.wait_for_log("DEBUG running ")
        self.read_anew(subject, "log: {level: loud}")
        self.assertIn("`log.level` must be debug, info, warning, error or critical",
                      subject.wait_for_log("ERROR the levels of the log stay as they are"))
        self.assertEqual(subject.stop(), 0)

    def test_the_configuration_is_shown_without_the_passwords_of_users(self):
        result = subprocess.run([PROGRAM, "show-config", "--set", "http.users.alice=open sesame",
                                 "--set", "http.max_connections=7"],
                                capture_output=True, text=True, timeout=WITHIN_S, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r'alice: "?\*\*')
        self.assertIn("max_connections: 7", result.stdout)
        self.assertNotIn("sesame", result.stdout + result.stderr)

    def test_a_slip_in_a_key_ends_the_program_with_what_was_meant(self):
        result = subprocess.run([PROGRAM, "run", "--set", "log.levle=debug"], capture_output=True, text=True,
                                timeout=WITHIN_S, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stderr,
                         "Error: configuration: there is no key `log.levle`; did you mean `log.level`?\n")


unittest.main()
