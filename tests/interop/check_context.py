#!/usr/bin/python3
"""Checks that context data and the call-id stack travel between C++ services and Nameko services, with calls and with
events of all three types, in both directions; and that the handlers of both share their queues as those of one
service do.

    check_context.py --broker URI

`cppecho` offers context() and relay(service, method, value). `cpplistener` handles the events `pool`, `single` and
`broadcast` of `interop_source`, with a handler of each type, and hands each on as its own event `handled_…`, with
`handled_by` in the context data. This program plays the Nameko services.
"""

import json
import sys

from check_list import CheckList, equal, true

from nameko_conventions import (STACK_HEADER, RpcClient, call_id, connect, dispatch_event, drain_until, event_queue,
                                from_headers, played_service, to_headers)

check = CheckList()
SOURCE = "interop_source"
PROBE = "interop_probe"
LISTENER = "cpplistener"
TYPES = ("pool", "single", "broadcast")
# What Nameko's own proxies and providers use, own keys of every kind, and a trace.
CONTEXT = {
    "language": "en-gb", "user_id": "u1", "user_agent": "Mozilla/5.0 (X11; ü)", "auth_token": "t0ken",
    "tenant": {"id": 7, "roles": ["admin", None, True]}, "ratio": 0.5, "big": 2**40, "empty": "",
    "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "a=1,b=2",
}


class Bench:
    def __init__(self, arguments):
        self.uri = arguments.broker
        self.client = RpcClient(arguments.broker)
        self.connection = connect(arguments.broker)

    def channel(self):
        return self.connection.channel()

    def dispatch(self, event_type, data, context=None, stack=()):
        headers = to_headers(CONTEXT if context is None else context, list(stack))
        dispatch_event(self.connection, SOURCE, event_type, data, headers)


class Handler:
    """The queue of one handler of events, on a channel of its own: its messages, in order."""

    def __init__(self, bench, source, event_type, handler=None, broadcast=False):
        self.bench, self.messages = bench, []
        queue = event_queue(source, event_type, handler, broadcast)
        # One at a time: where the service under test shares the queue, it takes the others.
        self.consumer = bench.connection.Consumer([queue], channel=bench.channel(), on_message=self.on_message)
        self.consumer.qos(prefetch_count=1)
        self.consumer.consume()

    def on_message(self, message):
        self.messages.append(message)
        message.ack()

    def wait_for(self, count):
        drain_until(self.bench.connection, lambda: len(self.messages) >= count, 20,
                    f"{count} events of {self.consumer.queues[0].name}")
        return self.messages

    def data(self):
        return [json.loads(message.body) for message in self.messages]

    def close(self):
        self.consumer.channel.close()


def handled(bench, event_type):
    """What the service has handed on, from now on."""
    return Handler(bench, LISTENER, f"handled_{event_type}", "check.on_handled", broadcast=True)


def without(context, *keys):
    return {key: value for key, value in context.items() if key not in keys}


@check
def a_call_brings_its_context_to_the_service(bench):
    parents = [call_id("first", "method"), call_id("second", "method")]
    request = '{"args": [], "kwargs": {}}'
    seen = json.loads(bench.client.receive(bench.client.send("cppecho", "context", request, CONTEXT, parents)).body)
    context = seen["result"]
    stack = context.pop("call_id_stack")
    equal(context, CONTEXT)
    equal(stack[:-1], parents)
    true(stack[-1].startswith("cppecho.context."), f"the worker's own call id, got {stack[-1]}")


@check
def a_call_of_the_service_takes_the_context_on_to_another(bench):
    parents = [call_id("first", "method")]
    body = json.dumps({"args": [PROBE, "answer", 1], "kwargs": {}})
    with played_service(bench.connection, PROBE, result=5) as requests:
        sent = bench.client.send("cppecho", "relay", body, CONTEXT, parents)
        drain_until(bench.connection, lambda: requests, 20, "the service's request")
        equal(json.loads(bench.client.receive(sent).body)["result"], 5)
    headers = dict(requests[0].headers)
    stack = headers.pop(STACK_HEADER)
    headers.pop("hiratake.deadline_ms", None)
    equal({key for key in headers if not key.startswith("nameko.")}, set(), "headers without Nameko's prefix")
    equal(from_headers(headers), CONTEXT)
    equal(stack[:-1], parents)
    true(stack[-1].startswith("cppecho.relay."), f"the caller's call id comes last, got {stack}")


