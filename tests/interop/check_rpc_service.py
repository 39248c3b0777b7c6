#!/usr/bin/python3
"""Checks that a running service keeps Nameko's conventions to the byte.

    check_rpc_service.py --broker URI --service NAME [--source cppecho] [--event happened] [--nameko]

The service offers echo(value), add(value, other=10), fail(message), context(), relay(service, method, value),
emit(event_type, data), received(), and handles the events of --source. With --nameko the checks that Python's Nameko
itself does not survive are skipped.
"""

import argparse
import json
import sys
import time
import uuid

from check_list import CheckList, equal, raises, true

from nameko_conventions import (FLAGS, STACK_HEADER, RpcClient, UnknownService, connect, dispatch_event, drain_until,
                                event_exchange, event_queue, keep_property_flags, played_service, rpc_exchange,
                                service_queue)

NOT_SURVIVED_BY_NAMEKO = ("survives_a_request_without_reply_to", "survives_a_request_without_content_type")
check = CheckList()


class Bench:
    def __init__(self, arguments):
        self.uri, self.service = arguments.broker, arguments.service
        self.source, self.event = arguments.source, arguments.event
        self.client = RpcClient(arguments.broker)
        self.connection = connect(arguments.broker)

    def call(self, method, *args, **kwargs):
        return self.client.call(self.service, method, *args, **kwargs)

    def error(self, method, body):
        envelope = json.loads(self.client.receive(self.client.send(self.service, method, body)).body)
        equal(envelope["result"], None, "result beside an error")
        return envelope["error"]

    def wait_for(self, condition, what, within_s=10):
        deadline = time.monotonic() + within_s
        while not condition():
            true(time.monotonic() < deadline, f"{what}: not within {within_s} s")
            drain_until_quiet(self.connection)


def drain_until_quiet(connection):
    try:
        connection.drain_events(timeout=0.05)
    except OSError:  # a timeout: nothing arrived
        pass


@check
def reply_carries_nameko_s_properties(bench):
    correlation_id = str(uuid.uuid4())
    body = '{"args": [5], "kwargs": {}}'
    reply = bench.client.receive(bench.client.send(bench.service, "echo", body, correlation_id=correlation_id))
    equal(reply.properties[FLAGS], 0xFC00, "property flags")
    equal(reply.content_type, "application/json")
    equal(reply.content_encoding, "utf-8")
    equal(reply.headers, {}, "headers")
    equal(reply.properties["delivery_mode"], 2)
    equal(reply.properties["priority"], 0)
    equal(reply.properties["correlation_id"], correlation_id)
    equal(reply.delivery_info["exchange"], "nameko-rpc")
    equal(reply.delivery_info["routing_key"], bench.client.identifier)
    text = reply.body if isinstance(reply.body, str) else bytes(reply.body).decode()
    equal(text, '{"result": 5, "error": null}', "body")


@check
def reply_without_correlation_id_when_the_request_had_none(bench):
    bench.client.send(bench.service, "echo", '{"args": [5], "kwargs": {}}', correlation_id=None)
    equal(bench.client.receive(None).properties[FLAGS], 0xF800, "property flags")


@check
def values_come_back_unchanged(bench):
    numbers = (0, -1, 2**31, -(2**63), 2**63 - 1, 1.5, 1e300)
    texts = ("", "é𝄞\n\"\\\x00", "x" * 300000)
    for value in (None, True, False, *numbers, *texts, [], {}, [1, [2, {"a": [None]}]], {"a": {"b": "ü"}, "": 0}):
        equal(bench.call("echo", value), value)


@check
def keyword_and_default_arguments(bench):
    equal(bench.call("add", 1), 11)
    equal(bench.call("add", 1, 2), 3)
    equal(bench.call("add", 1, other=5), 6)
    equal(bench.call("add", other=5, value=2), 7)


@check
def unknown_method(bench):
    error = bench.error("nope", '{"args": [], "kwargs": {}}')
    equal(error, {"exc_type": "MethodNotFound", "exc_path": "nameko.exceptions.MethodNotFound", "exc_args": ["nope"],
                  "value": "nope"})


