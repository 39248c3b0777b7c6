#!/usr/bin/python3
"""Checks that exceptions travel between C++ services and Nameko services in both directions, with types and details.

    check_errors.py --broker URI

`cppbank` offers withdraw(account, cents), which throws its exception interop_bank.InsufficientFunds, and two methods
that call `interop_bank.withdraw`, which this program plays: explain() catches that exception, pass_on() lets everything
out.
"""

import json
import sys

from check_list import CheckList, equal

from nameko_conventions import RpcClient, connect, drain_until, error_object, played_service

check = CheckList()
PATH = "interop_bank.InsufficientFunds"


class InsufficientFunds(Exception):
    pass


class Bench:
    def __init__(self, arguments):
        self.client = RpcClient(arguments.broker)
        self.connection = connect(arguments.broker)

    def call(self, method, *args):
        return self.client.send("cppbank", method, json.dumps({"args": args, "kwargs": {}}))

    def outcome(self, sent):
        return json.loads(self.client.receive(sent).body)

    def outcome_when_the_peer_fails(self, method, error):
        with played_service(self.connection, "interop_bank", error=error) as requests:
            sent = self.call(method)
            drain_until(self.connection, lambda: requests, 20, "the service's request")
            return self.outcome(sent)


@check
def an_exception_of_the_service_has_its_text_and_its_details(bench):
    equal(bench.outcome(bench.call("withdraw", "4711", 300))["error"],
          {"exc_type": "InsufficientFunds", "exc_path": PATH, "value": "3 EUR are missing",
           "exc_args": ["3 EUR are missing", {"account": "4711", "missing_cents": 300}]})


@check
def an_exception_of_the_peer_is_caught_as_its_type(bench):
    details = {"account": "4711", "missing_cents": 300}
    for arguments in (("no", details), (details,), ("4711", 300)):
        outcome = bench.outcome_when_the_peer_fails("explain", error_object(InsufficientFunds(*arguments), PATH))
        equal(outcome, {"result": "4711 lacks 300", "error": None}, f"raised with {arguments}")


@check
def an_exception_of_the_peer_goes_on_as_its_type(bench):
    raised = error_object(InsufficientFunds("no", {"account": "4711", "missing_cents": 300}), PATH)
    error = bench.outcome_when_the_peer_fails("pass_on", raised)["error"]
    equal((error["exc_path"], error["exc_args"]), (PATH, ["no", {"account": "4711", "missing_cents": 300}]))
    equal(error["origin"]["service"], "interop_bank")


@check
def others_go_on_as_nameko_lets_them(bench):
    error = bench.outcome_when_the_peer_fails("pass_on", error_object(ValueError("bad")))["error"]
    equal((error["exc_path"], error["exc_args"], error["value"]),
          ("nameko.exceptions.RemoteError", ["ValueError", "bad"], "ValueError bad"))
    missing = {"exc_type": "MethodNotFound", "exc_path": "nameko.exceptions.MethodNotFound", "exc_args": ["withdraw"],
               "value": "withdraw"}
    error = bench.outcome_when_the_peer_fails("pass_on", missing)["error"]
    equal({name: error[name] for name in missing}, missing)


if __name__ == "__main__":
    sys.exit(check.main(__doc__, Bench))
