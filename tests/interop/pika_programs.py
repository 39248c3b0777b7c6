#!/usr/bin/python3
"""What ordinary pika programs do with a broker: work queues, publish/subscribe, topics, confirms, expiry, reconnecting.

    pika_programs.py --broker URI
"""

import argparse
import socket
import sys
import time
import uuid

import pika
import pika.exceptions
from check_list import CheckList, equal, raises, true

check = CheckList()
PERSISTENT = pika.BasicProperties(delivery_mode=2)


class Broker:
    def __init__(self, uri):
        self.parameters = pika.URLParameters(uri)
        self.parameters.blocked_connection_timeout = 10

    def connect(self):
        return pika.BlockingConnection(self.parameters)


def unique(name):
    return f"pika-{name}-{uuid.uuid4().hex}"


def collect(channel, queue, count, within_s=10, **named):
    """Consumes until count messages are there; they are acknowledged."""
    messages = []
    for method, properties, body in channel.consume(queue, inactivity_timeout=within_s, **named):
        true(method is not None, f"{len(messages)} of {count} messages within {within_s} s")
        messages.append((method, properties, body))
        channel.basic_ack(method.delivery_tag)
        if len(messages) == count:
            break
    channel.cancel()
    return messages


def process_until(connection, is_done, what, within_s=10):
    deadline = time.monotonic() + within_s
    while not is_done():
        true(time.monotonic() < deadline, f"{what} did not come within {within_s} s")
        connection.process_data_events(0.1)


def bodies(messages):
    return [body.decode() for _, _, body in messages]


@check
def work_queue_shares_by_prefetch(broker):
    connection = broker.connect()
    channel = connection.channel()
    queue = unique("work")
    channel.queue_declare(queue, durable=True)
    channel.basic_qos(prefetch_count=1)
    taken = {"first": [], "second": []}
    for name, messages in taken.items():
        channel.basic_consume(queue, lambda _c, method, _p, body, messages=messages: messages.append((method, body)))
    for number in range(4):
        channel.basic_publish("", queue, str(number), PERSISTENT)
    process_until(connection, lambda: all(taken.values()), "a message for each worker")
    equal([len(messages) for messages in taken.values()], [1, 1], "one each until acknowledged")
    channel.basic_ack(taken["first"][0][0].delivery_tag)
    process_until(connection, lambda: len(taken["first"]) > 1, "the next message")
    equal([len(messages) for messages in taken.values()], [2, 1], "the free worker gets the next")
    channel.queue_delete(queue)
    connection.close()


@check
def unacknowledged_messages_come_back_when_the_connection_closes(broker):
    first, second = broker.connect(), broker.connect()
    channel = first.channel()
    queue = unique("requeue")
    channel.queue_declare(queue)
    for number in range(3):
        channel.basic_publish("", queue, str(number))
    equal([channel.basic_get(queue)[2] for _ in range(3)], [b"0", b"1", b"2"])
    first.close()
    channel = second.channel()
    messages = collect(channel, queue, 3)
    equal(bodies(messages), ["0", "1", "2"], "in their order")
    true(all(method.redelivered for method, _, _ in messages), "marked as redelivered")
    channel.queue_delete(queue)
    second.close()


@check
def publish_subscribe_with_fanout(broker):
    connection = broker.connect()
    channel = connection.channel()
    exchange = unique("fanout")
    channel.exchange_declare(exchange, "fanout")
    queues = [channel.queue_declare("", exclusive=True).method.queue for _ in range(3)]
    true(all(queue.startswith("amq.gen-") for queue in queues), f"server-named queues, got {queues}")
    for queue in queues:
        channel.queue_bind(queue, exchange)
    channel.basic_publish(exchange, "ignored", b"news")
    for queue in queues:
        equal(bodies(collect(channel, queue, 1)), ["news"])
    channel.exchange_delete(exchange)
    connection.close()


