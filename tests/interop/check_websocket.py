#!/usr/bin/python3
"""Checks the WebSockets of a C++ service with clients of other people: Python's websockets, and node's WebSocket.

    check_websocket.py --broker URI --service PROGRAM [--node NODE]

Starts three instances of PROGRAM (chat_subject.cpp) on that broker. Without --node, node's check is skipped.
"""

import argparse
import asyncio
import json
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import websockets
from check_list import CheckList, equal, true

CROWD = 1000
WITHIN_S = 60
check = CheckList()


class Instance:
    """One process of the service."""

    def __init__(self, program, broker, setting="max_workers=10"):
        self.process = subprocess.Popen([program, "run", "--broker", broker, "--set", "WEB_SERVER_ADDRESS=127.0.0.1:0",
                                         "--set", setting], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.port = None
        log = ""
        for line in self.process.stdout:
            log += line
            found = re.search(r"serves HTTP on http://127\.0\.0\.1:(\d+)", line)
            self.port = int(found.group(1)) if found else self.port
            if line.startswith("Connected to"):
                break
        true(self.port, f"the service did not say where it listens, and connect: {log}")
        # Read on, so that the service never waits for someone to take its log.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def connect(self, **options):
        return websockets.connect(f"ws://127.0.0.1:{self.port}/ws", **options)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)

    def wait(self):
        return self.process.wait(timeout=WITHIN_S)


class Bench:
    def __init__(self, arguments):
        self.arguments = arguments
        self.first = Instance(arguments.service, arguments.broker, "websocket.max_message_bytes=100000")
        self.second = Instance(arguments.service, arguments.broker)
        self.impatient = Instance(arguments.service, arguments.broker, "websocket.ping_interval=1")


async def receive(client):
    return json.loads(await asyncio.wait_for(client.recv(), WITHIN_S))


async def call(client, method, correlation_id=None, **data):
    await client.send(json.dumps({"method": method, "data": data, "correlation_id": correlation_id}))
    return await receive(client)


def with_client(of_instance, **options):
    """Turns a coroutine function of a client, after its greeting, into a check."""
    def decorate(function):
        def run(bench):
            async def talk():
                async with getattr(bench, of_instance).connect(**options) as client:
                    client.socket_id = (await receive(client))["data"]["socket_id"]
                    await function(client)
            asyncio.run(talk())
        run.__name__ = function.__name__
        return check(run)
    return decorate


@with_client("first")
async def replies_are_as_python_writes_them(client):
    await client.send('{"method": "echo", "data": {"value": [1, 2.0, "h\\u00e9"]}, "correlation_id": "c"}')
    equal(await client.recv(),
          '{"type": "result", "success": true, "data": [1, 2.0, "h\\u00e9"], "correlation_id": "c"}')
    equal((await call(client, "whoami"))["data"], client.socket_id)


@with_client("first")
async def errors_are_serialized_exceptions(client):
    reply = await call(client, "fail", correlation_id=5, message="too late")
    equal(reply, {"type": "result", "success": False, "correlation_id": 5,
                  "error": {"exc_type": "runtime_error", "exc_path": "std.runtime_error", "exc_args": ["too late"],
                            "value": "too late"}})


@with_client("first")
async def binary_frames_are_read_and_answered_with_text(client):
    await client.send(b'{"method": "echo", "data": {"value": 7}}')
    equal(json.loads(await client.recv())["data"], 7)


@with_client("first")
async def fragmented_messages_are_put_together(client):
    await client.send(part for part in ['{"method": "ec', 'ho", "data": {"value"', ': "h\u00e9"}}'])
    equal((await receive(client))["data"], "h\u00e9")


@with_client("first")
async def requests_sent_ahead_are_answered_in_order(client):
    for i in range(200):
        await client.send(json.dumps({"method": "echo", "data": {"value": i}, "correlation_id": i}))
    for i in range(200):
        reply = await receive(client)
        equal((reply["data"], reply["correlation_id"]), (i, i))


