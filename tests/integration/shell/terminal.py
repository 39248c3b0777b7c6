"""A program at a pseudo-terminal: what a person sees and types."""

import errno
import os
import pty
import re
import select
import time

ESCAPE_SEQUENCES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x08")


class Terminal:
    def __init__(self, command, environment=None):
        self.seen = ""
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            os.environ.update({"TERM": "xterm", "LC_ALL": "C.UTF-8", **(environment or {})})
            os.execv(command[0], command)

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def expect(self, text, seconds=20):
        """Reads until the text has appeared, and forgets everything up to it."""
        deadline = time.monotonic() + seconds
        while text not in self.seen:
            data = self._read_until(deadline)
            if not data:
                raise AssertionError(f"the program ended before {text!r} appeared; there is: {self.seen!r}")
            self.seen += ESCAPE_SEQUENCES.sub("", data.decode(errors="replace"))
        before, _, self.seen = self.seen.partition(text)
        return before

    def exit_code(self, close=True, seconds=20):
        """Reads to the program's end."""
        deadline = time.monotonic() + seconds
        while data := self._read_until(deadline):
            self.seen += ESCAPE_SEQUENCES.sub("", data.decode(errors="replace"))
        _, status = os.waitpid(self.process, 0)
        if close:
            os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status)

    def _read_until(self, deadline):
        ready, _, _ = select.select([self.descriptor], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise AssertionError(f"nothing more came, and the program did not end; there is: {self.seen!r}")
        try:
            return os.read(self.descriptor, 65536)
        except OSError as error:
            if error.errno == errno.EIO:  # how Linux says that nobody has the other end open any more
                return b""
            raise