@check
def an_event_brings_its_context_to_a_handler_of_each_type_and_on(bench):
    for event_type in TYPES:
        out = handled(bench, event_type)
        parents = [call_id("first", "method")]
        bench.dispatch(event_type, {"n": 1}, stack=parents)
        message = out.wait_for(1)[0]
        seen = json.loads(message.body)
        equal(seen["data"], {"n": 1})
        stack = seen["context"].pop("call_id_stack")
        equal(seen["context"], CONTEXT, f"context data in the {event_type} handler")
        equal(stack[:-1], parents)
        true(stack[-1].startswith(f"{LISTENER}.on_{event_type}."), f"the handler's own call id, got {stack[-1]}")

        headers = dict(message.headers)
        equal(headers.pop(STACK_HEADER), stack, "the stack of what it dispatches: its own, with the dispatcher last")
        equal(from_headers(headers), {**CONTEXT, "handled_by": event_type}, "changed by the worker")
        out.close()


@check
def headers_of_others_are_context_data_too(bench):
    out = handled(bench, "pool")
    dispatch_event(bench.connection, SOURCE, "pool", 1, {"traceparent": CONTEXT["traceparent"], "x-request-id": "r1"})
    message = out.wait_for(1)[0]
    context = json.loads(message.body)["context"]
    equal(without(context, "call_id_stack"), {"traceparent": CONTEXT["traceparent"], "x-request-id": "r1"})
    equal(message.headers["nameko.traceparent"], CONTEXT["traceparent"])
    out.close()


@check
def no_context_is_no_trouble(bench):
    out = handled(bench, "pool")
    dispatch_event(bench.connection, SOURCE, "pool", 1)
    equal(list(json.loads(out.wait_for(1)[0].body)["context"]), ["call_id_stack"])
    out.close()


def shared_by_the_service_and_the_peer(bench, event_type, handler, count=40):
    """Both consume the queue of one handler: what each has got."""
    ours = Handler(bench, SOURCE, event_type, handler)
    theirs = handled(bench, event_type)
    for number in range(count):
        bench.dispatch(event_type, number)
    drain_until(bench.connection, lambda: len(ours.messages) + len(theirs.messages) >= count, 20, "all events")
    got = ours.data(), [each["data"] for each in theirs.data()]
    ours.close()
    theirs.close()
    return got


@check
def instances_of_a_service_pool_share_its_events(bench):
    ours, theirs = shared_by_the_service_and_the_peer(bench, "pool", f"{LISTENER}.on_pool")
    equal(sorted(ours + theirs), list(range(40)), "each event once")
    true(ours and theirs, f"both have some, got {len(ours)} and {len(theirs)}")


@check
def a_singleton_shares_its_events_with_every_service(bench):
    ours, theirs = shared_by_the_service_and_the_peer(bench, "single", None)
    equal(sorted(ours + theirs), list(range(40)), "each event once")
    true(ours and theirs, f"both have some, got {len(ours)} and {len(theirs)}")


@check
def every_handler_has_each_event_that_is_broadcast(bench):
    ours = Handler(bench, SOURCE, "broadcast", f"{LISTENER}.on_broadcast", broadcast=True)
    theirs = handled(bench, "broadcast")
    for number in range(10):
        bench.dispatch("broadcast", number)
    ours.wait_for(10)
    theirs.wait_for(10)
    equal(ours.data(), list(range(10)))
    equal(sorted(each["data"] for each in theirs.data()), list(range(10)))
    ours.close()
    theirs.close()


@check
def events_of_the_service_reach_handlers_of_each_type(bench):
    """Two instances of one service in Python, another service, and a singleton's two instances."""
    pool = [Handler(bench, LISTENER, "handled_pool", "pywatch.on_handled") for _ in range(2)]
    other = Handler(bench, LISTENER, "handled_pool", "pyother.on_handled")
    single = [Handler(bench, LISTENER, "handled_pool") for _ in range(2)]
    broadcast = [Handler(bench, LISTENER, "handled_pool", "pywatch.on_each", broadcast=True) for _ in range(2)]
    for number in range(20):
        bench.dispatch("pool", number)
    drain_until(bench.connection, lambda: sum(len(handler.messages) for handler in pool) >= 20
                and sum(len(handler.messages) for handler in single) >= 20, 20, "all events")
    for handler in (other, *broadcast):
        handler.wait_for(20)
        equal(sorted(each["data"] for each in handler.data()), list(range(20)))
    for pair in (pool, single):
        numbers = [each["data"] for handler in pair for each in handler.data()]
        equal(sorted(numbers), list(range(20)), "each event once")
        true(all(handler.messages for handler in pair), "both instances have some")
    equal(from_headers(without(other.messages[0].headers, STACK_HEADER)), {**CONTEXT, "handled_by": "pool"})
    for handler in (*pool, *single, *broadcast, other):
        handler.close()


if __name__ == "__main__":
    sys.exit(check.main(__doc__, Bench))
