"""Types into a shell and looks at what comes back. The first argument is the program shell_session."""

import os
import signal
import stat
import sys
import tempfile
import termios
import unittest

from terminal import Terminal

PROGRAM = sys.argv.pop(1)
CTRL_C, CTRL_D, UP = "\x03", "\x04", "\x1b[A"


class Session(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.TemporaryDirectory()
        self.addCleanup(self.state.cleanup)

    def start(self):
        terminal = Terminal([PROGRAM], {"XDG_STATE_HOME": self.state.name})
        terminal.expect(">>> ")
        return terminal

    def leave(self, terminal):
        terminal.type(CTRL_D)
        self.assertEqual(terminal.exit_code(), 0)

    def test_evaluates_what_is_typed(self):
        terminal = self.start()
        terminal.type("n.rpc.echo.echo(30, 'a')\r")
        terminal.expect('[30, "a"]\r\n>>> ')
        terminal.type("nothing.here\r")
        terminal.expect("attempt to index a nil value (global 'nothing')\r\n>>> ")
        self.leave(terminal)

    def test_continues_an_incomplete_input_on_the_next_line(self):
        terminal = self.start()
        terminal.type("function twice(a)\r")
        terminal.expect("... ")
        terminal.type("return a * 2 end\r")
        terminal.expect(">>> ")
        terminal.type("twice(21)\r")
        terminal.expect("42\r\n>>> ")
        self.leave(terminal)

    def test_takes_text_beyond_ascii(self):
        terminal = self.start()
        terminal.type("'Grüße 世界'\r")
        terminal.expect('"Grüße 世界"\r\n>>> ')
        self.leave(terminal)

    def test_edits_the_line(self):
        terminal = self.start()
        terminal.type("13\x7f2\x01(\x05)\r")  # rub out the 3; begin of line; end of line
        terminal.expect("12\r\n>>> ")
        self.leave(terminal)

    def test_clears_the_line_at_ctrl_c(self):
        terminal = self.start()
        terminal.type("n.rpc.echo.echo(" + CTRL_C)
        terminal.expect("^C\r\n>>> ")
        terminal.type("5\r")
        terminal.expect("5\r\n>>> ")
        self.leave(terminal)

    def test_ends_a_wait_at_ctrl_c(self):
        terminal = self.start()
        terminal.type("n.rpc.echo.wait()\r")
        terminal.expect("waiting\r\n")
        terminal.type(CTRL_C)
        terminal.expect("interrupted\r\n>>> ")
        terminal.type("print('busy') while true do end\r")
        terminal.expect("busy\r\n")
        terminal.type(CTRL_C)
        terminal.expect("interrupted\r\n>>> ")
        self.leave(terminal)

    def test_remembers_lines_over_sessions_and_tells_nobody_else(self):
        terminal = self.start()
        terminal.type("40 + 2\r")
        terminal.expect("42\r\n>>> ")
        self.leave(terminal)
        history = os.path.join(self.state.name, "hiratake", "history")
        self.assertEqual(stat.S_IMODE(os.stat(history).st_mode), 0o600)
        terminal = self.start()
        terminal.type(UP + "\r")
        terminal.expect("42\r\n>>> ")
        self.leave(terminal)

    def test_forgets_lines_that_begin_with_a_space(self):
        terminal = self.start()
        terminal.type("40 + 2\r")
        terminal.expect("42\r\n>>> ")
        terminal.type(" 's3cret'\r")
        terminal.expect('"s3cret"\r\n>>> ')
        terminal.type(UP + "\r")
        terminal.expect("42\r\n>>> ")
        self.leave(terminal)
        with open(os.path.join(self.state.name, "hiratake", "history"), encoding="utf-8") as history:
            self.assertNotIn("s3cret", history.read())

    def test_restores_the_terminal_when_it_is_terminated(self):
        terminal = self.start()
        terminal.type("unfinished")
        terminal.expect("unfinished")
        self.assertFalse(self.is_cooked(terminal), "while a line is edited")
        os.kill(terminal.process, signal.SIGTERM)
        self.assertEqual(terminal.exit_code(close=False), 128 + signal.SIGTERM)
        self.assertTrue(self.is_cooked(terminal))

    def is_cooked(self, terminal):
        local_modes = termios.tcgetattr(terminal.descriptor)[3]
        return bool(local_modes & termios.ICANON and local_modes & termios.ISIG and local_modes & termios.ECHO)


unittest.main(verbosity=2)
