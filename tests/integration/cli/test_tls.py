"""TLS from end to end: `hiratake broker`, `hiratake call`, pika, and a login with a client's certificate on RabbitMQ.
Arguments: the program, the folder with the certificates."""

import json
import os
import re
import ssl
import subprocess
import sys
import unittest
import urllib.request
import uuid

import pika

PROGRAM = sys.argv.pop(1)
CERTIFICATES = sys.argv.pop(1)
CA = f"{CERTIFICATES}/ca.pem"
CLIENT = f"certfile={CERTIFICATES}/client.pem&keyfile={CERTIFICATES}/client-key.pem"


def call(uri):
    """Calls a service that is not there, whose error says that everything before it went well."""
    outcome = subprocess.run([PROGRAM, "call", "--broker", uri, "nobody.home"], capture_output=True, text=True,
                             timeout=60)
    return outcome.returncode, outcome.stderr


class TlsTest(unittest.TestCase):
    def assert_reached(self, uri):
        code, errors = call(uri)
        self.assertEqual(code, 1)
        self.assertTrue(errors.startswith("UnknownService: "), errors)

    def assert_refused(self, uri, *texts):
        code, errors = call(uri)
        self.assertEqual((code, errors.count("\n")), (1, 1), errors)
        for text in texts:
            self.assertIn(text, errors)


class BrokerProgram(TlsTest):
    def start_broker(self, *options):
        broker = subprocess.Popen([PROGRAM, "broker", "--listen", "127.0.0.1:0", "--tls-certificate",
                                   f"{CERTIFICATES}/server.pem", "--tls-key", f"{CERTIFICATES}/server-key.pem",
                                   *options], stderr=subprocess.PIPE, text=True)
        self.addCleanup(broker.communicate)
        self.addCleanup(broker.terminate)
        return re.search(r":(\d+)", broker.stderr.readline()).group(1)

    def test_is_verified_by_our_client(self):
        port = self.start_broker()
        self.assert_reached(f"amqps://localhost:{port}/?cacertfile={CA}")
        self.assert_refused(f"amqps://localhost:{port}/", f"localhost:{port}", "certificate", "cacertfile")
        self.assert_refused(f"amqps://localhost:{port}/?cacertfile={CERTIFICATES}/elsewhere.pem", "certificate")
        self.assert_refused(f"amqps://localhost:{port}/?cacertfile={CA}&server_name_indication=broker.example",
                            "broker.example")

    def test_lets_in_only_certificates_of_its_authority_when_it_is_given_one(self):
        port = self.start_broker("--tls-client-ca", CA)
        self.assert_reached(f"amqps://localhost:{port}/?cacertfile={CA}&{CLIENT}")
        self.assert_refused(f"amqps://localhost:{port}/?cacertfile={CA}", "certificate", "certfile")

    def test_is_spoken_to_by_pika(self):
        port = self.start_broker("--tls-client-ca", CA)
        context = ssl.create_default_context(cafile=CA)
        context.load_cert_chain(f"{CERTIFICATES}/client.pem", f"{CERTIFICATES}/client-key.pem")
        connection = pika.BlockingConnection(pika.ConnectionParameters(
            host="localhost", port=int(port), ssl_options=pika.SSLOptions(context, "localhost")))
        channel = connection.channel()
        channel.confirm_delivery()
        queue = channel.queue_declare("", exclusive=True).method.queue
        body = bytes(1_000_000)
        channel.basic_publish("", queue, body, mandatory=True)
        self.assertEqual(channel.basic_get(queue, auto_ack=True)[2], body)
        connection.close()


@unittest.skipUnless("HIRATAKE_TEST_RABBITMQ" in os.environ, "needs a RabbitMQ of tests/support/rabbitmq.sh")
class RabbitMq(TlsTest):
    USER = "hiratake-test-client"  # the common name in the client's certificate

    def manage(self, method, path, **fields):
        url = f"http://127.0.0.1:{self.port + 3}/api/{path}"
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, "guest", "guest")
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))
        opener.open(urllib.request.Request(url, json.dumps(fields).encode(), {"Content-Type": "application/json"},
                                           method=method), timeout=60).close()

    def setUp(self):
        self.port = int(re.search(r":(\d+)/", os.environ["HIRATAKE_TEST_RABBITMQ"]).group(1))
        self.vhost = f"test-{uuid.uuid4()}"
        self.manage("PUT", f"vhosts/{self.vhost}")
        self.addCleanup(self.manage, "DELETE", f"vhosts/{self.vhost}")
        self.manage("PUT", f"users/{self.USER}", password_hash="", tags="")
        self.addCleanup(self.manage, "DELETE", f"users/{self.USER}")
        self.manage("PUT", f"permissions/{self.vhost}/{self.USER}", configure=".*", write=".*", read=".*")

    def uri(self, *parameters):
        query = "&".join([f"cacertfile={CA}", *parameters])
        return f"amqps://localhost:{self.port + 4}/{self.vhost}?{query}"

    def test_logs_in_whom_the_certificate_names(self):
        self.assert_reached(self.uri("auth_mechanism=external", CLIENT))

    def test_refuses_external_without_a_certificate(self):
        self.assert_refused(self.uri("auth_mechanism=external"), "EXTERNAL")


if __name__ == "__main__":
    unittest.main(verbosity=2)
