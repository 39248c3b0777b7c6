#!/usr/bin/python3
"""Calls services and dispatches events with Nameko's conventions, from the command line; answers in JSON lines.

    nameko_like_client.py --broker URI call SERVICE METHOD [--args '[1]'] [--kwargs '{}'] [--context '{}']
    nameko_like_client.py --broker URI dispatch SOURCE TYPE DATA
    nameko_like_client.py --broker URI listen SOURCE TYPE [--count 1] [--broadcast]

`call` prints {"outcome": "reply" | "unknown service" | "timeout", ...} with the reply's property flags, properties,
headers, routing key and body; `listen` prints `ready`, then one line for each event.
"""

import argparse
import json
import sys

from nameko_conventions import (FLAGS, ReplyTimeout, RpcClient, UnknownService, connect, dispatch_event, drain_until,
                                event_queue, keep_property_flags)


def described(message):
    properties = dict(message.properties)
    flags = properties.pop(FLAGS)
    body = message.body if isinstance(message.body, str) else bytes(message.body).decode()
    return {"flags": f"0x{flags:04x}", "headers": message.headers, "content_type": message.content_type,
            "content_encoding": message.content_encoding, "exchange": message.delivery_info["exchange"],
            "routing_key": message.delivery_info["routing_key"], "properties": properties, "body": body}


def call(arguments):
    client = RpcClient(arguments.broker)
    try:
        reply = client.request(arguments.service, arguments.method, json.loads(arguments.args),
                               json.loads(arguments.kwargs), json.loads(arguments.context), arguments.timeout)
        return {"outcome": "reply", "reply_to": client.identifier, **described(reply)}
    except UnknownService:
        return {"outcome": "unknown service"}
    except ReplyTimeout:
        return {"outcome": "timeout"}
    finally:
        client.close()


def listen(arguments):
    connection = connect(arguments.broker)
    events = []

    def on_event(message):
        message.ack()
        events.append(message)
        print(json.dumps(described(message)), flush=True)

    queue = event_queue(arguments.source, arguments.type, "interop_listener.on_event", arguments.broadcast)
    with connection.Consumer([queue], on_message=on_event) as consumer:
        print("ready", flush=True)
        drain_until(connection, lambda: len(events) >= arguments.count, arguments.timeout, "events")
        if not arguments.broadcast:
            consumer.queues[0].delete()
    connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--broker", required=True)
    parser.add_argument("--timeout", type=float, default=10, help="seconds to wait for a reply or the events")
    commands = parser.add_subparsers(dest="command", required=True)
    caller = commands.add_parser("call")
    caller.add_argument("service")
    caller.add_argument("method")
    caller.add_argument("--args", default="[]")
    caller.add_argument("--kwargs", default="{}")
    caller.add_argument("--context", default="{}")
    dispatcher = commands.add_parser("dispatch")
    listener = commands.add_parser("listen")
    for command in (dispatcher, listener):
        command.add_argument("source")
        command.add_argument("type")
    dispatcher.add_argument("data")
    listener.add_argument("--count", type=int, default=1)
    listener.add_argument("--broadcast", action="store_true")
    arguments = parser.parse_args()

    keep_property_flags()
    if arguments.command == "call":
        print(json.dumps(call(arguments)))
    elif arguments.command == "dispatch":
        connection = connect(arguments.broker)
        dispatch_event(connection, arguments.source, arguments.type, json.loads(arguments.data))
        connection.close()
    else:
        try:
            listen(arguments)
        except ReplyTimeout as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
