#!/usr/bin/python3
"""Checks that a C++ service consumes a queue and publishes to an exchange as kombu's users expect.

    check_messaging.py --broker URI

The service consumes `interop_letters`, bound to the direct exchange `interop_post` by `letter`, and publishes what it
got to the fanout exchange `interop_delivered`.
"""

import sys

from check_list import CheckList, equal, true
from kombu import Exchange, Producer, Queue

from nameko_conventions import STACK_HEADER, connect, drain_until

check = CheckList()
post = Exchange("interop_post", type="direct", durable=True)
delivered = Exchange("interop_delivered", type="fanout", durable=True)


class Bench:
    def __init__(self, arguments):
        self.connection = connect(arguments.broker)
        self.channel = self.connection.channel()

    def receipt_of(self, letter, **options):
        """Sends a letter and waits for what the service publishes about it."""
        receipts = []
        queue = Queue("", exchange=delivered, exclusive=True, auto_delete=True)(self.channel)

        def on_receipt(message):
            message.ack()
            receipts.append(message)

        with self.connection.Consumer([queue], channel=self.channel, on_message=on_receipt):
            Producer(self.channel).publish(letter, exchange=post, routing_key="letter", mandatory=True, **options)
            drain_until(self.connection, lambda: receipts, 20, "the receipt")
        return receipts[0]


@check
def the_topology_is_as_it_was_stated(bench):
    channel = bench.connection.channel()
    for entity in (post, delivered, Queue("interop_letters", exchange=post, routing_key="letter", durable=True)):
        entity(channel).declare()
    channel.close()


@check
def a_message_of_kombu_is_read_and_answered_by_a_message(bench):
    receipt = bench.receipt_of({"to": "Zoë", "pages": [1, 2.5, None]}, correlation_id="c-1")
    equal(receipt.decode(), {"letter": {"to": "Zoë", "pages": [1, 2.5, None]}, "routing_key": "letter"})
    equal((receipt.content_type, receipt.content_encoding), ("application/json", "utf-8"))
    equal(receipt.headers["stamp"], 7)
    equal((receipt.properties["priority"], receipt.properties["delivery_mode"]), (4, 2))
    equal((receipt.properties["expiration"], receipt.properties["correlation_id"]), ("60000", "c-1"))
    equal(receipt.properties["type"], "receipt")


@check
def the_context_of_a_message_goes_on(bench):
    receipt = bench.receipt_of(["hello"], headers={"nameko.language": "nl", STACK_HEADER: ["a.b.c"]})
    equal(receipt.headers["nameko.language"], "nl")
    stack = receipt.headers[STACK_HEADER]
    equal(stack[0], "a.b.c")
    true(stack[1].startswith("cppcourier.on_letter."), f"the worker's own call id, got {stack[1]}")


@check
def text_without_a_type_of_its_own_is_a_text(bench):
    receipt = bench.receipt_of(b"plain", content_type="application/data", content_encoding="binary")
    equal(receipt.decode()["letter"], "plain")


if __name__ == "__main__":
    sys.exit(check.main(__doc__, Bench))
