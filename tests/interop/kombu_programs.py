#!/usr/bin/python3
"""What ordinary kombu programs do with a broker: queues, producers and consumers, RPC, dead letters, reconnecting.

    kombu_programs.py --broker URI
"""

import argparse
import socket
import sys
import uuid

from amqp.exceptions import AccessRefused
from check_list import CheckList, equal, raises, true
from kombu import Connection, Consumer, Exchange, Producer, Queue
from kombu.mixins import ConsumerMixin

check = CheckList()


def unique(name):
    return f"kombu-{name}-{uuid.uuid4().hex}"


def drain(connection, messages, count, within_s=10):
    while len(messages) < count:
        try:
            connection.drain_events(timeout=within_s)
        except socket.timeout:
            raise AssertionError(f"{len(messages)} of {count} messages within {within_s} s") from None


@check
def simple_queue(uri):
    with Connection(uri, transport_options={"confirm_publish": True}) as connection:
        queue = connection.SimpleQueue(unique("simple"))
        for number in range(3):
            queue.put({"number": number})
        equal(queue.qsize(), 3)
        for number in range(3):
            message = queue.get(timeout=10)
            equal(message.payload, {"number": number})
            message.ack()
        raises(queue.Empty, queue.get_nowait)
        queue.close()
        queue.queue.delete()


@check
def simple_buffer_does_not_outlive_its_connection(uri):
    with Connection(uri) as connection:
        buffer = connection.SimpleBuffer(unique("buffer"))
        buffer.put("x")
        equal(buffer.get(timeout=10).payload, "x")
        buffer.close()


@check
def producers_and_consumers_with_several_serializers(uri):
    exchange = Exchange(unique("tasks"), type="direct")
    queue = Queue(unique("tasks"), exchange, routing_key="tasks")
    messages = []

    def on_task(body, message):
        messages.append(body)
        message.ack()

    with Connection(uri) as connection:
        with connection.Producer() as producer:
            for serializer, compression in (("json", None), ("yaml", None), ("json", "zlib")):
                producer.publish({"hello": ["world", None]}, exchange=exchange, routing_key="tasks", declare=[queue],
                                 serializer=serializer, compression=compression, retry=True)
        with connection.Consumer([queue], callbacks=[on_task], accept=["json", "yaml"], prefetch_count=2):
            drain(connection, messages, 3)
        equal(messages, [{"hello": ["world", None]}] * 3)
        queue(connection.default_channel).delete()
        exchange(connection.default_channel).delete()


@check
def exchanges_bound_to_exchanges(uri):
    outer = Exchange(unique("outer"), type="topic")
    inner = Exchange(unique("inner"), type="fanout")
    with Connection(uri) as connection:
        channel = connection.default_channel
        outer(channel).declare()
        inner(channel).declare()
        inner(channel).bind_to(outer, routing_key="a.#")
        queue = Queue(unique("bound"), inner)(channel)
        queue.declare()
        producer = Producer(channel, outer)
        producer.publish("no", routing_key="b.c")
        producer.publish("yes", routing_key="a.b.c")
        messages = []
        with Consumer(channel, [queue], on_message=messages.append, no_ack=True, auto_declare=False):
            drain(connection, messages, 1)
        equal([message.payload for message in messages], ["yes"])
        inner(channel).unbind_from(outer, routing_key="a.#")
        producer.publish("no longer", routing_key="a.b.c")
        equal(queue.get(), None)
        queue.delete()
        outer(channel).delete()
        inner(channel).delete()


@check
def unroutable_mandatory_message_comes_back_before_its_confirm(uri):
    returned = []
    with Connection(uri, transport_options={"confirm_publish": True}) as connection:
        producer = Producer(connection.channel(), on_return=lambda *details: returned.append(details))
        producer.publish("lost", routing_key=unique("nowhere"), mandatory=True)
        equal(len(returned), 1)
        equal(returned[0][0].reply_code, 312)


@check
def reply_to_and_correlation_id(uri):
    class Server(ConsumerMixin):
        def __init__(self, connection, queue):
            self.connection, self.queue = connection, queue

        def get_consumers(self, Consumer, channel):
            return [Consumer([self.queue], on_message=self.on_request, prefetch_count=1)]

        def on_request(self, message):
            Producer(message.channel).publish(
                int(message.payload) * 2, routing_key=message.properties["reply_to"], exchange="",
                correlation_id=message.properties["correlation_id"])
            message.ack()
            self.should_stop = True

    with Connection(uri) as server_connection, Connection(uri) as connection:
        requests = Queue(unique("requests"), auto_delete=True)(server_connection.default_channel)
        requests.declare()
        replies = Queue("", exclusive=True)(connection.default_channel)
        replies.declare()
        connection.Producer().publish(21, exchange="", routing_key=requests.name, reply_to=replies.name,
                                      correlation_id="c-1")
        Server(server_connection, requests).run()
        answers = []
        with connection.Consumer([replies], on_message=answers.append, auto_declare=False):
            drain(connection, answers, 1)
        equal((answers[0].payload, answers[0].properties["correlation_id"]), (42, "c-1"))


@check
def message_ttl_and_dead_letter_queue(uri):
    with Connection(uri) as connection:
        channel = connection.default_channel
        dead = Queue(unique("dead"), exclusive=True)(channel)
        dead.declare()
        late = Queue(unique("late"), exclusive=True, queue_arguments={
            "x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead.name})(channel)
        late.declare()
        connection.Producer().publish("late", exchange="", routing_key=late.name, expiration=0.1)
        messages = []
        with connection.Consumer([dead], on_message=messages.append, no_ack=True):
            drain(connection, messages, 1)
        equal(messages[0].payload, "late")
        equal(messages[0].headers["x-death"][0]["reason"], "expired")
        equal(messages[0].headers["x-death"][0]["original-expiration"], "100")


@check
def messages_keep_their_order(uri):
    with Connection(uri) as connection:
        queue = connection.SimpleQueue(unique("order"))
        for number in range(500):
            queue.put(number)
        received = []
        for _ in range(500):
            message = queue.get(timeout=10)
            received.append(message.payload)
            message.ack()
        equal(received, list(range(500)))
        queue.close()
        queue.queue.delete()


@check
def ensured_publish_reconnects(uri):
    with Connection(uri) as connection:
        queue = Queue(unique("ensured"))(connection.default_channel)
        queue.declare()
        producer = connection.Producer()
        connection.connection.transport.sock.shutdown(socket.SHUT_RDWR)  # the cable is cut
        policy = {"max_retries": 3, "interval_start": 0, "interval_step": 0.1}
        producer.publish("after all", exchange="", routing_key=queue.name, retry=True, retry_policy=policy)
        again = Queue(queue.name)(connection.default_channel)
        message = again.get(no_ack=True)
        true(message is not None, "published on a new connection")
        equal(message.payload, "after all")
        again.delete()


@check
def refused_login_is_an_error(uri):
    scheme, _, rest = uri.partition("://")
    wrong = f"{scheme}://guest:wrong@{rest.rpartition('@')[2]}"
    with Connection(wrong, connect_timeout=5) as connection:
        raises(AccessRefused, connection.connect)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--broker", required=True)
    uri = parser.parse_args().broker
    return check.run(uri.replace("amqp://", "pyamqp://", 1) if uri.startswith("amqp://") else uri)


if __name__ == "__main__":
    sys.exit(main())
