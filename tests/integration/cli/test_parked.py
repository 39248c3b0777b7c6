"""Runs `hiratake parked` as a person would, over messages as services park them. Argument: the program."""

import json
import subprocess
import sys
import time
import unittest

import pika

PROGRAM = sys.argv.pop(1)

from running_broker import RunningBroker  # noqa: E402


class Parked(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = RunningBroker(PROGRAM)
        cls.connection = pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", cls.broker.port))
        cls.channel = cls.connection.channel()
        cls.channel.confirm_delivery()

    @classmethod
    def tearDownClass(cls):
        cls.connection.close()
        cls.broker.stop()

    def setUp(self):
        for queue in ("orders", "orders.parked"):
            self.channel.queue_declare(queue, durable=True)
            self.channel.queue_purge(queue)

    def park(self, number, body=None, content_type="application/json", more_headers=None):
        headers = {"hiratake.id": f"{number}0000000-0000-4000-8000-000000000000", "hiratake.queue": "orders",
                   "hiratake.handler": "shop.on_order", "hiratake.attempts": 4,
                   "hiratake.error_type": "std.range_error",
                   "hiratake.error_message": f"no {number}\nat all", "hiratake.exchange": "sales.events",
                   "hiratake.routing_key": "ordered", "hiratake.first_failed_at": "2026-11-26T01:00:00+00:00",
                   "hiratake.last_failed_at": "2026-11-26T02:00:00+00:00", "nameko.user": "zoë",
                   "x-death": [{"exchange": "backoff", "count": 3}], **(more_headers or {})}
        self.channel.basic_publish("", "orders.parked", body or json.dumps({"order": number}),
                                   pika.BasicProperties(content_type, "utf-8", headers, 2, correlation_id="c-1"))

    def run_parked(self, *arguments, script=""):
        outcome = subprocess.run([PROGRAM, "parked", arguments[0], "--broker", self.broker.uri, *arguments[1:]],
                                 input=script, capture_output=True, text=True, timeout=60)
        return outcome.stdout, outcome.stderr, outcome.returncode

    def take(self, queue):
        """All messages of the queue, in order: properties and decoded body."""
        found = []
        while True:
            delivery, properties, body = self.channel.basic_get(queue, auto_ack=True)
            if delivery is None:
                return found
            found.append((properties, json.loads(body)))

    def numbers(self, queue):
        return [body["order"] for _, body in self.take(queue)]

    def one_line(self, outcome):
        output, errors, code = outcome
        self.assertEqual((output, code, errors.count("\n")), ("", 1, 1), outcome)
        return errors

    def test_lists_without_taking_anything_away(self):
        for number in (1, 2, 3):
            self.park(number)
        output, errors, code = self.run_parked("list", "orders")
        self.assertEqual((errors, code), ("", 0))
        lines = output.splitlines()
        self.assertEqual(lines[0].split(), ["ID", "ATTEMPTS", "LAST", "FAILED", "ERROR"])
        self.assertEqual(lines[1].split(maxsplit=3),
                         ["10000000-0000-4000-8000-000000000000", "4", "2026-11-26T02:00:00+00:00",
                          "std.range_error: no 1 at all"])
        self.assertEqual(lines[4:], ["3 message(s) in orders.parked"])
        self.assertIn("3 message(s) in orders.parked, 2 of them listed",
                      self.run_parked("list", "orders.parked", "--limit", "2")[0])
        self.assertEqual(self.numbers("orders.parked"), [1, 2, 3])

    def test_lists_for_programs(self):
        self.park(1)
        self.park(2)
        messages = [json.loads(line) for line in self.run_parked("list", "--json", "orders")[0].splitlines()]
        self.assertEqual([json.loads(message["body"])["order"] for message in messages], [1, 2])
        self.assertEqual(messages[0]["headers"], {"nameko.user": "zoë"})
        self.assertEqual((messages[0]["queue"], messages[0]["attempts"]), ("orders", 4))

    def test_lists_nothing_where_nothing_is_parked(self):
        self.assertEqual(self.run_parked("list", "orders"), ("0 message(s) in orders.parked\n", "", 0))
        self.assertEqual(self.run_parked("list", "--json", "orders"), ("", "", 0))

    def test_shows_a_message_by_the_beginning_of_its_id(self):
        self.park(1)
        self.park(2)
        output, errors, code = self.run_parked("show", "orders", "2")
        self.assertEqual((errors, code), ("", 0))
        for line in ("id:           20000000-0000-4000-8000-000000000000", "handler:      shop.on_order",
                     "error:        std.range_error: no 2 at all", "exchange:     sales.events",
                     'headers:      {"nameko.user": "zoë"}'):
            self.assertIn(line, output.splitlines())
        self.assertTrue(output.endswith('\n\n{"order": 2}\n'), output)
        self.assertEqual(self.numbers("orders.parked"), [1, 2])

    def test_shows_what_is_sensitive_only_where_asked_to(self):
        body, hidden = '{"card": {"number": 17}}', {"hiratake.sensitive": ["card.number"]}
        self.park(1, body, more_headers=hidden)
        self.park(2, "17", "text/plain", more_headers=hidden)
        self.assertTrue(self.run_parked("show", "orders", "1")[0].endswith('\n\n{"card": {"number": "********"}}\n'))
        self.assertTrue(self.run_parked("show", "orders", "2")[0].endswith("\n\n********\n"), "no JSON")
        self.assertTrue(self.run_parked("show", "--reveal", "orders", "1")[0].endswith(f"\n\n{body}\n"))
        self.assertNotIn("17", self.run_parked("list", "--json", "orders")[0])
        self.assertEqual(self.run_parked("replay", "orders", "1")[2], 0)
        [(properties, replayed)] = self.take("orders")
        self.assertEqual((replayed, properties.headers), (json.loads(body), {"nameko.user": "zoë"}))

    def test_replays_one_as_if_it_had_never_failed(self):
        self.park(1)
        self.park(2)
        self.assertEqual(self.run_parked("replay", "orders", "2"), ("replayed 1 message(s)\n", "", 0))
        [(properties, body)] = self.take("orders")
        self.assertEqual((body, properties.headers), ({"order": 2}, {"nameko.user": "zoë"}))
        self.assertEqual((properties.correlation_id, properties.content_type), ("c-1", "application/json"))
        self.assertEqual(self.numbers("orders.parked"), [1])

    def test_replays_all_in_order(self):
        for number in range(1, 10):
            self.park(number)
        self.assertEqual(self.run_parked("replay", "--all", "orders"), ("replayed 9 message(s)\n", "", 0))
        self.assertEqual(self.numbers("orders"), list(range(1, 10)))
        self.assertEqual(self.numbers("orders.parked"), [])

    def test_keeps_to_a_rate(self):
        for number in (1, 2, 3):
            self.park(number)
        before = time.monotonic()
        self.assertEqual(self.run_parked("replay", "--all", "--rate", "5", "orders")[2], 0)
        self.assertGreaterEqual(time.monotonic() - before, 0.4)
        self.assertEqual(self.numbers("orders"), [1, 2, 3])

    def test_keeps_what_it_cannot_replay(self):
        self.park(1)
        self.channel.queue_delete("orders")
        self.assertIn("there is no queue 'orders'", self.one_line(self.run_parked("replay", "--all", "orders")))
        self.assertEqual(self.numbers("orders.parked"), [1])

    def test_edits_a_body(self):
        self.park(1)
        self.park(2)
        identifier = "10000000-0000-4000-8000-000000000000"
        self.assertEqual(self.run_parked("edit", "orders", "1", "--body", '{"order": 7}'),
                         (f"changed {identifier}\n", "", 0))
        self.assertEqual(self.run_parked("edit", "orders", "2", "--body-file", "-", script='{"order": 8}')[2], 0)
        self.assertEqual(self.run_parked("replay", "orders", "1", "2"), ("replayed 2 message(s)\n", "", 0))
        self.assertEqual(self.numbers("orders"), [7, 8])

    def test_refuses_a_body_that_is_no_json(self):
        self.park(1)
        self.assertIn("the new body is not", self.one_line(self.run_parked("edit", "orders", "1", "--body", "{")))
        self.assertIn("--body TEXT or --body-file FILE", self.one_line(self.run_parked("edit", "orders", "1")))
        self.assertIn("/nowhere", self.one_line(self.run_parked("edit", "orders", "1", "--body-file", "/nowhere")))
        self.assertEqual(self.numbers("orders.parked"), [1])

    def test_drops_one_or_all(self):
        for number in (1, 2, 3):
            self.park(number)
        self.assertEqual(self.run_parked("drop", "orders", "2"), ("dropped 1 message(s)\n", "", 0))
        self.assertEqual(self.run_parked("drop", "--all", "orders"), ("dropped 2 message(s)\n", "", 0))
        self.assertEqual((self.numbers("orders"), self.numbers("orders.parked")), ([], []))

    def test_says_what_it_does_not_find(self):
        self.park(1)
        self.assertIn("no message with the id '5'", self.one_line(self.run_parked("show", "orders", "5")))
        self.park(1)
        self.assertIn("several messages", self.one_line(self.run_parked("drop", "orders", "1")))
        self.assertIn("there is no queue 'nothing.parked'", self.one_line(self.run_parked("list", "nothing")))
        self.assertIn("--all", self.one_line(self.run_parked("drop", "orders")))
        self.assertEqual(self.numbers("orders.parked"), [1, 1])

    def test_helps(self):
        for arguments in (["parked"], ["parked", "replay"], ["parked", "replay", "--all", "orders", "1"]):
            outcome = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60)
            self.assertEqual(outcome.returncode, 2, arguments)
            self.assertIn("Usage: hiratake parked", outcome.stderr)
        outcome = subprocess.run([PROGRAM, "parked", "--help"], capture_output=True, text=True, timeout=60)
        for command in ("list", "show", "edit", "replay", "drop"):
            self.assertIn(command, outcome.stdout)


if __name__ == "__main__":
    unittest.main()
