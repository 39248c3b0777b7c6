"""A list of named checks that a program runs one after the other; each prints `ok NAME` or `not ok NAME`."""

import argparse
import sys
import traceback


class CheckList:
    def __init__(self):
        self.checks = []

    def __call__(self, function):
        self.checks.append(function)
        return function

    def run(self, *arguments, skip=()):
        """Runs all checks but those in skip and returns the program's exit code: 1 if one failed."""
        failed = 0
        for check in self.checks:
            name = check.__name__
            if name in skip:
                print(f"skipped {name}", flush=True)
                continue
            try:
                check(*arguments)
                print(f"ok {name}", flush=True)
            except Exception:  # a failed check must not keep the others from running
                failed += 1
                print(f"not ok {name}", flush=True)
                traceback.print_exc(file=sys.stdout)
        print(f"{len(self.checks) - failed - len(skip)} passed, {failed} failed", flush=True)
        return 1 if failed else 0

    def main(self, doc, make_bench):
        """The main function of a program whose checks need a broker alone: --broker URI."""
        parser = argparse.ArgumentParser(description=doc.split("\n", maxsplit=1)[0])
        parser.add_argument("--broker", required=True)
        return self.run(make_bench(parser.parse_args()))


def equal(actual, expected, what=""):
    if actual != expected:
        raise AssertionError(f"{what or 'value'}: expected {expected!r}, got {actual!r}")


def true(condition, what):
    if not condition:
        raise AssertionError(what)


def raises(kind, function, *arguments, **named):
    try:
        function(*arguments, **named)
    except kind as error:
        return error
    raise AssertionError(f"expected {kind.__name__}, nothing was raised")