@check
def topic_and_headers_routing(broker):
    connection = broker.connect()
    channel = connection.channel()
    exchange, by_headers = unique("topic"), unique("headers")
    channel.exchange_declare(exchange, "topic", durable=True)
    channel.exchange_declare(by_headers, "headers")
    queue = channel.queue_declare("", exclusive=True).method.queue
    for key in ("*.orange.*", "lazy.#"):
        channel.queue_bind(queue, exchange, key)
    for key in ("quick.orange.rabbit", "lazy", "lazy.a.b.c", "quick.orange", "quick.brown.fox", "lazy.orange.dog"):
        channel.basic_publish(exchange, key, key)
    equal(bodies(collect(channel, queue, 4)), ["quick.orange.rabbit", "lazy", "lazy.a.b.c", "lazy.orange.dog"])
    channel.queue_bind(queue, by_headers, arguments={"x-match": "all", "kind": "report", "size": 3})
    for headers in ({"kind": "report", "size": 3, "more": True}, {"kind": "report"}, {"kind": "report", "size": 4}):
        channel.basic_publish(by_headers, "", str(headers), pika.BasicProperties(headers=headers))
    equal(len(collect(channel, queue, 1)), 1)
    equal(channel.queue_declare(queue, passive=True).method.message_count, 0)
    channel.exchange_delete(exchange)
    channel.exchange_delete(by_headers)
    connection.close()


@check
def properties_survive_the_trip(broker):
    connection = broker.connect()
    channel = connection.channel()
    queue = channel.queue_declare("", exclusive=True).method.queue
    headers = {"text": "é", "number": -5, "big": 2**40, "flag": True, "nothing": None, "list": [1, "a", {"b": [False]}]}
    sent = pika.BasicProperties(content_type="text/plain", content_encoding="utf-8", headers=headers, delivery_mode=2,
                                priority=3, correlation_id="c", reply_to="r", expiration="60000", message_id="m",
                                timestamp=1234567890, type="t", user_id="guest", app_id="a", cluster_id="x")
    body = bytes(range(256)) * 2000
    channel.basic_publish("", queue, body, sent)
    (_, received, received_body), = collect(channel, queue, 1)
    equal(vars(received), vars(sent))
    true(received_body == body, "a body over several frames")
    connection.close()


@check
def confirms_and_mandatory_returns(broker):
    connection = broker.connect()
    channel = connection.channel()
    channel.confirm_delivery()
    queue = channel.queue_declare("", exclusive=True).method.queue
    for number in range(100):
        channel.basic_publish("", queue, str(number), mandatory=True)
    error = raises(pika.exceptions.UnroutableError, channel.basic_publish, "", unique("nowhere"), b"x", mandatory=True)
    equal(error.messages[0].method.reply_code, 312)
    channel.basic_publish("", unique("nowhere"), b"an unroutable message without mandatory is confirmed")
    equal(bodies(collect(channel, queue, 100)), [str(number) for number in range(100)])
    connection.close()


@check
def full_queue_refuses_when_told_to(broker):
    connection = broker.connect()
    channel = connection.channel()
    channel.confirm_delivery()
    arguments = {"x-max-length": 2, "x-overflow": "reject-publish"}
    queue = channel.queue_declare("", exclusive=True, arguments=arguments).method.queue
    for number in range(2):
        channel.basic_publish("", queue, str(number))
    raises(pika.exceptions.NackError, channel.basic_publish, "", queue, b"one too many")
    connection.close()


@check
def expired_messages_are_dead_lettered(broker):
    connection = broker.connect()
    channel = connection.channel()
    dead, exchange = unique("dead"), unique("dead-letters")
    channel.exchange_declare(exchange, "direct")
    channel.queue_declare(dead, exclusive=True)
    channel.queue_bind(dead, exchange, "expired")
    arguments = {"x-message-ttl": 100, "x-dead-letter-exchange": exchange, "x-dead-letter-routing-key": "expired"}
    queue = channel.queue_declare("", exclusive=True, arguments=arguments).method.queue
    channel.basic_publish("", queue, b"late")
    (method, properties, body), = collect(channel, dead, 1)
    death = properties.headers["x-death"][0]
    equal((body, method.routing_key), (b"late", "expired"))
    equal((death["reason"], death["queue"], death["count"], death["exchange"]), ("expired", queue, 1, ""))
    equal(death["routing-keys"], [queue])
    channel.exchange_delete(exchange)
    connection.close()


