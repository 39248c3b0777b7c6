"""A client of HTTP/1.1 on a bare socket, which sends whatever it is told to and reads answers by RFC 9112 alone."""

import socket

from subject import WITHIN_S


class Answer:
    def __init__(self, version, status, headers, body):
        self.version, self.status, self.headers, self.body = version, status, headers, body

    def __repr__(self):
        return f"{self.version} {self.status} {self.headers} {self.body[:200]!r}"


class RawClient:
    def __init__(self, port, receive_buffer=None):
        self.socket = socket.socket()
        self.socket.settimeout(WITHIN_S)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect(("127.0.0.1", port))
        self.unread = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def end_output(self):
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self):
        """Ends the connection as a crash would."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.socket.close()

    def receive(self):
        data = self.socket.recv(65536)
        self.unread += data
        return bool(data)

    def take(self, length):
        while len(self.unread) < length:
            if not self.receive():
                raise EOFError(f"the connection ended in the middle of an answer: {self.unread!r}")
        data, self.unread = self.unread[:length], self.unread[length:]
        return data

    def take_line(self):
        while b"\r\n" not in self.unread:
            if not self.receive():
                raise EOFError(f"the connection ended in the middle of an answer: {self.unread!r}")
        line, self.unread = self.unread.split(b"\r\n", 1)
        return line.decode("latin-1")

    def read_answer(self, to_head=False):
        version, status, _ = self.take_line().split(" ", 2)
        headers = {}
        while line := self.take_line():
            name, value = line.split(":", 1)
            assert name.lower() not in headers, f"{name} is there twice"
            headers[name.lower()] = value.strip()
        status = int(status)
        if to_head or status < 200 or status in (204, 304):
            return Answer(version, status, headers, b"")
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while length := int(self.take_line(), 16):
                body += self.take(length)
                assert self.take(2) == b"\r\n", "a chunk does not end where it should"
            assert self.take_line() == "", "there is a trailer"
            return Answer(version, status, headers, body)
        return Answer(version, status, headers, self.take(int(headers["content-length"])))

    def exchange(self, data, to_head=False):
        self.send(data)
        return self.read_answer(to_head)

    def get(self, path="/hello"):
        return self.exchange(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def read_end(self):
        """What is there until the server ends the connection, which it must."""
        try:
            while self.receive():
                pass
        except ConnectionResetError:
            pass
        return self.unread