@with_client("first")
async def pings_are_answered(client):
    pong = await client.ping(b"there?")
    await asyncio.wait_for(pong, WITHIN_S)


@with_client("first", compression="deflate", subprotocols=["chat"])
async def offers_of_compression_and_sub_protocols_are_declined(client):
    equal((client.extensions, client.subprotocol), ([], None))
    equal((await call(client, "echo", value="x"))["data"], "x")


@with_client("first")
async def a_message_too_big_ends_the_socket_with_1009(client):
    await client.send(json.dumps({"method": "echo", "data": {"value": "x" * 100000}}))
    await asyncio.wait_for(client.wait_closed(), WITHIN_S)
    equal(client.close_code, 1009)


class CountsPings(websockets.WebSocketClientProtocol):
    """Answers pings, as its base does, and knows when there have been three."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.answered, self.has_answered_three = 0, asyncio.Event()

    async def pong(self, data=b""):
        await super().pong(data)
        self.answered += 1
        if self.answered == 3:
            self.has_answered_three.set()


@with_client("impatient", ping_interval=None, create_protocol=CountsPings)
async def a_client_that_answers_pings_may_stay(client):
    await asyncio.wait_for(client.has_answered_three.wait(), WITHIN_S)
    equal((await call(client, "echo", value="still here"))["data"], "still here")


@check
def a_client_that_does_not_answer_pings_is_cut(bench):
    with socket.create_connection(("127.0.0.1", bench.impatient.port), timeout=WITHIN_S) as dead:
        dead.sendall(b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        received = b""
        while more := dead.recv(65536):
            received += more
    true(received.startswith(b"HTTP/1.1 101 "), "the socket was opened")
    true(received.endswith(b"\x89\x00"), "the last thing that came is a ping")


@check
def a_page_from_elsewhere_is_refused(bench):
    async def talk():
        try:
            async with bench.first.connect(origin="https://evil.example"):
                raise AssertionError("it was let in")
        except websockets.InvalidStatusCode as error:
            equal(error.status_code, 403)
    asyncio.run(talk())


@check
def a_thousand_sockets_of_two_instances_receive_every_broadcast(bench):
    async def talk():
        clients = []
        for i in range(CROWD):
            instance = bench.first if i % 2 else bench.second
            client = await instance.connect(ping_interval=None, open_timeout=WITHIN_S)
            clients.append(client)
            await receive(client)
            await call(client, "join", channel="news")
        async with bench.first.connect() as poster:
            await receive(poster)
            for i in range(5):
                await call(poster, "post", channel="news", data=i)

        async def take_all(client):
            equal([(await receive(client))["data"] for _ in range(5)], [0, 1, 2, 3, 4])
        await asyncio.gather(*map(take_all, clients))
        await asyncio.gather(*(client.close() for client in clients))
    asyncio.run(talk())


@check
def nodes_own_client_is_served(bench):
    program = Path(__file__).with_name("websocket_client.js")
    node = [bench.arguments.node, "--experimental-websocket", "--no-warnings"]
    result = subprocess.run([*node, program, f"ws://127.0.0.1:{bench.first.port}/ws"], capture_output=True, text=True,
                            timeout=WITHIN_S, check=False)
    equal((result.returncode, result.stdout.strip()), (0, "ok"), result.stderr)


@check
def a_service_that_stops_says_1001(bench):
    async def talk():
        async with bench.first.connect() as client:
            await receive(client)
            bench.first.stop()
            await asyncio.wait_for(client.wait_closed(), WITHIN_S)
            equal((client.close_code, client.close_reason), (1001, "the service is stopping"))
    asyncio.run(talk())
    equal(bench.first.wait(), 0, "exit code")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--broker", required=True)
    parser.add_argument("--service", required=True)
    parser.add_argument("--node", default="")
    arguments = parser.parse_args()
    _, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    bench = Bench(arguments)
    try:
        return check.run(bench, skip=() if arguments.node else ("nodes_own_client_is_served",))
    finally:
        for instance in (bench.first, bench.second, bench.impatient):
            instance.process.kill()


if __name__ == "__main__":
    sys.exit(main())
