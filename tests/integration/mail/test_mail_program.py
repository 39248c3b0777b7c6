"""The example's mail service as a process, with an SMTP server that demands STARTTLS and a login. Arguments: the folder
with the programs."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = pathlib.Path(sys.argv.pop(1)).resolve()
SMTP_SERVER = pathlib.Path(__file__).parent / "smtp_server.py"
PASSWORD = "hush-hush"

CONFIGURATION = """\
AMQP_URI: amqp://guest:guest@127.0.0.1:{amqp_port}/
smtp:
  host: localhost
  port: {smtp_port}
  security: starttls
  ca_file: {certificate}
  user: robot
  password: ${{SMTP_PASSWORD}}
  from: Robot <robot@example.com>
"""


class MailProgram(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.smtp = subprocess.Popen(["/usr/bin/python3", SMTP_SERVER, "--starttls", "--login", f"robot:{PASSWORD}"],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.smtp.communicate)
        certificate = self.smtp.stdout.readline().removeprefix("certificate ").strip()
        smtp_port = self.smtp.stdout.readline().removeprefix("port ").strip()
        self.broker = self.start("hiratake", "broker", "--listen", "127.0.0.1:0")
        amqp_port = re.search(r":(\d+)$", self.broker.stderr.readline()).group(1)
        self.configuration = self.folder / "mail.yaml"
        self.configuration.write_text(
            CONFIGURATION.format(amqp_port=amqp_port, smtp_port=smtp_port, certificate=certificate))

    def start(self, program, *arguments, **environment):
        process = subprocess.Popen([PROGRAMS / program, *arguments], env={**os.environ, **environment},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def start_mail(self, password):
        process = self.start("mail", "run", "--config", self.configuration, SMTP_PASSWORD=password)
        self.lines_at_start = ""
        while "Connected to" not in self.lines_at_start:
            line = process.stderr.readline()
            self.assertTrue(line, self.lines_at_start)
            self.lines_at_start += line
        return process

    def call(self):
        return subprocess.run([PROGRAMS / "hiratake", "call", "--config", self.configuration, "mail.send",
                               "name@email.com", "testing", "Just testing"],
                              env={**os.environ, "SMTP_PASSWORD": ""}, capture_output=True, text=True, timeout=60)

    def end(self, process):
        """Returns everything that it has printed."""
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, errors)
        return self.lines_at_start + output + errors

    def events_until(self, name):
        for line in self.smtp.stdout:
            if line.startswith(name):
                return line.rstrip("\n")
        self.fail(f"the SMTP server saw no {name}")

    def test_sends_with_the_password_of_the_environment_and_never_shows_it(self):
        mail = self.start_mail(PASSWORD)
        outcome = self.call()
        self.assertEqual((outcome.returncode, outcome.stderr), (0, ""))
        self.assertEqual(self.events_until("mail "), "mail robot@example.com name@email.com tls as robot")
        message = pathlib.Path(self.events_until("bytes ").removeprefix("bytes ")).read_text()
        self.assertIn("Subject: testing", message)
        self.assertIn("Just testing", message)
        self.assertNotIn(PASSWORD, self.end(mail))
        shown = self.start("mail", "show-config", "--config", self.configuration, SMTP_PASSWORD=PASSWORD)
        output, errors = shown.communicate(timeout=60)
        self.assertEqual(shown.returncode, 0, errors)
        self.assertIn("robot@example.com", output)
        self.assertNotIn(PASSWORD, output + errors)

    def test_tells_the_caller_what_the_server_answers_to_a_wrong_password(self):
        mail = self.start_mail("wrong-guess")
        outcome = self.call()
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("535", outcome.stderr)
        log = self.end(mail)
        self.assertNotIn("wrong-guess", outcome.stderr + log)


if __name__ == "__main__":
    unittest.main(verbosity=2)
