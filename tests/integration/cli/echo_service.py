"""A service that speaks Nameko's conventions, over pika, for one test at a time. It knows the methods of the reference
scenario and a few that fail; what it was asked is kept in `requests`, events of the service `payments` in `events`."""

import json
import operator
import queue
import threading

import pika

RPC_EXCHANGE = "nameko-rpc"
OPERATIONS = {"sum": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.floordiv}


class EchoService:
    def __init__(self, port):
        self.requests = queue.Queue()
        self.events = queue.Queue()
        parameters = pika.ConnectionParameters("127.0.0.1", port)
        self.connection = pika.BlockingConnection(parameters)
        self.channel = self.connection.channel()
        self.channel.exchange_declare(RPC_EXCHANGE, "topic", durable=True)
        for service in ("compute", "mail"):
            self._consume(f"rpc-{service}", RPC_EXCHANGE, f"{service}.*", self._on_request)
        self.channel.exchange_declare("payments.events", "topic", durable=True)
        self._consume("events", "payments.events", "#", self._on_event)
        self.thread = threading.Thread(target=self.channel.start_consuming)
        self.thread.start()

    def stop(self):
        self.connection.add_callback_threadsafe(self.channel.stop_consuming)
        self.thread.join()
        self.connection.close()

    def _consume(self, name, exchange, key, handler):
        self.channel.queue_declare(name, durable=True)
        self.channel.queue_bind(name, exchange, key)
        self.channel.basic_consume(name, handler, auto_ack=True)

    def _on_event(self, channel, delivery, properties, body):
        self.events.put((delivery.routing_key, json.loads(body)))

    def _on_request(self, channel, delivery, properties, body):
        method = delivery.routing_key.rpartition(".")[2]
        request = json.loads(body)
        self.requests.put((delivery.routing_key, request["args"], request["kwargs"]))
        if method == "never":
            return
        result, error = None, None
        try:
            result = getattr(self, method)(*request["args"], **request["kwargs"])
        except ValueError as problem:
            error = {"exc_type": "ValueError", "exc_path": "builtins.ValueError", "exc_args": [str(problem)],
                     "value": str(problem)}
        except AttributeError:
            error = {"exc_type": "MethodNotFound", "exc_path": "nameko.exceptions.MethodNotFound", "exc_args": [method],
                     "value": method}
        channel.basic_publish(RPC_EXCHANGE, properties.reply_to, json.dumps({"result": result, "error": error}),
                              pika.BasicProperties("application/json", "utf-8",
                                                   correlation_id=properties.correlation_id))

    def send(self, to, subject, contents):
        return None

    def compute(self, operation, value, other, email):
        if operation not in OPERATIONS:
            raise ValueError("bad operation")
        return OPERATIONS[operation](value, other)

    def echo(self, *args, **kwargs):
        return {"args": args, "kwargs": kwargs}