@check
def wrong_arguments(bench):
    for body in ('{"args": [], "kwargs": {}}', '{"args": [1, 2, 3], "kwargs": {}}', '{"args": [1], "kwargs": {"z": 1}}',
                 '{"args": [1], "kwargs": {"value": 1}}', '{"args": [1], "kwargs": null}'):
        error = bench.error("add", body)
        equal((error["exc_type"], error["exc_path"]),
              ("IncorrectSignature", "nameko.exceptions.IncorrectSignature"), body)


@check
def malformed_envelope(bench):
    for body in ('{"args": []}', '{"kwargs": {}}', "{}"):
        error = bench.error("echo", body)
        equal(error["exc_type"], "MalformedRequest", body)
        equal(error["exc_path"], "nameko.exceptions.MalformedRequest", body)
        equal(error["exc_args"], ["Message missing `args` or `kwargs`"], body)


@check
def extra_members_of_the_envelope_are_ignored(bench):
    body = '{"args": [7], "kwargs": {}, "later": 1}'
    reply = bench.client.receive(bench.client.send(bench.service, "echo", body))
    equal(json.loads(reply.body), {"result": 7, "error": None})


@check
def error_of_the_method(bench):
    error = bench.error("fail", '{"args": ["went wrong"], "kwargs": {}}')
    equal(sorted(error), ["exc_args", "exc_path", "exc_type", "value"])
    equal(error["value"], "went wrong")
    equal(error["exc_args"], ["went wrong"])
    true(error["exc_path"].endswith(error["exc_type"]), f"{error['exc_path']} ends with {error['exc_type']}")


@check
def unknown_service_is_returned_by_the_broker(bench):
    raises(UnknownService, bench.client.call, f"ghost-{uuid.uuid4().hex}", "echo", 1)


@check
def exchange_and_queue_can_be_declared_as_nameko_does(bench):
    channel = bench.connection.channel()
    rpc_exchange()(channel).declare()
    service_queue(bench.service)(channel).declare()
    channel.close()


@check
def context_and_call_stack_travel(bench):
    stack = ["caller.method.6a0b9f2e-0000-4000-8000-000000000000"]
    request = '{"args": [], "kwargs": {}}'
    context = {"language": "en-gb", "user_id": "u1", "list": ["a", {"b": 1}], "number": 5, "big": 2**40, "flag": True}
    sent = bench.client.send(bench.service, "context", request, context, stack)
    result = json.loads(bench.client.receive(sent).body)["result"]
    inner = result.pop("call_id_stack")
    equal(result, context, "context data")
    equal(inner[:-1], stack, "parents")
    true(inner[-1].startswith(f"{bench.service}.context."), f"the worker's own call id, got {inner[-1]}")


@check
def call_stack_keeps_the_last_eleven(bench):
    stack = [f"a.b.{number}" for number in range(20)]
    sent = bench.client.send(bench.service, "context", '{"args": [], "kwargs": {}}', {}, stack)
    inner = json.loads(bench.client.receive(sent).body)["result"]["call_id_stack"]
    equal(inner[:-1], stack[-10:])


@check
def request_of_the_service_carries_nameko_s_properties(bench):
    """The service under test calls `interop_probe`, a service that this program plays."""
    probe = "interop_probe"
    body = json.dumps({"args": [probe, "answer", {"x": 1}], "kwargs": {}})
    with played_service(bench.connection, probe, result="from the probe") as requests:
        sent = bench.client.send(bench.service, "relay", body, {"language": "nl"}, ["a.b.c"])
        drain_until(bench.connection, lambda: requests, 10, "the service's request")
        equal(json.loads(bench.client.receive(sent).body), {"result": "from the probe", "error": None})
    request = requests[0]
    equal(request.properties[FLAGS], 0xFE00, "property flags")
    equal((request.content_type, request.content_encoding), ("application/json", "utf-8"))
    equal((request.properties["delivery_mode"], request.properties["priority"]), (2, 0))
    equal(str(uuid.UUID(request.properties["correlation_id"])), request.properties["correlation_id"])
    equal(str(uuid.UUID(request.properties["reply_to"])), request.properties["reply_to"], "reply_to is a bare uuid")
    equal(request.delivery_info["routing_key"], f"{probe}.answer")
    equal(json.loads(request.body), {"args": [{"x": 1}], "kwargs": {}})
    equal(request.headers["nameko.language"], "nl", "context data goes on")
    equal(request.headers[STACK_HEADER][0], "a.b.c")
    true(request.headers[STACK_HEADER][-1].startswith(f"{bench.service}.relay."), "the caller's call id comes last")


