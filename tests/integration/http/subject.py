"""Runs the service program of this folder, http_subject.cpp, for the tests in Python."""

import re
import signal
import subprocess
import threading

WITHIN_S = 20


class Subject:
    """One process of the service, on a port of its own."""

    def __init__(self, program, *settings, config=None, options=()):
        command = [program, "run", *options, "--set", "WEB_SERVER_ADDRESS=127.0.0.1:0"]
        for setting in settings:
            command += ["--set", setting]
        if config:
            command += ["--config", str(config)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.log = []
        self.has_logged = threading.Condition()
        # Read on for ever, so that the service never waits for someone to take its log.
        self.collector = threading.Thread(target=self.collect_log)
        self.collector.start()
        line = self.wait_for_log(r"serves HTTP on \w+://")
        self.port = int(re.search(r"://127\.0\.0\.1:(\d+)", line).group(1))

    def collect_log(self):
        for line in self.process.stdout:
            with self.has_logged:
                self.log.append(line)
                self.has_logged.notify_all()
        with self.has_logged:
            self.log.append("the service has ended")
            self.has_logged.notify_all()

    def wait_for_log(self, pattern, occurrence=1):
        """The first line of the log in which the pattern is found, or a later one."""
        def found():
            lines = [line for line in self.log if re.search(pattern, line)]
            return lines[occurrence - 1] if len(lines) >= occurrence else None
        with self.has_logged:
            self.has_logged.wait_for(lambda: found() or self.log[-1:] == ["the service has ended"], WITHIN_S)
            line = found()
        if not line:
            raise AssertionError(f"{pattern} is not in the log:\n{''.join(self.log)}")
        return line

    def stop(self):
        """Ends the service in order and returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        return self.clean_up()

    def kill(self):
        self.process.kill()
        self.clean_up()

    def clean_up(self):
        self.process.wait()
        self.collector.join()
        self.process.stdout.close()
        return self.process.returncode
