#!/usr/bin/python3
"""The echo as Nameko has it, written on kombu with its conventions: exchange, queues, headers, and what is confirmed.

    kombu/echo.py serve URI [prefetch=N]
    kombu/echo.py call URI [in_flight=N] [seconds=N] [rate=N] [text_bytes=N]
    kombu/echo.py first URI -- COMMAND...             starts the service

Persistent messages with `confirm_publish`, which waits for each confirm, as Nameko does unless told otherwise; each
request is acknowledged after its reply. Consumes on one connection and publishes on another, as Nameko does.
"""

import json
import resource
import socket
import subprocess
import sys
import time
import uuid

from kombu import Connection, Consumer, Exchange, Producer, Queue

SERVICE = "bench_kombu"
EXCHANGE = Exchange("nameko-rpc", type="topic", durable=True)
WARM_UP_SHARE = 0.2
ENDS_WITHIN_S = 10
ANSWERS_WITHIN_S = 60


def connect(uri):
    connection = Connection(uri, transport_options={"confirm_publish": True})
    connection.connect()
    return connection


def serve(uri, options):
    queue = Queue(f"rpc-{SERVICE}", exchange=EXCHANGE, routing_key=f"{SERVICE}.*", durable=True)
    producer = Producer(connect(uri).channel(), exchange=EXCHANGE, serializer="json", auto_declare=False)
    connection = connect(uri)

    def answer(body, message):
        text, _ = body["args"]
        producer.publish({"result": text, "error": None}, routing_key=message.properties["reply_to"],
                         correlation_id=message.properties["correlation_id"], delivery_mode=2)
        message.ack()

    with Consumer(connection.channel(), queues=[queue], callbacks=[answer], accept=["json"],
                  prefetch_count=int(options["prefetch"])):
        print("serving", flush=True)
        while True:
            connection.drain_events()


class Caller:
    def __init__(self, uri, text):
        self.arguments = {"args": [text, 42], "kwargs": {}}
        self.reply_id = str(uuid.uuid4())
        queue = Queue(f"rpc.reply-bench-{self.reply_id}", exchange=EXCHANGE, routing_key=self.reply_id,
                      queue_arguments={"x-expires": 300_000}, durable=True)
        self.producer = Producer(connect(uri).channel(), exchange=EXCHANGE, serializer="json", auto_declare=False)
        self.connection = connect(uri)
        self.ended = []
        self.consumer = Consumer(self.connection.channel(), queues=[queue], callbacks=[self.take_in], accept=["json"])
        self.consumer.consume()

    def take_in(self, body, message):
        message.ack()
        if body["error"]:
            raise RuntimeError(f"a call failed: {body['error']}")
        self.ended.append((int(message.properties["correlation_id"]), time.perf_counter()))

    def start(self, number):
        headers = {"nameko.call_id_stack": [f"standalone_rpc_proxy.call.{self.reply_id}"]}
        self.producer.publish(self.arguments, routing_key=f"{SERVICE}.echo", reply_to=self.reply_id,
                              correlation_id=str(number), headers=headers, delivery_mode=2)

    def wait(self, timeout_s=None):
        """What has ended, waiting for it until then."""
        try:
            if not self.ended:
                self.connection.drain_events(timeout=timeout_s)
        except socket.timeout:
            pass
        ended, self.ended = self.ended, []
        return ended


class Figures:
    def __init__(self):
        self.latencies_s = []
        self.in_all = 0
        self.cpu_s_before = self.cpu_s()

    @staticmethod
    def cpu_s():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

    def print(self, measured_s):
        latencies = sorted(self.latencies_s)
        if not latencies:
            sys.exit("nothing ended in the measured time")

        def percentile_us(share):
            return round(latencies[int(share * (len(latencies) - 1))] * 1e6, 2)
        print(json.dumps({"per_second": len(latencies) / measured_s, "p50_us": percentile_us(0.5),
                          "p99_us": percentile_us(0.99), "p999_us": percentile_us(0.999), "measured": len(latencies),
                          "in_all": self.in_all, "seconds": measured_s,
                          "client_cpu_s": self.cpu_s() - self.cpu_s_before}))


def closed_loop(caller, in_flight, seconds):
    figures, began = Figures(), {}

    def start(number):
        began[number] = time.perf_counter()
        caller.start(number)
    for number in range(in_flight):
        start(number)
    measured_from = time.perf_counter() + seconds * WARM_UP_SHARE
    until = measured_from + seconds
    under_way = in_flight
    while under_way:
        for number, at in caller.wait():
            figures.in_all += 1
            if measured_from <= at < until:
                figures.latencies_s.append(at - began[number])
            if at < until:
                start(number)
            else:
                under_way -= 1
    figures.print(seconds)


def open_loop(caller, rate, seconds):
    figures = Figures()
    in_all, not_measured = int(rate * seconds * (1 + WARM_UP_SHARE)), int(rate * seconds * WARM_UP_SHARE)
    begin = last_end = time.perf_counter()
    sent = 0
    while figures.in_all < in_all:
        while sent < in_all and begin + sent / rate <= time.perf_counter():
            caller.start(sent)
            sent += 1
        until = begin + (sent / rate if sent < in_all else in_all / rate + ENDS_WITHIN_S)
        for number, at in caller.wait(max(1e-6, until - time.perf_counter())):
            figures.in_all += 1
            last_end = at
            if number >= not_measured:
                figures.latencies_s.append(at - begin - number / rate)
        if time.perf_counter() > begin + in_all / rate + ENDS_WITHIN_S:
            sys.exit(f"{in_all - figures.in_all} calls have not ended within {ENDS_WITHIN_S} s")
    figures.print(last_end - begin - not_measured / rate)


def first(uri, command):
    caller = Caller(uri, "hello")
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as service:
        number = 0
        while not caller.wait(0.001):
            caller.start(number)
            number += 1
            if service.poll() is not None or time.perf_counter() > began + ANSWERS_WITHIN_S:
                sys.exit("the service does not answer")
        print(json.dumps({"first_reply_ms": (time.perf_counter() - began) * 1000}))
        service.terminate()


def main():
    mode, uri, *rest = sys.argv[1:]
    if mode == "first":
        return first(uri, rest[rest.index("--") + 1:])
    defaults = {"in_flight": 1, "seconds": 1, "rate": 0, "text_bytes": 5, "prefetch": 1000}
    options = {**defaults, **{name: float(value) for name, value in (each.split("=") for each in rest)}}
    if mode == "serve":
        return serve(uri, options)
    caller = Caller(uri, "h" * int(options["text_bytes"]))
    if options["rate"]:
        return open_loop(caller, options["rate"], options["seconds"])
    return closed_loop(caller, int(options["in_flight"]), options["seconds"])


if __name__ == "__main__":
    main()
