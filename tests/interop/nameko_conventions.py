"""Nameko's conventions on the wire, spoken with kombu: what the interoperability programs share.

Everything that a peer can see follows Nameko 2.14: exchanges, queues, properties, headers, envelopes.
"""

import contextlib
import json
import socket
import struct
import time
import uuid

import amqp.exceptions
import amqp.serialization
from kombu import Connection, Exchange, Producer, Queue

RPC_EXCHANGE = "nameko-rpc"
REPLY_QUEUE_EXPIRES_MS = 300000
STACK_HEADER = "nameko.call_id_stack"
FLAGS = "property flags on the wire"


class UnknownService(Exception):
    """The broker returned the request: no queue is bound for the service."""


class ReplyTimeout(Exception):
    """No reply came in time."""


def keep_property_flags():
    """Makes py-amqp keep the property flags of what it receives: they say which properties were present at all."""
    content = amqp.serialization.GenericContent
    load = content._load_properties

    def load_and_keep(self, class_id, buffer, offset):
        after = load(self, class_id, buffer, offset)
        self.properties[FLAGS] = struct.unpack_from(">H", buffer, offset)[0]
        return after

    content._load_properties = load_and_keep


def connect(uri, heartbeat=0):
    """A connection whose publishes wait for the broker's confirm."""
    uri = uri.replace("amqp://", "pyamqp://", 1) if uri.startswith("amqp://") else uri
    connection = Connection(uri, heartbeat=heartbeat, transport_options={"confirm_publish": True}, connect_timeout=5)
    connection.connect()
    return connection


def rpc_exchange():
    return Exchange(RPC_EXCHANGE, type="topic", durable=True, auto_delete=False)


def event_exchange(source):
    return Exchange(f"{source}.events", type="topic", durable=True, auto_delete=False)


def service_queue(service):
    return Queue(f"rpc-{service}", exchange=rpc_exchange(), routing_key=f"{service}.*", durable=True)


def reply_queue(owner, identifier):
    return Queue(f"rpc.reply-{owner}-{identifier}", exchange=rpc_exchange(), routing_key=identifier, durable=True,
                 queue_arguments={"x-expires": REPLY_QUEUE_EXPIRES_MS})


def event_queue(source, event_type, handler=None, broadcast=False):
    """Without a handler (`service.method`) a singleton's queue; with one, a service pool's, or a broadcast's own."""
    name = f"evt-{source}-{event_type}"
    if handler is not None:
        name += f"--{handler}"
    if broadcast:
        name += f"-{uuid.uuid4().hex}"
    return Queue(name, exchange=event_exchange(source), routing_key=event_type, durable=True, exclusive=broadcast,
                 auto_delete=broadcast)


def call_id(service, method):
    return f"{service}.{method}.{uuid.uuid4()}"


def to_headers(context, stack):
    headers = {f"nameko.{key}": value for key, value in context.items() if value is not None}
    headers[STACK_HEADER] = stack
    return headers


def from_headers(headers):
    """All headers become context data, with the prefix taken off where there is one."""
    return {key.removeprefix("nameko."): value for key, value in headers.items()}


def safe_for_json(value):
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {safe_for_json(key): safe_for_json(member) for key, member in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [safe_for_json(member) for member in value]
    return str(value)


def error_object(error, path=None):
    name = type(error).__name__
    return {"exc_type": name, "exc_path": path or f"{type(error).__module__}.{name}",
            "exc_args": [safe_for_json(argument) for argument in error.args], "value": str(error)}


def drain_until(connection, is_done, timeout_s, what):
    """Handles what arrives until is_done() or the time is over."""
    deadline = time.monotonic() + timeout_s
    while not is_done():
        left = deadline - time.monotonic()
        if left <= 0:
            raise ReplyTimeout(f"{what}: nothing within {timeout_s} s")
        try:
            connection.drain_events(timeout=left)
        except socket.timeout:
            pass


class RpcClient:
    """A stand-alone caller: its own connection for replies, another for requests, as Nameko's has."""

    def __init__(self, uri, owner="standalone_rpc_proxy"):
        self.identifier = str(uuid.uuid4())
        self.stack = [call_id(owner, "call")]
        self.consuming = connect(uri)
        self.publishing = connect(uri)
        self.replies = {}
        self.returned = []
        self.queue = reply_queue(owner, self.identifier)
        self.consumer = self.consuming.Consumer([self.queue], on_message=self.on_reply)
        self.consumer.consume()
        self.producer = Producer(self.publishing.channel(), on_return=lambda *details: self.returned.append(details))

    def on_reply(self, message):
        message.ack()
        self.replies[message.properties.get("correlation_id")] = message

    def send(self, service, method, body, context=None, stack=None, **properties):
        """Publishes one request and waits for its confirm; returns its correlation id."""
        properties = {"content_type": "application/json", "content_encoding": "utf-8", "reply_to": self.identifier,
                      "correlation_id": str(uuid.uuid4()), **properties}
        properties = {name: value for name, value in properties.items() if value is not None}
        self.returned.clear()
        self.producer.publish(body, exchange=rpc_exchange(), routing_key=f"{service}.{method}", mandatory=True,
                              headers=to_headers(context or {}, stack or self.stack), delivery_mode=2, **properties)
        if self.returned:
            raise UnknownService(service)
        return properties.get("correlation_id")

    def receive(self, correlation_id, timeout_s=10):
        """The reply as kombu's message."""
        drain_until(self.consuming, lambda: correlation_id in self.replies, timeout_s, f"reply to {correlation_id}")
        return self.replies.pop(correlation_id)

    def request(self, service, method, args=(), kwargs=None, context=None, timeout_s=10):
        body = json.dumps({"args": list(args), "kwargs": kwargs or {}})
        return self.receive(self.send(service, method, body, context), timeout_s)

    def call(self, service, method, *args, **kwargs):
        """The result; an error object is raised as a RuntimeError that holds it."""
        reply = json.loads(self.request(service, method, args, kwargs).body)
        if reply["error"]:
            raise RuntimeError(reply["error"])
        return reply["result"]

    def close(self):
        self.consumer.cancel()
        self.queue(self.consuming.default_channel).delete()
        self.consuming.close()
        self.publishing.close()


@contextlib.contextmanager
def played_service(connection, name, result=None, error=None, serializer="json"):
    """Plays a service, all of whose methods end so: the requests that have come, as kombu's messages."""
    requests = []
    channel = connection.channel()
    producer = Producer(connection.channel())

    def on_request(message):
        requests.append(message)
        producer.publish({"result": result, "error": error}, serializer=serializer, exchange=rpc_exchange(), headers={},
                         routing_key=message.properties["reply_to"],
                         correlation_id=message.properties["correlation_id"])
        message.ack()

    queue = service_queue(name)(channel)
    with connection.Consumer([queue], channel=channel, on_message=on_request):
        yield requests
    queue.delete()


def dispatch_event(connection, source, event_type, data, headers=None):
    """As an event dispatcher: the exchange is declared, the body is the data itself, the routing key the type."""
    producer = Producer(connection.channel())
    producer.publish(json.dumps(data), exchange=event_exchange(source), routing_key=event_type, headers=headers or {},
                     content_type="application/json", content_encoding="utf-8", delivery_mode=2,
                     declare=[event_exchange(source)])
    producer.channel.close()
