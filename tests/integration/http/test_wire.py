"""What a server of HTTP/1.1 must withstand and keep to, from raw sockets; written from RFC 9110 and RFC 9112. Argument:
the program of http_subject.cpp."""

import gzip
import resource
import select
import sys
import unittest

from raw_client import RawClient
from subject import Subject

PROGRAM = sys.argv.pop(1)
IDLE_CONNECTIONS = 2000
SLOW_CLIENTS = 100
HELLO = b"GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def request(method, target, headers=b"", body=b"", version="HTTP/1.1", host=b"Host: localhost\r\n"):
    return f"{method} {target} {version}\r\n".encode() + host + headers + b"\r\n" + body


def post(headers, body=b""):
    return request("POST", "/echo", headers, body)


class WireTest(unittest.TestCase):
    settings = ()

    @classmethod
    def setUpClass(cls):
        cls.subject = Subject(PROGRAM, *cls.settings)
        cls.addClassCleanup(cls.subject.kill)

    def connect(self, **options):
        client = RawClient(self.subject.port, **options)
        self.addCleanup(client.socket.close)
        return client

    def assert_hello(self, client):
        answer = client.get()
        self.assertEqual((answer.status, answer.body), (200, b"hello"))

    def wait_for_connections(self, count):
        """Until the server has this many, the one that asks included."""
        with self.connect() as client:
            while True:
                metrics = client.get("/metrics").body.decode()
                now = next(line for line in metrics.splitlines() if line.startswith("hiratake_http_connections{"))
                if float(now.split()[-1]) == count:
                    return


