"""Runs the program `hiratake` as a person would, and looks at its output and exit codes. Arguments: the program, the
folder of terminal.py."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path

PROGRAM = sys.argv.pop(1)
sys.path.append(sys.argv.pop(1))
EXAMPLE_GATEWAY = Path(__file__).parents[3] / "examples/compute-mail/gateway.yaml"

from echo_service import EchoService  # noqa: E402
from running_broker import RunningBroker  # noqa: E402
from terminal import Terminal  # noqa: E402


def run(*arguments, script=None):
    # A terminal of the one who runs the tests is none of ours.
    return subprocess.run([PROGRAM, *arguments], input=script or "", capture_output=True, text=True, timeout=60)


class CommandLine(unittest.TestCase):
    def test_tells_its_version(self):
        outcome = run("--version")
        self.assertEqual((outcome.stdout, outcome.returncode), ("hiratake 0.1.0\n", 0))

    def test_helps(self):
        outcome = run("--help")
        self.assertEqual(outcome.returncode, 0)
        for command in ("broker", "shell", "call", "describe", "stub", "gateway", "parked"):
            self.assertIn(command, outcome.stdout)
        self.assertIn("--timeout", run("shell", "--help").stdout)

    def test_shows_the_usage_for_what_it_does_not_understand(self):
        for arguments in ([], ["nothing"], ["shell", "--nothing"], ["broker", "--listen"], ["call"],
                          ["shell", "--timeout", "soon"]):
            outcome = run(*arguments)
            self.assertEqual(outcome.returncode, 2, arguments)
            self.assertIn("Usage: hiratake", outcome.stderr, arguments)
            self.assertTrue(outcome.stderr.startswith("Error: "), outcome.stderr)
            self.assertEqual(outcome.stdout, "")

    def one_line(self, outcome):
        self.assertEqual(outcome.returncode, 1, outcome)
        self.assertEqual(outcome.stderr.count("\n"), 1, outcome.stderr)
        return outcome.stderr

    def test_tells_in_one_line_what_went_wrong(self):
        self.assertIn("--listen here", self.one_line(run("broker", "--listen", "here")))
        self.assertIn("SERVICE.METHOD", self.one_line(run("call", "mail")))
        self.assertIn("/nowhere.yaml", self.one_line(run("shell", "--config", "/nowhere.yaml")))
        self.assertIn("gateway: it is missing; expected a map with the routes", self.one_line(run("gateway")))
        routes = "gateway.routes=[{path: /x, rpc: shop.list}, {path: /y, rpc: shop}]"
        self.assertEqual(self.one_line(run("gateway", "--set", routes)),
                         "Error: gateway.routes[1].rpc: 'shop' is no SERVICE.METHOD, such as orders.get\n")

    def test_tells_when_the_port_is_in_use(self):
        broker = RunningBroker(PROGRAM)
        try:
            address = f"127.0.0.1:{broker.port}"
            self.assertIn(address, self.one_line(run("broker", "--listen", address)))
        finally:
            broker.stop()

    def test_stops_the_broker_in_order(self):
        self.assertEqual(RunningBroker(PROGRAM).stop(), (0, "stopping the embedded broker\n"))


class WithServices(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = RunningBroker(PROGRAM)
        cls.service = EchoService(cls.broker.port)

    @classmethod
    def tearDownClass(cls):
        cls.service.stop()
        cls.broker.stop()

    def setUp(self):
        self.state = tempfile.TemporaryDirectory()
        self.addCleanup(self.state.cleanup)
        while not self.service.requests.empty():
            self.service.requests.get()

    def run_shell(self, *arguments, script=None):
        outcome = run("shell", "--broker", self.broker.uri, *arguments, script=script)
        return outcome.stdout, outcome.stderr, outcome.returncode

    def run_call(self, *arguments):
        outcome = run("call", "--broker", self.broker.uri, *arguments)
        return outcome.stdout, outcome.stderr, outcome.returncode

    def start_terminal(self):
        terminal = Terminal([PROGRAM, "shell", "--broker", self.broker.uri], {"XDG_STATE_HOME": self.state.name})
        broker = f"amqp://guest:**@127.0.0.1:{self.broker.port}//"
        terminal.expect(f"Hiratake 0.1.0 · Lua 5.4 shell · broker {broker}\r\n>>> ")
        return terminal

    def test_calls_from_the_command_line(self):
        self.assertEqual(self.run_call("compute.compute", "sum", "30", "10", "a@b.c"), ("40\n", "", 0))
        self.assertEqual(self.run_call("compute.compute", "operation=mul", "value=30", "other=10", "email=a@b.c"),
                         ("300\n", "", 0))
        self.assertEqual(self.run_call("mail.send", "a@b.c", "s", "t"), ("", "", 0))
        self.assertEqual(self.run_call("compute.echo", "--", "Grüße", '"30"', "-5"),
                         ('{"args": ["Grüße", "30", -5], "kwargs": {}}\n', "", 0))

    def test_tells_of_failed_calls_in_one_line(self):
        self.assertEqual(self.run_call("compute.compute", "pow", "2", "3", "a@b.c"),
                         ("", "RemoteError: ValueError: bad operation\n", 1))
        output, errors, code = self.run_call("nobody.home")
        self.assertTrue(errors.startswith("UnknownService: "), errors)
        self.assertEqual((output, code, errors.count("\n")), ("", 1, 1))
        output, errors, code = self.run_call("--timeout", "0.2", "compute.never")
        self.assertTrue(errors.startswith("RpcTimeout: "), errors)
        self.assertEqual((output, code, errors.count("\n")), ("", 1, 1))
        self.assertTrue(self.run_call("compute.nothing")[1].startswith("MethodNotFound: "))

    def test_tells_of_a_refused_login_without_the_password(self):
        outcome = run("call", "--broker", f"amqp://guest:hush@127.0.0.1:{self.broker.port}", "compute.echo")
        self.assertEqual(outcome.returncode, 1)
        self.assertEqual(outcome.stderr.count("\n"), 1, outcome.stderr)
        self.assertNotIn("hush", outcome.stderr)

    def test_says_that_a_nameko_service_does_not_describe_itself(self):
        outcome = run("describe", "--broker", self.broker.uri, "mail")
        self.assertEqual((outcome.stdout, outcome.returncode), ("", 1))
        self.assertTrue(outcome.stderr.startswith("Error: the service `mail` runs, but "), outcome.stderr)
        self.assertEqual(outcome.stderr.count("\n"), 1, outcome.stderr)
        self.assertEqual(self.run_shell("--execute", "n.describe('mail')")[1], outcome.stderr)

    def test_publishes_methods_as_routes(self):
        process = subprocess.Popen([PROGRAM, "gateway", "--broker", self.broker.uri, "--config", EXAMPLE_GATEWAY,
                                    "--set", "WEB_SERVER_ADDRESS=127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        lines = []
        while not lines or not lines[-1].startswith("compute does not describe its methods"):
            lines.append(process.stderr.readline())
            self.assertTrue(lines[-1], lines)
        self.assertEqual(lines[0], "starting services: gateway\n")
        url = re.search(r"http://\S+", "".join(lines)).group() + "/compute/sum"
        request = urllib.request.Request(url, b'{"value": 30, "other": 10, "email": "a@b.c"}',
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as response:
            self.assertEqual((response.status, response.read()), (200, b"40"))
        process.send_signal(signal.SIGTERM)
        errors = process.communicate(timeout=20)[1]
        self.assertEqual(process.returncode, 0)
        self.assertIn("stopping services: gateway\n", errors)

    def test_runs_the_lines_of_the_reference_scenario(self):
        script = """n.rpc.mail.send("name@email.com", "testing", "Just testing")
