#!/usr/bin/python3
"""Checks that a C++ service configured with `serializer: msgpack` and kombu's msgpack understand each other.

    check_msgpack.py --broker URI

The service is that of check_rpc_service.py, `cppecho`.
"""

import json
import sys
import time
import uuid

import msgpack
from check_list import CheckList, equal, true
from kombu.serialization import dumps, loads

from nameko_conventions import RpcClient, connect, drain_until, event_exchange, event_queue, played_service

SERVICE = "cppecho"
CONTENT_TYPE, ENCODING = "application/x-msgpack", "binary"
check = CheckList()


def packed(value):
    content_type, encoding, body = dumps(value, serializer="msgpack")
    equal((content_type, encoding), (CONTENT_TYPE, ENCODING), "what kombu says of it")
    return body


def unpacked(message):
    equal((message.content_type, message.content_encoding), (CONTENT_TYPE, ENCODING))
    return loads(bytes(message.body), message.content_type, message.content_encoding, accept=[CONTENT_TYPE])


class Bench:
    def __init__(self, arguments):
        self.client = RpcClient(arguments.broker)
        self.connection = connect(arguments.broker)

    def send(self, method, *args):
        body = packed({"args": list(args), "kwargs": {}})
        return self.client.send(SERVICE, method, body, content_type=CONTENT_TYPE, content_encoding=ENCODING)

    def call(self, method, *args):
        reply = unpacked(self.client.receive(self.send(method, *args)))
        equal(reply["error"], None)
        return reply["result"]


@check
def values_come_back_unchanged(bench):
    numbers = (0, -1, 2**31, -(2**63), 2**63 - 1, 2**64 - 1, 1.5, 1e300)
    texts = ("", "é𝄞\n\"\\\x00", "x" * 300000, b"\xff\xfe")
    for value in (None, True, False, *numbers, *texts, [], {}, [1, [2, {"a": [None]}]], {"a": {"b": "ü"}, "": 0}):
        equal(bench.call("echo", value), value)


@check
def an_error_comes_in_the_form_of_the_request(bench):
    error = unpacked(bench.client.receive(bench.send("fail", "went wrong")))["error"]
    equal((error["value"], error["exc_args"]), ("went wrong", ["went wrong"]))


@check
def a_request_in_json_is_refused_in_json(bench):
    reply = bench.client.receive(bench.client.send(SERVICE, "echo", '{"args": [1], "kwargs": {}}'))
    equal(reply.content_type, "application/json")
    equal(json.loads(reply.body)["error"]["exc_path"], "nameko.exceptions.MalformedRequest")


@check
def what_kombu_cannot_have_written_is_refused(bench):
    for body in (b"\xc1", b"\x92\x01", msgpack.packb({1: 2}), msgpack.packb(msgpack.ExtType(5, b"x"))):
        sent = bench.client.send(SERVICE, "echo", body, content_type=CONTENT_TYPE, content_encoding=ENCODING)
        equal(unpacked(bench.client.receive(sent))["error"]["exc_type"], "MalformedRequest")


@check
def the_service_calls_in_it(bench):
    """The service under test calls `interop_probe`, a service that this program plays."""
    result = ["from the probe", 7]
    with played_service(bench.connection, "interop_probe", result, serializer="msgpack") as requests:
        sent = bench.send("relay", "interop_probe", "answer", {"x": 1})
        drain_until(bench.connection, lambda: requests, 10, "the service's request")
        equal(unpacked(bench.client.receive(sent)), {"result": result, "error": None})
    equal([unpacked(request) for request in requests], [{"args": [{"x": 1}], "kwargs": {}}])


@check
def the_service_dispatches_events_in_it(bench):
    event_type = f"happened-{uuid.uuid4().hex}"
    events = []
    channel = bench.connection.channel()

    def on_event(message):
        events.append(unpacked(message))
        message.ack()

    queue = event_queue(SERVICE, event_type, "check.on_event", broadcast=True)(channel)
    with bench.connection.Consumer([queue], channel=channel, on_message=on_event):
        bench.call("emit", event_type, {"a": [1, None]})
        drain_until(bench.connection, lambda: events, 10, "the event")
    equal(events, [{"a": [1, None]}])


@check
def the_service_handles_events_in_it(bench):
    mark = uuid.uuid4().hex
    bench.connection.Producer().publish({"mark": mark}, exchange=event_exchange(SERVICE), routing_key="happened",
                                        serializer="msgpack")
    deadline = time.monotonic() + 10
    while {"mark": mark} not in bench.call("received"):
        true(time.monotonic() < deadline, "the event: not in the service within 10 s")


if __name__ == "__main__":
    sys.exit(check.main(__doc__, Bench))
