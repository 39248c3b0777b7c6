#!/usr/bin/python3
"""Writes the Python client of a running service with `hiratake stub`, and calls the service by it.

    check_stub.py HIRATAKE --broker URI

Below the client lies a stand-in for Nameko's ClusterRpcProxy, over kombu.
"""

import importlib.util
import json
import py_compile
import subprocess
import sys
import tempfile
import types
from pathlib import Path

from check_list import equal, raises

from nameko_conventions import RpcClient

SERVICE = "test_stub_workshop"

# Nameko's, as far as the client needs it.
exceptions = types.ModuleType("nameko.exceptions")
exceptions.registry = {}
sys.modules.update({"nameko": types.ModuleType("nameko"), "nameko.exceptions": exceptions})


class Reply:
    def __init__(self, client, correlation_id):
        self.client, self.correlation_id = client, correlation_id

    def result(self):
        reply = json.loads(self.client.receive(self.correlation_id).body)
        if reply["error"]:
            known = exceptions.registry.get(reply["error"]["exc_path"])
            raise known(*reply["error"]["exc_args"]) if known else RuntimeError(reply["error"]["value"])
        return reply["result"]


class Method:
    """As nameko.rpc.MethodProxy: called, or called without waiting."""

    def __init__(self, client, name):
        self.client, self.name = client, name

    def call_async(self, *args, **kwargs):
        body = json.dumps({"args": args, "kwargs": kwargs})
        return Reply(self.client, self.client.send(SERVICE, self.name, body))

    def __call__(self, *args, **kwargs):
        return self.call_async(*args, **kwargs).result()


class ServiceProxy:
    def __init__(self, client):
        self._client = client

    def __getattr__(self, name):
        return Method(self._client, name)


def load(path):
    specification = importlib.util.spec_from_file_location("workshop_client", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def main():
    program, broker = sys.argv[1], sys.argv[sys.argv.index("--broker") + 1]
    stub = subprocess.run([program, "stub", SERVICE, "--lang", "python", "--broker", broker], capture_output=True,
                          text=True, check=True, timeout=60)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workshop_client.py"
        path.write_text(stub.stdout, encoding="utf-8")
        py_compile.compile(str(path), doraise=True)
        module = load(path)
    client = RpcClient(broker)
    workshop = module.Client(ServiceProxy(client))
    part = workshop.build("frame")
    equal(part["count"], 2, "the default")
    equal(workshop.weigh(part), 10, "a lone dict as the argument")
    equal(workshop.mix({"colour": "red"}, "green"), "red and another", "an enumeration")
    equal(workshop.classify(), '<"none"\n>', "a keyword as a parameter's name")
    equal(workshop.close(), None, "a method without a result")
    reply = workshop.build.call_async("frame", count=4)
    equal(reply.result()["count"], 4, "a call without waiting")
    raises(RuntimeError, lambda: workshop.refuse("no wood"))
    raises(module.Closed, lambda: workshop.take("screw", 0))
    error = raises(module.OutOfStock, lambda: workshop.take("screw", 3))
    equal((str(error), error.details), ("too few", {"part": "screw", "count": 3}), "an exception's details")
    equal(module.Part.__annotations__.keys() >= {"name", "count", "parts"}, True, "the fields of a struct")
    client.close()


if __name__ == "__main__":
    main()