n.rpc.compute.compute('sum', 30, 10, "name@email.com")
n.rpc.compute.compute('sub', 30, 10, "name@email.com")
n.rpc.compute.compute('mul', 30, 10, "name@email.com")
n.rpc.compute.compute('div', 30, 10, "name@email.com")
"""
        self.assertEqual(self.run_shell(script=script), ("40\n20\n300\n3\n", "", 0))
        self.assertEqual(self.run_shell("--execute", script), ("40\n20\n300\n3\n", "", 0))

    def test_ends_a_script_at_its_first_error(self):
        script = "1\nn.rpc.compute.compute('pow', 30, 10, 'a@b')\n2\n"
        self.assertEqual(self.run_shell(script=script), ("1\n", "RemoteError: ValueError: bad operation\n", 1))

    def test_calls_asynchronously(self):
        self.assertEqual(self.run_shell("--execute", "r = n.rpc.compute.compute.call_async('sum', 30, 10, 'a@b')\n"
                                                     "r:result()\nr:result()"), ("40\n40\n", "", 0))
        self.assertEqual(self.run_shell("--execute", "n.rpc.compute.never.call_async(7)\n'left'")[2], 0)
        self.service.requests.get(timeout=20)
        self.assertEqual(self.service.requests.get(timeout=20), ("compute.never", [7], {}))

    def test_shows_the_configuration_without_its_secrets(self):
        uri = f"amqp://guest:guest@127.0.0.1:{self.broker.port}"
        outcome = run("shell", "--broker", uri, "--execute", "n.config.AMQP_URI")
        self.assertEqual(outcome.stdout, f'"{uri.replace(":guest@", ":**@")}"\n')

    def test_dispatches_events(self):
        code = "n.dispatch_event('payments', 'received', {amount=5})"
        self.assertEqual(self.run_shell("--execute", code), ("", "", 0))
        self.assertEqual(self.service.events.get(timeout=20), ("received", {"amount": 5}))

    def test_talks_at_the_terminal(self):
        terminal = self.start_terminal()
        terminal.type("n.rpc.mail.send('name@email.com', 'testing', 'Just testing')\r")
        terminal.expect("\r\n>>> ")
        terminal.type("n.rpc.compute.compute{operation='sum', value=30, other=10, email='a@b'}\r")
        terminal.expect("\r\n40\r\n>>> ")
        terminal.type("n.rpc.nobody.home()\r")
        terminal.expect("\r\nUnknownService: ")
        terminal.expect(">>> ")
        terminal.type("\x04")
        self.assertEqual(terminal.exit_code(), 0)

    def test_ends_a_wait_at_ctrl_c_and_keeps_the_reply(self):
        terminal = self.start_terminal()
        terminal.type("n.rpc.compute.never(1)\r")
        self.service.requests.get(timeout=20)
        terminal.expect("\r\n")
        terminal.type("\x03")
        terminal.expect("interrupted\r\n>>> ")
        terminal.type("n.rpc.compute.compute('sum', 1, 2, 'a@b')\r")
        terminal.expect("\r\n3\r\n>>> ")
        terminal.type("n.disconnect()\r")
        terminal.expect("\r\n>>> ")
        terminal.type("n.rpc.compute.echo()\r")
        terminal.expect("Error: the shell has disconnected from the broker\r\n>>> ")
        terminal.type("\x04")
        self.assertEqual(terminal.exit_code(), 0)


unittest.main(verbosity=2)
