"""HTTPS with several certificates, seen by Python's ssl and by openssl. Arguments: the program of http_subject.cpp, the
folder with the certificates."""

import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

from subject import WITHIN_S, Subject

PROGRAM = sys.argv.pop(1)
CERTIFICATES = pathlib.Path(sys.argv.pop(1))


class TlsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hiratake-tls-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.install("server", "first")
        self.install("elsewhere", "second")
        config = self.folder / "config.yaml"
        config.write_text(f"""
http:
  tls_reload_interval: 0.05
  tls:
    - certificate_file: {self.folder}/first.pem
      key_file: {self.folder}/first-key.pem
    - server_names: [elsewhere.example, "*.elsewhere.example"]
      certificate_file: {self.folder}/second.pem
      key_file: {self.folder}/second-key.pem
""")
        self.subject = Subject(PROGRAM, config=config)
        self.addCleanup(self.subject.kill)

    def install(self, source, name):
        for end in (".pem", "-key.pem"):
            shutil.copyfile(CERTIFICATES / f"{source}{end}", self.folder / "new")
            (self.folder / "new").rename(self.folder / f"{name}{end}")

    def connect(self, server_name, protocols=("http/1.1",), check_hostname=True):
        context = ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")
        context.check_hostname = check_hostname
        if protocols:
            context.set_alpn_protocols(protocols)
        plain = socket.create_connection(("127.0.0.1", self.subject.port), timeout=WITHIN_S)
        self.addCleanup(plain.close)
        stream = context.wrap_socket(plain, server_hostname=server_name)
        self.addCleanup(stream.close)
        return stream

    def shown(self, server_name):
        """The common name of the certificate that is shown to whoever asks for this name."""
        subject = self.connect(server_name, check_hostname=False).getpeercert()["subject"]
        return dict(pair for part in subject for pair in part)["commonName"]

    def get(self, stream):
        stream.sendall(b"GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while not answer.endswith(b"\r\n\r\nhello"):
            piece = stream.recv(4096)
            self.assertTrue(piece, answer)
            answer += piece
        self.assertTrue(answer.startswith(b"HTTP/1.1 200 "), answer)

    def test_each_name_gets_its_certificate(self):
        self.get(self.connect("localhost"))
        self.get(self.connect("elsewhere.example"))
        self.assertEqual(self.shown("www.elsewhere.example"), "elsewhere.example")
        self.assertEqual(self.shown("other.example"), "localhost")
        self.assertEqual(self.shown("127.0.0.1"), "localhost")

    def test_http_1_1_is_what_is_agreed_on(self):
        for name in ("localhost", "elsewhere.example"):
            self.assertEqual(self.connect(name, ("h2", "http/1.1")).selected_alpn_protocol(), "http/1.1")
            self.get(self.connect(name, ()))
            with self.assertRaisesRegex(ssl.SSLError, "no application protocol"):
                self.connect(name, ("h2",))

    def test_openssl_agrees(self):
        outcome = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.subject.port}", "-servername",
                                  "elsewhere.example", "-alpn", "h2,http/1.1", "-CAfile", CERTIFICATES / "ca.pem",
                                  "-verify_return_error", "-verify_hostname", "elsewhere.example"],
                                 stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=WITHIN_S)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn("ALPN protocol: http/1.1", outcome.stdout)
        self.assertIn("Verification: OK", outcome.stdout)

    def test_renewed_certificates_are_shown_and_connections_stay(self):
        stream = self.connect("localhost")
        self.get(stream)
        self.install("elsewhere", "first")
        give_up = time.monotonic() + WITHIN_S
        while self.shown("localhost") != "elsewhere.example":
            self.assertLess(time.monotonic(), give_up, "the new certificate is not shown")
        self.get(stream)
        (self.folder / "first-key.pem").write_text("no key")
        self.assertIn("first-key.pem", self.subject.wait_for_log("certificate in service stays"))
        self.assertEqual(self.shown("localhost"), "elsewhere.example")
        self.get(stream)


if __name__ == "__main__":
    unittest.main()
