"""An SMTP server for the tests, on a free port of the loopback. Prints `port N` and `certificate FILE`, then one line
for each thing that happens, before the client is answered. Ends when its standard input does."""

import argparse
import asyncio
import logging
import ssl
import subprocess
import sys
import tempfile
import uuid
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

arguments = argparse.ArgumentParser()
arguments.add_argument("--starttls", action="store_true")
arguments.add_argument("--smtps", action="store_true")
arguments.add_argument("--login", help="user:password, required of the client")
arguments.add_argument("--refuse", help="a recipient that is answered 550")
arguments.add_argument("--defer", help="a recipient that is answered 450")
arguments.add_argument("--refuse-message", action="store_true", help="answer 554 to the message")
arguments.add_argument("--hang-up-after", type=int, help="close each connection after so many mails, without a word")
arguments.add_argument("--say-goodbye", action="store_true", help="...with a 421")
arguments.add_argument("--hang-up-in-data", action="store_true", help="close while the message is on its way")
arguments.add_argument("--mute", action="store_true", help="accept connections and say nothing")
options = arguments.parse_args()
logging.disable()  # a client that breaks off is what some tests are about
warnings.simplefilter("ignore")
folder = tempfile.TemporaryDirectory()


def tell(*words):
    print(*words, flush=True)


class Handler:
    def __init__(self):
        self.mails = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address == options.refuse:
            return "550 5.1.1 no such user here"
        if address == options.defer:
            return "450 4.2.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if options.refuse_message:
            return "554 5.7.1 this looks like spam"
        if options.hang_up_in_data:
            server.transport.abort()
            return "250 OK"
        self.mails += 1
        security = "tls" if server.transport.get_extra_info("sslcontext") else "plain"
        tell("mail", envelope.mail_from, ",".join(envelope.rcpt_tos), security, "as", session.auth_data or "nobody")
        path = f"{folder.name}/{uuid.uuid4()}.eml"
        with open(path, "wb") as file:
            file.write(envelope.original_content)
        tell("bytes", path)
        if options.hang_up_after == self.mails:
            farewell = b"421 4.4.2 timeout\r\n" if options.say_goodbye else b""
            server.transport.write(b"250 OK\r\n" + farewell)
            server.transport.close()
        return "250 2.0.0 queued"


def authenticate(server, session, envelope, mechanism, data):
    user, password = data.login.decode(), data.password.decode()
    if f"{user}:{password}" != options.login:
        return AuthResult(success=False, handled=False, message="535 5.7.8 bad credentials")
    return AuthResult(success=True, auth_data=user)


def make_tls():
    key, certificate = f"{folder.name}/key.pem", f"{folder.name}/certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-keyout", key, "-out", certificate, "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost"], check=True, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    tell("certificate", certificate)
    return context


class Mute(asyncio.Protocol):
    pass


async def main():
    loop = asyncio.get_running_loop()
    tls = make_tls() if options.starttls or options.smtps else None

    def session():
        tell("connection")
        if options.mute:
            return Mute()
        return SMTP(Handler(), hostname="mx.test", loop=loop, enable_SMTPUTF8=True,
                    tls_context=tls if options.starttls else None, require_starttls=options.starttls,
                    authenticator=authenticate if options.login else None,
                    auth_required=bool(options.login), auth_require_tls=False)

    server = await loop.create_server(session, "127.0.0.1", 0, ssl=tls if options.smtps else None)
    tell("port", server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
