"""A process that is told to stop under load: whatever it has begun, it finishes. And the switch for gzip. Argument:
the program of http_subject.cpp."""

import re
import sys
import threading
import traceback
import unittest

from raw_client import RawClient
from subject import WITHIN_S, Subject

PROGRAM = sys.argv.pop(1)
CLIENTS = 20
ANSWERS_BEFORE_STOP = 200
REQUEST = b"GET /slow?milliseconds=10 HTTP/1.1\r\nHost: localhost\r\n"


class Load:
    """Clients that send one request after the other until the service is gone."""

    def __init__(self, port):
        self.port = port
        self.lock = threading.Condition()
        self.answers = 0
        self.refusals = 0
        self.failures = []
        # Half of them keep their connections.
        self.clients = [threading.Thread(target=self.run, args=(i % 2 == 0,)) for i in range(CLIENTS)]
        for client in self.clients:
            client.start()

    def run(self, keeps_alive):
        try:
            while self.run_connection(keeps_alive):
                pass
        except Exception:  # The test shows it.
            self.failures.append(traceback.format_exc())

    def run_connection(self, keeps_alive):
        """False when nobody listens any more."""
        try:
            client = RawClient(self.port)
        except (ConnectionRefusedError, ConnectionResetError):
            return False
        with client:
            is_known = False
            while True:
                try:
                    client.send(REQUEST + (b"\r\n" if keeps_alive else b"Connection: close\r\n\r\n"))
                    # Nothing at all: the server had ended the connection when the request came, which may go elsewhere.
                    if not client.unread and not client.receive():
                        return True
                except (ConnectionResetError, BrokenPipeError):
                    if is_known:
                        raise
                    return True  # The system made the connection while the server ceased to listen.
                is_known = True
                answer = client.read_answer()
                self.count(answer)
                if answer.headers.get("connection") == "close":
                    if client.read_end():
                        raise AssertionError("something follows the last answer")
                    return True

    def count(self, answer):
        with self.lock:
            if answer.status == 200 and answer.body == b"done":
                self.answers += 1
            elif answer.status == 503 and answer.headers["retry-after"]:
                self.refusals += 1
            else:
                self.failures.append(repr(answer))
            self.lock.notify_all()

    def wait_for_answers(self, count):
        with self.lock:
            self.lock.wait_for(lambda: self.answers >= count or self.failures, WITHIN_S)
            return self.answers >= count

    def wait_for_end(self):
        for client in self.clients:
            client.join()


class Drain(unittest.TestCase):
    def stop_under_load(self, *settings):
        subject = Subject(PROGRAM, *settings)
        self.addCleanup(subject.kill)
        load = Load(subject.port)
        self.assertTrue(load.wait_for_answers(ANSWERS_BEFORE_STOP), load.failures)
        self.assertEqual(subject.stop(), 0, subject.log)
        load.wait_for_end()
        self.assertEqual(load.failures, [])
        handled = re.search(r"finished (\d+) slow requests", "".join(subject.log)).group(1)
        self.assertEqual(load.answers, int(handled), "each request that was handled is answered, and each once")
        return load

    def test_what_has_begun_is_answered(self):
        self.stop_under_load()

    def test_nobody_is_refused_while_clients_are_told_to_go_elsewhere(self):
        load = self.stop_under_load("http.drain_delay=0.3")
        self.assertGreater(load.answers, ANSWERS_BEFORE_STOP)


class Compression(unittest.TestCase):
    def test_can_be_switched_off(self):
        for setting, coding in (("true", "gzip"), ("false", None)):
            subject = Subject(PROGRAM, f"http.compression={setting}")
            self.addCleanup(subject.kill)
            with RawClient(subject.port) as client:
                answer = client.exchange(b"GET /large?mebibytes=1 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
            self.assertEqual(answer.headers.get("content-encoding"), coding)
            self.assertEqual(answer.headers.get("vary"), "Accept-Encoding" if coding else None)
            self.assertEqual(len(answer.body) == 1 << 20, not coding)


if __name__ == "__main__":
    unittest.main()
