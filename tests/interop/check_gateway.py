#!/usr/bin/python3
"""Checks that `hiratake gateway` publishes the methods of a service in Python that keeps Nameko's conventions, and
those of one in C++ that describes itself.

    check_gateway.py PROGRAM CPP_SERVICE --broker URI [--validate COMMAND...]

nameko_like_service.py runs as `pyecho`; CPP_SERVICE is started on the way. The command of --validate finds the OpenAPI
document as the file `openapi` in its folder, and exits with 0 if it is valid, with 77 if it cannot tell.
"""

import argparse
import http.client
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from check_list import CheckList, equal, true

CONFIG = """
WEB_SERVER_ADDRESS: 127.0.0.1:0
gateway:
  refresh: 1
  routes:
    - {method: POST, path: /python/add, rpc: pyecho.add}
    - {path: "/python/echo/{value}", rpc: pyecho.echo}
    - {path: /python/context, rpc: pyecho.context}
    - {method: POST, path: /python/fail, rpc: pyecho.fail, errors: {ValueError: 409}}
    - {method: POST, path: /python/crash, rpc: pyecho.fail}
    - {method: PUT, path: /python/nothing, rpc: pyecho.nothing}
    - {path: /cpp/add, rpc: cppecho.add}
    - {method: POST, path: /cpp/echo, rpc: cppecho.echo, status: 202}
    - {method: DELETE, path: "/python/{value}", rpc: pyecho.echo, status: 204}
"""
check = CheckList()


class Process:
    """A program of ours, until it is told to stop. Its errors are read to know what it does."""

    def __init__(self, *command):
        self.errors = tempfile.NamedTemporaryFile("w+", suffix=".log")
        self.process = subprocess.Popen(command, stderr=self.errors, stdout=subprocess.DEVNULL)

    def log(self):
        return Path(self.errors.name).read_text(encoding="utf-8")

    def wait_for(self, pattern):
        found = []
        await_that(lambda: found.append(re.search(pattern, self.log())) or found[-1], pattern)
        return found[-1]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


class Bench:
    def __init__(self, arguments):
        self.arguments = arguments
        self.config = tempfile.NamedTemporaryFile("w", suffix=".yaml")
        self.config.write(CONFIG)
        self.config.flush()
        self.gateway = Process(arguments.program, "gateway", "--config", self.config.name, "--broker", arguments.broker)
        self.port = int(self.gateway.wait_for(r"serves HTTP on http://127\.0\.0\.1:(\d+)").group(1))
        self.gateway.wait_for(r"pyecho does not describe its methods")

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, None if body is None else json.dumps(body),
                           {**({} if body is None else {"Content-Type": "application/json"}), **(headers or {})})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, json.loads(text) if text else None

    def document(self):
        status, document = self.send("GET", "/openapi.json")
        equal(status, 200)
        return document


def await_that(condition, what, within_s=30):
    deadline = time.monotonic() + within_s
    while not condition():
        true(time.monotonic() < deadline, f"not within {within_s} s: {what}")
        time.sleep(0.05)


@check
def arguments_go_to_a_service_without_a_description_as_they_are(bench):
    equal(bench.send("POST", "/python/add", {"value": 2, "other": 40}), (200, 42))
    equal(bench.send("POST", "/python/add", {"value": 2}), (200, 12))
    equal(bench.send("GET", "/python/echo/5"), (200, "5"))
    equal(bench.send("GET", "/python/echo/%C3%BC"), (200, "ü"))


@check
def results_are_json_as_they_are(bench):
    equal(bench.send("POST", "/python/add", {"value": [1, {"a": None}], "other": ["ü", 2**70]}),
          (200, [1, {"a": None}, "ü", 2**70]))
    equal(bench.send("DELETE", "/python/17", headers={"Accept": "text/html"}), (204, None))


@check
def the_request_is_the_origin_of_the_call(bench):
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    status, context = bench.send("GET", "/python/context",
                                 headers={"X-Request-ID": "request-7", "traceparent": parent})
    equal((status, context["traceparent"]), (200, parent))
    stack = context["call_id_stack"]
    equal(stack[0], "request-7")
    true(stack[1].startswith("gateway.pyecho.context."), stack[1])


@check
def errors_have_their_status(bench):
    status, problem = bench.send("POST", "/python/fail", {"message": "no such thing"})
    equal((status, problem["title"], problem["detail"]), (409, "Conflict", "no such thing"))
    status, problem = bench.send("POST", "/python/crash", {"message": "secret"})
    equal(status, 500)
    true("secret" not in json.dumps(problem), problem)
    true(problem["call_id"] in bench.gateway.log(), "the log knows the call id")
    status, problem = bench.send("POST", "/python/add", {"number": 2})
    equal(status, 422)
    true("number" in problem["detail"] or "value" in problem["detail"], problem["detail"])
    equal(bench.send("PUT", "/python/nothing", {})[0], 502)
    equal(bench.send("POST", "/python/add", [1])[0], 422)


@check
def a_service_becomes_known_when_it_comes(bench):
    equal(bench.send("GET", "/cpp/add?value=1")[0], 503)
    parameters = bench.document()["paths"]["/cpp/add"]["get"]["parameters"]
    equal([each["name"] for each in parameters], ["arguments"], "an object of anything")
    bench.service = Process(bench.arguments.cpp_service, "run", "--broker", bench.arguments.broker)
    bench.gateway.wait_for(r"cppecho has described its methods")
    parameters = bench.document()["paths"]["/cpp/add"]["get"]["parameters"]
    equal([(each["name"], each["in"], each["schema"]["type"]) for each in parameters],
          [("value", "query", "integer"), ("other", "query", "integer")])
    equal(bench.send("GET", "/cpp/add?value=1"), (200, 11))
    equal(bench.send("GET", "/cpp/add?value=1&other=2"), (200, 3))
    equal(bench.send("GET", "/cpp/add?value=x")[1]["errors"],
          [{"path": "query.value", "problem": "got 'x'", "expected": "an integer"}])
    equal(bench.send("POST", "/cpp/echo", {"value": {"a": [1]}}), (202, {"a": [1]}))


@check
def the_document_is_valid(bench):
    if not bench.arguments.validate:
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "openapi").write_text(json.dumps(bench.document()), encoding="utf-8")
        outcome = subprocess.run(bench.arguments.validate, cwd=folder, capture_output=True, text=True, check=False)
    true(outcome.returncode in (0, 77), outcome.stdout + outcome.stderr)


@check
def a_service_is_found_again_when_it_comes_back(bench):
    bench.service.stop()
    bench.service = Process(bench.arguments.cpp_service, "run", "--broker", bench.arguments.broker)
    equal(bench.send("GET", "/cpp/add?value=1"), (200, 11), "the call waits in the queue")


@check
def it_ends_in_order(bench):
    equal(bench.service.stop(), 0, bench.service.log())
    equal(bench.gateway.stop(), 0, bench.gateway.log())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("cpp_service")
    parser.add_argument("--broker", required=True)
    parser.add_argument("--validate", nargs="+", default=[])
    arguments = parser.parse_args()
    bench = Bench(arguments)
    try:
        return check.run(bench)
    finally:
        for process in (bench.gateway, getattr(bench, "service", None)):
            if process and process.process.poll() is None:
                process.process.kill()


if __name__ == "__main__":
    sys.exit(main())
