#!/usr/bin/python3
"""A service that speaks Nameko's conventions without Nameko: the Python side of the interoperability tests.

    nameko_like_service.py --broker URI [--name pyecho] [--source cppecho] [--event happened]

Methods: echo(value), add(value, other=10), fail(message), context(), relay(service, method, value),
emit(event_type, data), received(). It handles the events of --source as a service pool. Prints `ready`, then one JSON
line for each event; ends on SIGTERM.
"""

import argparse
import inspect
import json
import signal
import socket

from kombu import Producer

from nameko_conventions import (RpcClient, call_id, connect, dispatch_event, error_object, event_queue, from_headers,
                                rpc_exchange, service_queue)

PREFETCH = 10
STACK_LENGTH = 11


class Worker:
    """The methods that callers reach, for one call."""

    def __init__(self, service, stack, context):
        self.service, self.stack, self.context_data = service, stack, context

    def echo(self, value):
        return value

    def add(self, value, other=10):
        return value + other

    def fail(self, message):
        raise ValueError(message)

    def context(self):
        return {**self.context_data, "call_id_stack": self.stack}

    def relay(self, service, method, value):
        client = self.service.client
        body = json.dumps({"args": [value], "kwargs": {}})
        reply = client.receive(client.send(service, method, body, self.context_data, self.stack))
        return json.loads(reply.body)["result"]

    def emit(self, event_type, data):
        headers = {"nameko.call_id_stack": self.stack}
        dispatch_event(self.service.connection, self.service.name, event_type, data, headers)

    def received(self):
        return self.service.events


METHODS = {name for name, _ in inspect.getmembers(Worker, inspect.isfunction) if not name.startswith("_")}


class Service:
    def __init__(self, uri, name, source, event_type):
        self.name, self.events = name, []
        self.connection = connect(uri)
        self.client = RpcClient(uri, owner=name)
        self.replies = Producer(connect(uri).channel())
        channel = self.connection.channel()
        self.requests = self.connection.Consumer([service_queue(name)], channel=channel, on_message=self.on_request)
        handler = event_queue(source, event_type, f"{name}.on_event")
        self.handler = self.connection.Consumer([handler], channel=channel, on_message=self.on_event)
        for consumer in (self.requests, self.handler):
            consumer.qos(prefetch_count=PREFETCH)
            consumer.consume()

    def on_request(self, message):
        method = message.delivery_info["routing_key"].rpartition(".")[2]
        reply_to = message.properties.get("reply_to")
        try:
            outcome = {"result": self.run(method, message), "error": None}
        except Refused as refused:
            outcome = {"result": None, "error": refused.error}
        except Exception as error:  # whatever the method raised goes to the caller
            outcome = {"result": None, "error": error_object(error)}
        if reply_to is not None:
            self.replies.publish(json.dumps(outcome), exchange=rpc_exchange(), routing_key=reply_to, headers={},
                                 correlation_id=message.properties.get("correlation_id"), delivery_mode=2,
                                 content_type=message.content_type or "application/json", content_encoding="utf-8")
        message.ack()

    def run(self, method, message):
        if method not in METHODS:
            raise Refused("MethodNotFound", method)
        body = json.loads(message.body)
        if not isinstance(body, dict):
            raise TypeError(f"the body is a {type(body).__name__}, not a map")
        if "args" not in body or "kwargs" not in body:
            raise Refused("MalformedRequest", "Message missing `args` or `kwargs`")
        context = from_headers(message.headers)
        stack = [*context.pop("call_id_stack", []), call_id(self.name, method)][-STACK_LENGTH:]
        function = getattr(Worker(self, stack, context), method)
        try:
            inspect.signature(function).bind(*body["args"], **body["kwargs"])
        except TypeError as error:
            raise Refused("IncorrectSignature", str(error)) from error
        return function(*body["args"], **body["kwargs"])

    def on_event(self, message):
        data = json.loads(message.body)
        self.events.append(data)
        print(json.dumps({"event": message.delivery_info["routing_key"], "data": data}), flush=True)
        message.ack()

    def serve(self):
        print("ready", flush=True)
        while True:
            try:
                self.connection.drain_events(timeout=5)
            except socket.timeout:
                pass


class Refused(Exception):
    """One of the errors that Nameko's callers know by their path."""

    def __init__(self, kind, text):
        super().__init__(text)
        self.error = {"exc_type": kind, "exc_path": f"nameko.exceptions.{kind}", "exc_args": [text], "value": text}


def stop(*_):
    raise SystemExit(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--broker", required=True)
    parser.add_argument("--name", default="pyecho")
    parser.add_argument("--source", default="cppecho", help="the service whose events it handles")
    parser.add_argument("--event", default="happened", help="the type of those events")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    Service(arguments.broker, arguments.name, arguments.source, arguments.event).serve()


if __name__ == "__main__":
    main()