class Messages(WireTest):
    def test_head_has_the_header_of_get_and_no_body(self):
        client = self.connect()
        got = client.get()
        head = client.exchange(request("HEAD", "/hello"), to_head=True)
        self.assertEqual(head.status, 200)
        for name in ("content-length", "content-type"):
            self.assertEqual(head.headers[name], got.headers[name])
        self.assert_hello(client)

    def test_the_connection_lasts_as_long_as_both_want(self):
        client = self.connect()
        answer = client.exchange(request("GET", "/hello", b"Connection: close\r\n"))
        self.assertEqual(answer.headers["connection"], "close")
        self.assertEqual(client.read_end(), b"")
        client = self.connect()
        answer = client.exchange(request("GET", "/hello", version="HTTP/1.0"))
        self.assertEqual(answer.status, 200)
        self.assertEqual(client.read_end(), b"")
        client = self.connect()
        for _ in range(2):
            answer = client.exchange(request("GET", "/hello", b"Connection: Keep-Alive\r\n", version="HTTP/1.0"))
            self.assertEqual(answer.headers["connection"].lower(), "keep-alive")
        client = self.connect()
        client.exchange(request("GET", "/hello", b"Connection: keep-alive, CLOSE\r\n"))
        self.assertEqual(client.read_end(), b"")

    def test_http_1_0_gets_no_chunks_and_needs_no_host(self):
        answer = self.connect().exchange(b"GET /large?mebibytes=1 HTTP/1.0\r\n\r\n")
        self.assertNotIn("transfer-encoding", answer.headers)
        self.assertEqual(len(answer.body), 1 << 20)

    def test_a_burst_is_answered_in_order(self):
        client = self.connect()
        count = 500
        client.send(b"".join(request("GET", f"/show?{i}") for i in range(count)))
        for i in range(count):
            self.assertEqual(client.read_answer().body, f"GET /show?{i} 0".encode())

    def test_a_pipeline_may_be_cut_anywhere(self):
        pipeline = (HELLO + post(b"Content-Length: 5\r\n", b"first") +
                    post(CHUNKED, b"3\r\nsec\r\n003;a=b\r\nond\r\n0\r\n\r\n") + HELLO)
        expected = [b"hello", b"first", b"second", b"hello"]
        for cut in range(1, len(pipeline)):
            client = self.connect()
            client.send(pipeline[:cut])
            client.send(pipeline[cut:])
            self.assertEqual([client.read_answer().body for _ in expected], expected, cut)
            client.socket.close()
        client = self.connect()
        for i in range(len(pipeline)):
            client.send(pipeline[i:i + 1])
        self.assertEqual([client.read_answer().body for _ in expected], expected)

    def test_empty_lines_before_a_request_are_passed_over(self):
        self.assertEqual(self.connect().exchange(b"\r\n\r\n" + HELLO).status, 200)

    def test_the_body_is_asked_for_when_the_client_waits(self):
        client = self.connect()
        header = b"Expect: 100-continue\r\nContent-Length: 5\r\n"
        self.assertEqual(client.exchange(post(header)).status, 100)
        self.assertEqual(client.exchange(b"later").body, b"later")
        answer = client.exchange(post(header, b"first"))
        if answer.status == 100:
            answer = client.read_answer()
        self.assertEqual(answer.body, b"first")
        self.assertEqual(client.exchange(post(b"Expect: 100-Continue\r\nContent-Length: 0\r\n")).status, 200)
        answer = client.exchange(post(b"Expect: 100-continue\r\nContent-Length: 5000000\r\n"))
        self.assertEqual(answer.status, 413, "without having asked for it")
        client = self.connect()
        self.assertEqual(client.exchange(request("POST", "/echo", b"Connection: keep-alive\r\n" + header, b"first",
                                                 version="HTTP/1.0")).body, b"first", "HTTP/1.0 has no Expect")

    def test_targets_of_each_form(self):
        client = self.connect()
        self.assertEqual(client.exchange(request("GET", "http://other.example/hello")).status, 200)
        self.assertEqual(client.exchange(request("GET", "http://other.example")).status, 404)
        answer = client.exchange(request("OPTIONS", "*"))
        self.assertEqual(answer.status, 204)
        self.assertEqual(set(answer.headers["allow"].split(", ")), {"GET", "HEAD", "POST", "OPTIONS", "TRACE"})
        answer = client.exchange(request("OPTIONS", "/hello"))
        self.assertEqual((answer.status, answer.headers["allow"]), (204, "GET, HEAD, OPTIONS"))
        self.assertEqual(client.exchange(request("TRACE", "/hello")).status, 405)
        self.assertEqual(client.exchange(request("TRACE", "/show")).body, b"TRACE /show 0")
        self.assertEqual(client.exchange(request("BREW", "/hello")).status, 405)

    def test_what_other_protocols_ask_for_is_passed_over(self):
        client = self.connect()
        for headers in (b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
                        b"TE: trailers, deflate;q=0.5\r\nConnection: TE\r\n", b"Proxy-Connection: close\r\n",
                        b"Keep-Alive: timeout=1\r\n"):
            self.assertEqual(client.exchange(request("GET", "/hello", headers)).status, 200, headers)

    def test_chunks_of_every_kind(self):
        client = self.connect()
        for body in (b"5\r\nhello\r\n0\r\n\r\n", b"5;x=1;y=\"a;b\"\r\nhello\r\n0;z\r\n\r\n",
                     b"00005\r\nhello\r\n000\r\n\r\n", b"1\r\nh\r\n4\r\nello\r\n0\r\nX-Trailer: passed over\r\n\r\n"):
            self.assertEqual(client.exchange(post(CHUNKED, body)).body, b"hello", body)
        self.assertEqual(client.exchange(post(b"Transfer-Encoding: Chunked\r\n", b"A\r\n0123456789\r\n0\r\n\r\n")).body,
                         b"0123456789")

    def test_a_body_that_nobody_reads_is_no_request(self):
        client = self.connect()
        answer = client.exchange(request("GET", "/hello", b"Content-Length: 38\r\n", HELLO[:38]))
        self.assertEqual(answer.status, 200)
        self.assert_hello(client)

    def test_large_bodies_go_to_disk_and_compressed_ones_are_decoded(self):
        client = self.connect()
        for size in (0, 1, 65537, 20 << 20):
            headers = f"Content-Length: {size}\r\n".encode()
            self.assertEqual(client.exchange(request("POST", "/files", headers, b"x" * size)).body, str(size).encode())
        packed = gzip.compress(bytes(10 << 20))
        headers = f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n".encode()
        self.assertEqual(client.exchange(request("POST", "/files", headers, packed)).body, str(10 << 20).encode())
        self.assertEqual(client.exchange(post(headers, packed)).status, 413, "the bound is for what it stands for")
        answer = self.connect().exchange(post(b"Content-Encoding: br\r\nContent-Length: 1\r\n", b"x"))
        self.assertEqual((answer.status, answer.headers["accept-encoding"]), (415, "gzip"))


