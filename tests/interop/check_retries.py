#!/usr/bin/python3
"""Checks that a C++ service and a Nameko service with nameko-amqp-retry can share a queue: each tries again what the
other has failed at.

    check_retries.py --broker URI

The service consumes `interop_fragile` with delays of 300 ms and 3 s. It tells the fanout exchange `interop_delivered`
of each attempt and fails at as many as the letter says. The peer here is nameko-amqp-retry 0.7.1's BackoffPublisher in
kombu's terms.
"""

import sys

from check_list import CheckList, equal, true
from kombu import Exchange, Producer, Queue

from nameko_conventions import STACK_HEADER, call_id, connect, drain_until

check = CheckList()
QUEUE = "interop_fragile"
delivered = Exchange("interop_delivered", type="fanout", durable=True)
backoff = Exchange("backoff", type="headers")


def backoff_queue(delay_ms):
    return Queue(f"backoff--{delay_ms}ms", exchange=backoff,
                 queue_arguments={"x-expires": delay_ms + 5000, "x-dead-letter-exchange": ""},
                 binding_arguments={"backoff": delay_ms, "x-match": "any"})


def attempts_by_x_death(headers):
    """As the Backoff of nameko-amqp-retry counts them."""
    return sum(death["count"] for death in headers.get("x-death", ()) if death["exchange"] == backoff.name)


class Bench:
    def __init__(self, arguments):
        self.connection = connect(arguments.broker)
        self.channel = self.connection.channel()
        self.receipts = []
        queue = Queue("", exchange=delivered, exclusive=True, auto_delete=True)(self.channel)
        self.connection.Consumer([queue], channel=self.channel, no_ack=True,
                                 on_message=lambda message: self.receipts.append(message.decode())).consume()

    def send(self, letter, **options):
        self.receipts.clear()
        Producer(self.channel).publish(letter, routing_key=QUEUE, mandatory=True, **options)

    def wait_for(self, count):
        drain_until(self.connection, lambda: len(self.receipts) >= count, 20, f"attempt {count}")
        return self.receipts

    def take(self, queue, arguments=None):
        """The next message of a queue that others may consume, too: this consumer comes first."""
        found = []
        channel = self.connection.channel()
        queue = Queue(queue, no_declare=True, consumer_arguments=arguments)(channel)
        with self.connection.Consumer([queue], channel=channel, prefetch_count=1, no_ack=True,
                                      on_message=found.append):
            drain_until(self.connection, lambda: found, 20, f"a message of {queue.name}")
        channel.close()
        return found[0]


@check
def a_message_that_failed_comes_again_with_its_attempts_counted(bench):
    bench.send({"failures": 1}, headers={STACK_HEADER: ["a.b.c"], "nameko.language": "nl"}, correlation_id="c-1")
    first, second = bench.wait_for(2)
    equal((first["attempt"], second["attempt"]), (1, 2))
    equal(second["letter"], {"failures": 1})
    equal(second["headers"]["nameko.language"], "nl")
    stack = second["headers"][STACK_HEADER]
    equal(stack[0], "a.b.c")
    true(stack[1].startswith("cppcourier.on_fragile.") and stack[1].endswith(".backoff"), f"got {stack}")
    equal(attempts_by_x_death(second["headers"]), 1)
    equal(second["headers"]["backoff"], 300)


@check
def the_peer_finds_exchange_and_queue_as_it_would_declare_them(bench):
    bench.send({"failures": 1})
    bench.wait_for(1)
    channel = bench.connection.channel()
    backoff(channel).declare()
    backoff_queue(300)(channel).declare()
    bench.wait_for(2)
    channel.close()


@check
def the_peer_tries_again_what_the_service_failed_at(bench):
    bench.send({"failures": 2})
    bench.wait_for(2)
    message = bench.take(QUEUE, {"x-priority": 10})
    equal(message.decode(), {"failures": 2})
    equal(attempts_by_x_death(message.headers), 2)
    equal(message.headers["backoff"], 3000)
    equal((message.delivery_info["exchange"], message.delivery_info["routing_key"]), ("", QUEUE))


@check
def the_service_tries_again_what_the_peer_failed_at(bench):
    bench.receipts.clear()
    delay_ms = 200
    queue = backoff_queue(delay_ms)(bench.channel)
    failed = call_id("pycourier", "on_fragile") + ".backoff"
    Producer(bench.channel).publish(
        {"failures": 0}, exchange=backoff, routing_key=QUEUE, mandatory=True, declare=[backoff, queue],
        headers={"backoff": delay_ms, STACK_HEADER: [failed]}, expiration=delay_ms / 1000)
    receipt = bench.wait_for(1)[0]
    equal((receipt["attempt"], receipt["headers"][STACK_HEADER]), (2, [failed]))


@check
def attempts_of_both_count_towards_the_limit(bench):
    deaths = [{"exchange": "backoff", "queue": "backoff--300ms", "count": 2, "reason": "expired"}]
    bench.send({"failures": 9}, headers={"x-death": deaths})
    equal(bench.wait_for(1)[0]["attempt"], 3)
    parked = bench.take(f"{QUEUE}.parked")
    equal(parked.decode(), {"failures": 9})
    equal((parked.headers["hiratake.attempts"], parked.headers["hiratake.queue"]), (3, QUEUE))
    equal(parked.headers["hiratake.error_type"], "std.runtime_error")
    equal(parked.headers["hiratake.error_message"], "broken")


if __name__ == "__main__":
    sys.exit(check.main(__doc__, Bench))