@check
def event_of_the_service_carries_nameko_s_properties(bench):
    event_type = f"happened-{uuid.uuid4().hex}"
    events = []
    channel = bench.connection.channel()
    queue = event_queue(bench.service, event_type, "check.on_event", broadcast=True)(channel)

    def on_event(message):
        events.append(message)
        message.ack()

    with bench.connection.Consumer([queue], channel=channel, on_message=on_event):
        bench.call("emit", event_type, {"a": [1, None]})
        drain_until(bench.connection, lambda: events, 10, "the event")
    event = events[0]
    equal(event.properties[FLAGS], 0xF800, "property flags")
    equal((event.content_type, event.content_encoding), ("application/json", "utf-8"))
    equal(event.delivery_info["exchange"], f"{bench.service}.events")
    equal(event.delivery_info["routing_key"], event_type)
    body = event.body if isinstance(event.body, str) else bytes(event.body).decode()
    equal(body, '{"a": [1, null]}', "the body is the data itself")
    true(event.headers[STACK_HEADER][-1].startswith(f"{bench.service}.emit."), "the dispatching worker's call id")


@check
def service_handles_events(bench):
    event_exchange(bench.source)(bench.connection.default_channel).declare()
    mark = uuid.uuid4().hex
    dispatch_event(bench.connection, bench.source, bench.event, {"mark": mark})
    bench.wait_for(lambda: {"mark": mark} in bench.call("received"), "the event in the service")


@check
def survives_an_undecodable_body(bench):
    for body in ("{not json", "", "[]", "null", '{"args": {}, "kwargs": []}', "\x00" * 10):
        bench.client.send(bench.service, "echo", body)
    equal(bench.call("echo", "alive"), "alive")


@check
def survives_foreign_content_types(bench):
    for content_type in ("text/plain", "application/x-python-serialize", "application/json; charset=utf-8"):
        bench.client.send(bench.service, "echo", b'{"args": [1], "kwargs": {}}', content_type=content_type)
    equal(bench.call("echo", "alive"), "alive")


@check
def survives_a_request_without_reply_to(bench):
    bench.client.send(bench.service, "echo", '{"args": [1], "kwargs": {}}', reply_to=None)
    equal(bench.call("echo", "alive"), "alive")


@check
def survives_a_request_without_content_type(bench):
    channel = bench.connection.channel()
    channel.basic_publish(channel.prepare_message(b'{"args": [1], "kwargs": {}}'), exchange="nameko-rpc",
                          routing_key=f"{bench.service}.echo")
    equal(bench.call("echo", "alive"), "alive")


@check
def many_calls_in_flight(bench):
    sent = [bench.client.send(bench.service, "echo", json.dumps({"args": [n], "kwargs": {}})) for n in range(200)]
    for number, correlation_id in enumerate(sent):
        equal(json.loads(bench.client.receive(correlation_id).body)["result"], number)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--broker", required=True)
    parser.add_argument("--service", required=True)
    parser.add_argument("--source", default="cppecho")
    parser.add_argument("--event", default="happened")
    parser.add_argument("--nameko", action="store_true", help="the service is Python's Nameko itself")
    arguments = parser.parse_args()
    skip = NOT_SURVIVED_BY_NAMEKO if arguments.nameko else ()
    keep_property_flags()
    bench = Bench(arguments)
    code = check.run(bench, skip=skip)
    bench.client.close()
    bench.connection.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