class Refusals(WireTest):
    """What two programs could understand in two ways, and what is too large."""

    def assert_refused(self, data, *statuses):
        client = self.connect()
        client.send(data)
        answer = client.read_answer()
        self.assertIn(answer.status, statuses or (400,), (data[:200], answer))
        self.assertEqual(answer.headers["connection"], "close", data[:200])
        self.assertEqual(client.read_end(), b"", f"what follows must not be taken for a request: {data[:200]}")
        with self.connect() as other:
            self.assert_hello(other)

    def test_lengths_that_contradict_each_other(self):
        end = b"0\r\n\r\n" + HELLO
        for headers in (b"Content-Length: 5\r\n" + CHUNKED, CHUNKED + b"Content-Length: 5\r\n",
                        b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: 5, 6\r\n",
                        b"Content-Length: 5\r\nTransfer-Encoding: identity\r\n", CHUNKED + CHUNKED,
                        b"Content-Length: 0\r\ncontent-length: 5\r\n"):
            self.assert_refused(post(headers, end), 400, 501)
        for length in (b"-5", b"+5", b"0x5", b"5a", b"5 5", b"5.0", b"", b"18446744073709551616", b"9" * 100, b"5;",
                       b"\xb2", b"1_0", b"5\x0b"):
            self.assert_refused(post(b"Content-Length: " + length + b"\r\n", end))
        for length in (b"18446744073709551615", b"9223372036854775808", b"4294967297"):
            self.assert_refused(post(b"Content-Length: " + length + b"\r\n", end), 413)

    def test_transfer_codings_in_disguise(self):
        for coding in (b"xchunked", b"chunked, chunked", b"chunked, identity", b"identity, chunked", b"gzip, chunked",
                       b"chunked;q=1", b"\"chunked\"", b"chunk", b"", b"\x0bchunked", b"chunked\x0b", b"chunked\x00",
                       b"ch\xc3\xbcnked", b"chunked,", b",chunked"):
            self.assert_refused(post(b"Transfer-Encoding: " + coding + b"\r\n", b"0\r\n\r\n" + HELLO), 400, 501)
        for headers in (b"Transfer-Encoding : chunked\r\n", b"Transfer-Encoding\t: chunked\r\n",
                        b"Transfer-Encoding:\r\n chunked\r\n", b" Transfer-Encoding: chunked\r\n",
                        b"X: y\r\n\tTransfer-Encoding: chunked\r\n", b"X: y\nTransfer-Encoding: chunked\r\n",
                        b"X: y\rTransfer-Encoding: chunked\r\n", b"Transfer-Encoding: chunked\n",
                        b"Transfer\x00-Encoding: chunked\r\n", b"Transfer-Encoding\r\n: chunked\r\n"):
            self.assert_refused(post(headers, b"0\r\n\r\n" + HELLO))
        self.assert_refused(request("POST", "/echo", CHUNKED, b"0\r\n\r\n" + HELLO, version="HTTP/1.0"))

    def test_chunks_that_can_be_read_in_two_ways(self):
        for body in (b"5 \r\nhello\r\n0\r\n\r\n", b"0x5\r\nhello\r\n0\r\n\r\n", b"-5\r\nhello\r\n0\r\n\r\n",
                     b"+5\r\nhello\r\n0\r\n\r\n", b"5\nhello\r\n0\r\n\r\n", b"5\r\nhello0\r\n\r\n",
                     b"5\r\nhello\n0\r\n\r\n", b"5\r\nhelloX\r\n0\r\n\r\n", b"\r\n5\r\nhello\r\n0\r\n\r\n",
                     b"10000000000000005\r\nhello\r\n0\r\n\r\n", b"fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                     b"5;a\nb\r\nhello\r\n0\r\n\r\n", b"5;a\rb\r\nhello\r\n0\r\n\r\n", b"g\r\nhello\r\n0\r\n\r\n",
                     b"5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n", b"5\r\nhello\r\n0\r\nX : y\r\n\r\n",
                     b"5\r\nhello\r\n0\r\nX: y\n\r\n\r\n"):
            self.assert_refused(post(CHUNKED, body + HELLO))
        self.assert_refused(post(CHUNKED, b"ffffffffffffffff\r\nhello\r\n0\r\n\r\n" + HELLO), 400, 413)

    def test_header_fields_that_are_malformed(self):
        for field in (b"X : y", b"X\t: y", b": y", b"X", b"X y: z", b"X: a\x00b", b"X: a\x07b", b"X: a\x7fb",
                      b"X: a\rb", b"X\x00: y", b"X(: y", b"\xc3\xa4: y", b"X: y\r\n folded", b" X: y", b"X: a\nY: b"):
            self.assert_refused(request("GET", "/hello", field + b"\r\n", HELLO))

    def test_hosts(self):
        for host in (b"", b"Host: a\r\nHost: b\r\n", b"Host: a\r\nHost: a\r\n", b"Host: a b\r\n", b"Host: a/b\r\n",
                     b"Host: user@a\r\n", b"Host: a, b\r\n", b"Host: a?b\r\n", b"Host: a#b\r\n", b"Host: a\\b\r\n",
                     b"Host: a:port\r\n", b"Host: a:1:2\r\n", b"Host: [::1\r\n", b"Host: http://a\r\n"):
            self.assert_refused(request("GET", "/hello", host=host, body=HELLO))
        two = b"Host: a\r\nHost: b\r\n"
        self.assert_refused(request("GET", "/hello", host=two, body=HELLO, version="HTTP/1.0"))
        client = self.connect()
        for host in (b"a", b"a:80", b"a.example.", b"127.0.0.1:1", b"[::1]", b"[::1]:80", b"a_b", b"xn--bcher-kva",
                     b"%61", b""):
            answer = client.exchange(request("GET", "/hello", host=b"Host: " + host + b"\r\n"))
            self.assertEqual(answer.status, 200, host)

    def test_request_lines(self):
        for line in (b"GET /hello", b"GET  /hello HTTP/1.1", b"GET /hello  HTTP/1.1", b" GET /hello HTTP/1.1",
                     b"GET\t/hello\tHTTP/1.1", b"GET /hello HTTP/1.1 ", b"GET /he llo HTTP/1.1", b"GET hello HTTP/1.1",
                     b"GET /hello http/1.1", b"GET /hello HTTP/1.1x", b"GET /hello HTTP/11", b"GET /hello HTTP/1.",
                     b"G\x00T /hello HTTP/1.1", b"GET /he\x00llo HTTP/1.1", b"GET /he\xc3\xa4 HTTP/1.1",
                     b"(GET) / HTTP/1.1", b"GET /hello#part HTTP/1.1", b"GET * HTTP/1.1", b"CONNECT a:443 HTTP/1.1",
                     b"CONNECT /hello HTTP/1.1", b"GET a:443 HTTP/1.1", b"GET ftp://a/hello HTTP/1.1",
                     b"GET http:///hello HTTP/1.1", b"GET http://user@a/hello HTTP/1.1", b"/hello",
                     b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"):
            self.assert_refused(line + b"\r\nHost: localhost\r\n\r\n" + HELLO, 400, 501)
        for version in ("HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/1.2"):
            self.assert_refused(request("GET", "/hello", version=version, body=HELLO), 505)
        self.assert_refused(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HELLO, 400, 505)
        self.assert_refused(b"GET /hello HTTP/1.1\nHost: localhost\n\n" + HELLO)
        self.assert_refused(b"GET /hello\r\n" + HELLO)

    def test_expectations(self):
        self.assert_refused(post(b"Expect: 200-maybe\r\nContent-Length: 5\r\n", b"hello" + HELLO), 417)

    def test_sizes(self):
        self.assert_refused(request("GET", "/" + "x" * 20_000), 414)
        self.assert_refused(b"GET /" + b"x" * 20_000, 414)
        self.assert_refused(b"x" * 20_000, 400, 414)
        self.assert_refused(request("GET", "/hello", b"X: " + b"x" * 20_000 + b"\r\n"), 431)
        self.assert_refused(request("GET", "/hello", b"X: y\r\n" * 5000), 431)
        self.assert_refused(post(b"Content-Length: 1048577\r\n"), 413)
        self.assert_refused(post(CHUNKED, b"100001\r\n" + b"x" * 0x100001 + b"\r\n0\r\n\r\n"), 413)
        self.assert_refused(post(CHUNKED, b"1;" + b"x" * 200_000 + b"\r\nx\r\n0\r\n\r\n"), 400, 431)
        self.assert_refused(post(CHUNKED, b"0\r\n" + b"X: y\r\n" * 50_000 + b"\r\n"), 400, 431)


class Endurance(WireTest):
    """Clients that are slow, go away, or do nothing, beside one who must not feel it."""

    settings = ("http.header_timeout=1", "http.body_timeout=1", "http.write_timeout=1", "http.idle_timeout=600")

    def test_half_closed_clients_get_their_answers(self):
        client = self.connect()
        client.send(HELLO + request("GET", "/slow?milliseconds=100") + HELLO)
        client.end_output()
        self.assertEqual([client.read_answer().body for _ in range(3)], [b"hello", b"done", b"hello"])
        self.assertEqual(client.read_end(), b"")

    def test_half_requests_end_quietly(self):
        for part in (b"", b"GET /he", HELLO[:-2], post(b"Content-Length: 5\r\n", b"hel"), post(CHUNKED, b"5\r\nhel")):
            client = self.connect()
            client.send(part)
            client.end_output()
            self.assertEqual(client.read_end(), b"", part)

    def trickle(self, beginning, byte):
        """Sends a byte to each of many connections, again and again, and serves itself well meanwhile."""
        slow = {}
        for _ in range(SLOW_CLIENTS):
            client = self.connect()
            client.send(beginning)
            slow[client.socket] = client
        prompt = self.connect()
        served = 0
        while slow:
            self.assert_hello(prompt)
            served += 1
            answered, _, _ = select.select(slow, [], [], 0)
            for each in answered:
                client = slow.pop(each)
                self.assertEqual(client.read_answer().status, 408)
                self.assertEqual(client.read_end(), b"")
            for each in slow:
                try:
                    each.send(byte)
                except OSError:
                    pass  # It has been answered, and closed, by now.
        self.assertGreater(served, 5)

    def test_slow_headers_time_out(self):
        self.trickle(b"GET /hello HTTP/1.1\r\nX: ", b"x")

    def test_slow_bodies_time_out(self):
        self.trickle(post(b"Content-Length: 1000000\r\n"), b"x")

    def test_clients_that_take_nothing_are_given_up(self):
        for target in ("/large?mebibytes=64", "/large?mebibytes=1"):
            client = self.connect(receive_buffer=4096)
            client.send(request("GET", target) * 40)
            client.take_line()  # It has begun.
        self.wait_for_connections(1)

    def test_clients_may_go_in_the_middle_of_an_answer(self):
        for taken in (1, 100_000):
            client = self.connect()
            client.send(request("GET", "/large?mebibytes=64"))
            client.take(taken)
            client.reset()
        client = self.connect()
        client.send(request("GET", "/slow?milliseconds=200"))
        client.reset()
        self.wait_for_connections(1)

    def test_idle_connections_disturb_nobody(self):
        idle = [self.connect() for _ in range(IDLE_CONNECTIONS)]
        for client in idle[::2]:
            client.send(HELLO)
        for client in idle[::2]:
            self.assertEqual(client.read_answer().body, b"hello")
        self.wait_for_connections(IDLE_CONNECTIONS + 1)
        prompt = self.connect()
        for _ in range(100):
            self.assert_hello(prompt)
        for client in idle:
            self.assert_hello(client)


if __name__ == "__main__":
    # For this program and for the service, which inherits it.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 2 * IDLE_CONNECTIONS + 1000), most))
    unittest.main()
