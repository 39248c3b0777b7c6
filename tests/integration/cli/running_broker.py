"""The embedded broker as a program of its own, for tests of other programs."""

import re
import signal
import subprocess


class RunningBroker:
    """`hiratake broker` on a free port."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "broker", "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE,
                                        text=True)
        line = self.process.stderr.readline()
        self.port = int(re.fullmatch(r"embedded broker listening on 127\.0\.0\.1:(\d+)\n", line).group(1))
        self.uri = f"amqp://guest:guest@127.0.0.1:{self.port}"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        errors = self.process.communicate(timeout=20)[1]
        return self.process.returncode, errors