@check
def rejected_messages_are_dead_lettered(broker):
    connection = broker.connect()
    channel = connection.channel()
    dead = channel.queue_declare("", exclusive=True).method.queue
    arguments = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead}
    queue = channel.queue_declare("", exclusive=True, arguments=arguments).method.queue
    channel.basic_publish("", queue, b"bad")
    channel.basic_nack(channel.basic_get(queue)[0].delivery_tag, requeue=False)
    (_, properties, body), = collect(channel, dead, 1)
    equal((body, properties.headers["x-death"][0]["reason"]), (b"bad", "rejected"))
    equal(properties.headers["x-first-death-queue"], queue)
    connection.close()


@check
def requeued_message_is_delivered_again(broker):
    connection = broker.connect()
    channel = connection.channel()
    queue = channel.queue_declare("", exclusive=True).method.queue
    channel.basic_publish("", queue, b"again")
    method, _, _ = channel.basic_get(queue)
    true(not method.redelivered, "the first delivery is not marked")
    channel.basic_reject(method.delivery_tag, requeue=True)
    method, _, body = channel.basic_get(queue)
    equal((method.redelivered, body), (True, b"again"))
    connection.close()


@check
def misuse_closes_the_channel_only(broker):
    connection = broker.connect()
    channel = connection.channel()
    error = raises(pika.exceptions.ChannelClosedByBroker, channel.queue_declare, unique("missing"), passive=True)
    equal(error.reply_code, 404)
    channel = connection.channel()
    queue = unique("flags")
    channel.queue_declare(queue, durable=True)
    error = raises(pika.exceptions.ChannelClosedByBroker, channel.queue_declare, queue, durable=False)
    equal(error.reply_code, 406)
    channel = connection.channel()
    channel.queue_delete(queue)
    connection.close()


@check
def wrong_password_is_refused(broker):
    parameters = pika.ConnectionParameters(broker.parameters.host, broker.parameters.port,
                                           credentials=pika.PlainCredentials("guest", "wrong"))
    raises(pika.exceptions.ProbableAuthenticationError, pika.BlockingConnection, parameters)


@check
def consumer_learns_that_its_queue_was_deleted(broker):
    connection = broker.connect()
    channel, other = connection.channel(), connection.channel()
    queue = unique("deleted")
    channel.queue_declare(queue)
    cancelled = []
    channel.add_on_cancel_callback(cancelled.append)
    channel.basic_consume(queue, lambda *_: None)
    other.queue_delete(queue)
    process_until(connection, lambda: cancelled, "basic.cancel")
    connection.close()


@check
def program_goes_on_after_its_connection_broke(broker):
    queue = unique("reconnect")
    connection = broker.connect()
    channel = connection.channel()
    channel.queue_declare(queue, durable=True)
    channel.basic_publish("", queue, b"kept", PERSISTENT)
    true(channel.basic_get(queue)[0] is not None, "taken, not acknowledged")
    connection._impl._transport._sock.shutdown(socket.SHUT_RDWR)  # the cable is cut: no goodbye
    raises(pika.exceptions.AMQPError, connection.process_data_events, 5)
    connection = broker.connect()
    channel = connection.channel()
    (method, _, body), = collect(channel, queue, 1)
    equal((body, method.redelivered), (b"kept", True))
    channel.queue_delete(queue)
    connection.close()


@check
def heartbeats_keep_an_idle_connection(broker):
    parameters = pika.URLParameters(f"{uri_of(broker.parameters)}?heartbeat=1")
    connection = pika.BlockingConnection(parameters)
    channel = connection.channel()
    until = time.monotonic() + 3.5
    while time.monotonic() < until:
        connection.process_data_events(until - time.monotonic())
    true(channel.queue_declare("", exclusive=True).method.queue, "alive after more than two heartbeat intervals")
    connection.close()


def uri_of(parameters):
    credentials = parameters.credentials
    return f"amqp://{credentials.username}:{credentials.password}@{parameters.host}:{parameters.port}/%2F"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--broker", required=True)
    return check.run(Broker(parser.parse_args().broker))


if __name__ == "__main__":
    sys.exit(main())
