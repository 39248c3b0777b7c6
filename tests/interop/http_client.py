#!/usr/bin/python3
"""Asks the service of http_subject.cpp in every way, with Python's http.client and urllib.

    http_client.py http://ADDRESS
"""

import base64
import gzip
import hashlib
import http.client
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

from check_list import CheckList, equal, true

WITHIN_S = 60
UPLOAD_BYTES = 20 * 1024 * 1024
PAGE = "The quick brown fox jumps over the lazy dog."
check = CheckList()


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    """One connection, kept alive."""

    def __init__(self, url):
        self.url = url
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=WITHIN_S)

    def __call__(self, method, path, body=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body, named)
        return Answer(self.connection.getresponse())

    def send_json(self, method, path, value, **headers):
        return self(method, path, json.dumps(value), Content_Type="application/json", **headers)


def problem(answer, status):
    equal(answer.status, status, "status")
    equal(answer.headers["Content-Type"], "application/problem+json")
    equal(answer.json["status"], status)
    equal(answer.json["request_id"], answer.headers["X-Request-ID"])
    equal(answer.json["instance"], "urn:uuid:" + answer.headers["X-Request-ID"])
    return answer.json


def where(problem_document):
    return sorted(error["path"] for error in problem_document["errors"])


def multipart(fields, name, filename, content):
    boundary = "boundary-" + os.urandom(8).hex()
    parts = b""
    for key, value in fields.items():
        parts += f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
    parts += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
              "Content-Type: application/octet-stream\r\n\r\n").encode()
    return parts + content + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


@check
def json_bodies(client):
    order = {"customer": "Zoë", "lines": [{"product": "AB", "count": 3, "size": "large"}], "note": None}
    answer = client.send_json("POST", "/orders", order)
    equal(answer.status, 201)
    equal(answer.json, {"id": 17, "order": order, "count": 3})


@check
def json_bodies_that_do_not_fit(client):
    lines = [{"product": "AB", "count": 0, "size": "huge"}]
    document = problem(client.send_json("POST", "/orders", {"lines": lines, "colour": 1}), 422)
    equal(where(document), ["body.colour", "body.customer", "body.lines[0].count", "body.lines[0].size"])
    problem(client("POST", "/orders", '{"customer":', Content_Type="application/json"), 400)
    refused = client("POST", "/orders", "<order/>", Content_Type="application/xml")
    problem(refused, 415)
    equal(refused.headers["Accept-Post"], "application/json")


@check
def query_parameters(client):
    equal(client("GET", "/search").json, {"tags": [], "limit": 10, "size": "small", "sold": None})
    answer = client("GET", "/search?tag=a&tag=b%26c&limit=3&size=large&sold=on&unknown=1")
    equal(answer.json, {"tags": ["a", "b&c"], "limit": 3, "size": "large", "sold": True})
    document = problem(client("GET", "/search?limit=0&size=huge&sold=perhaps"), 422)
    equal(where(document), ["query.limit", "query.size", "query.sold"])
    equal(where(problem(client("GET", "/search?limit=1&limit=2"), 422)), ["query.limit"])


@check
def path_variables(client):
    name = "Zoë O'Neil/+ 100%"
    answer = client("GET", "/customers/" + urllib.parse.quote(name, safe=""))
    equal(answer.text, name)
    equal(answer.headers["Content-Type"], "text/plain; charset=utf-8")
    equal(where(problem(client("GET", "/items/seven"), 404)), ["path.id"])


@check
def headers_and_cookies(client):
    answer = client("GET", "/caller", X_Tenant="acme", Cookie='theme=dark; session="s-1"')
    equal(answer.json, {"tenant": "acme", "session": "s-1"})
    equal(where(problem(client("GET", "/caller", X_Tenant="ACME"), 422)), ["header.X-Tenant"])


@check
def urlencoded_forms(client):
    body = urllib.parse.urlencode([("title", "a & b = ü"), ("tag", "x"), ("tag", "y z")])
    answer = client("POST", "/form", body, Content_Type="application/x-www-form-urlencoded")
    equal(answer.json, {"title": "a & b = ü", "tags": ["x", "y z"]})
    problem(client.send_json("POST", "/form", {"title": "json"}), 415)


@check
def uploaded_files(client):
    content = os.urandom(UPLOAD_BYTES)
    body, content_type = multipart({"title": "large"}, "file", "größe.bin", content)
    answer = client("POST", "/files", body, Content_Type=content_type)
    equal(answer.json, {"title": "large", "filename": "größe.bin", "content_type": "application/octet-stream",
                        "size": UPLOAD_BYTES, "sha256": hashlib.sha256(content).hexdigest()})


@check
def raw_bodies(client):
    content = bytes(range(256)) * 1000
    answer = client("POST", "/raw", content, Content_Type="application/octet-stream")
    true(answer.body == content, "the bytes come back")
    equal(answer.headers["Content-Type"], "application/octet-stream")
    chunks = client("POST", "/raw", iter([b"one ", b"two ", b"three"]), Content_Type="text/plain")
    equal(chunks.body, b"one two three", "a chunked body")


@check
def head_and_options(client):
    head = client("HEAD", "/page")
    equal((head.status, head.body, head.headers["Content-Length"]), (200, b"", str(len(PAGE))))
    options = client("OPTIONS", "/items/17")
    equal(options.status, 204)
    equal(sorted(options.headers["Allow"].split(", ")), ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "PUT"])


@check
def put_patch_delete(client):
    equal(client.send_json("PUT", "/items/3", {"text": "three"}).json, {"id": 3, "text": "three"})
    equal(client.send_json("PATCH", "/items/3", {}).json, {"id": 3, "text": "as it was"})
    gone = client("DELETE", "/items/3")
    equal((gone.status, gone.body, gone.headers["Content-Length"]), (204, b"", None))
    equal(client("GET", "/items/17").json, {"id": 17, "text": "seventeen"})
    problem(client("GET", "/items/18"), 404)


@check
def conditional_requests(client):
    tag = client("GET", "/page").headers["ETag"]
    unchanged = client("GET", "/page", If_None_Match=tag)
    equal((unchanged.status, unchanged.body, unchanged.headers["ETag"]), (304, b"", tag))
    equal(client("GET", "/page", If_None_Match='"v0"').text, PAGE)
    problem(client("GET", "/page", If_Match='"v0"'), 412)


@check
def ranges(client):
    part = client("GET", "/page", Range="bytes=4-8")
    equal((part.status, part.text), (206, PAGE[4:9]))
    equal(part.headers["Content-Range"], f"bytes 4-8/{len(PAGE)}")
    equal(client("GET", "/page", Range="bytes=-4").text, "dog.")
    beyond = client("GET", "/page", Range="bytes=100-")
    problem(beyond, 416)
    equal(beyond.headers["Content-Range"], f"bytes */{len(PAGE)}")
    equal(client("GET", "/page", Range="bytes=4-8", If_Range='"v0"').text, PAGE)


@check
def files(client):
    source = client("GET", "/source")
    true(b"hiratake::main<Doors>" in source.body, "the file")
    modified = source.headers["Last-Modified"]
    equal(client("GET", "/source", If_Modified_Since=modified).status, 304)
    equal(client("GET", "/source", Range="bytes=3-9").body, source.body[3:10])


@check
def compressed_answers(client):
    plain = client("GET", "/text")
    packed = client("GET", "/text", Accept_Encoding="br;q=1, gzip;q=0.5")
    equal((plain.headers["Content-Encoding"], packed.headers["Content-Encoding"]), (None, "gzip"))
    equal((plain.headers["Vary"], packed.headers["Vary"]), ("Accept-Encoding", "Accept-Encoding"))
    true(len(packed.body) < len(plain.body) and gzip.decompress(packed.body) == plain.body, "the same text")


@check
def streamed_bodies(client):
    answer = client("GET", "/numbers?up_to=100000")
    equal(answer.headers["Transfer-Encoding"], "chunked")
    equal(answer.text, "".join(f"{i}\n" for i in range(1, 100001)))


@check
def server_sent_events(client):
    with urllib.request.urlopen(client.url + "/ticks?count=3", timeout=WITHIN_S) as stream:
        equal(stream.headers["Content-Type"], "text/event-stream")
        events = stream.read().decode().split("\n\n")
    equal(events, [f"event: tick\nid: {i}\ndata: tick\ndata: {i}" for i in (1, 2, 3)] + [""])


@check
def one_connection_for_many_requests(client):
    client("GET", "/page")
    socket = client.connection.sock
    for request in ("/page", "/no/such/path", "/numbers?up_to=10", "/page"):
        client("GET", request)
        true(socket is not None and client.connection.sock is socket, f"{request} left the connection open")


@check
def expectations(client):
    connection = http.client.HTTPConnection(client.connection.host, client.connection.port, timeout=WITHIN_S)
    connection.putrequest("POST", "/raw")
    connection.putheader("Expect", "100-continue")
    connection.putheader("Content-Length", "5")
    connection.endheaders()
    interim = connection.sock.recv(1024)
    equal(interim, b"HTTP/1.1 100 Continue\r\n\r\n")
    connection.send(b"hello")
    equal(Answer(connection.getresponse()).body, b"hello")
    connection.putrequest("POST", "/raw")
    connection.putheader("Expect", "100-continue")
    connection.putheader("Content-Length", str(1 << 40))
    connection.endheaders()
    equal(Answer(connection.getresponse()).status, 413, "refused before the body is sent")
    connection.close()


@check
def bearer_tokens(client):
    equal(client("GET", "/who", Authorization="Bearer token-of-alice").text, "alice")
    missing = client("GET", "/who")
    problem(missing, 401)
    equal(missing.headers.get_all("WWW-Authenticate"),
          ['Bearer realm="doors"', 'Basic realm="doors", charset="UTF-8"'])
    wrong = client("GET", "/who", Authorization="Bearer forged")
    problem(wrong, 401)
    true('error="invalid_token"' in wrong.headers["WWW-Authenticate"], "the challenge says why")
    equal(problem(client("GET", "/who", Authorization="Bearer token-of-mallory"), 403)["detail"], "mallory may not")


@check
def passwords(client):
    def basic(user, password):
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    equal(client("GET", "/who", Authorization=basic("bob", "open:sésame")).text, "bob")
    problem(client("GET", "/who", Authorization=basic("bob", "wrong")), 401)
    passwords_of = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords_of.add_password(None, client.url, "bob", "open:sésame")
    opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords_of))
    with opener.open(client.url + "/who", timeout=WITHIN_S) as response:
        equal(response.read(), b"bob", "urllib answers the challenge")


@check
def problems(client):
    problem(client("GET", "/no/such/path"), 404)
    refused = client("POST", "/search", "")
    problem(refused, 405)
    equal(refused.headers["Allow"], "GET, HEAD")
    problem(client("GET", "/items/17", Accept="text/html"), 406)
    failure = problem(client("GET", "/failure"), 500)
    true(failure["call_id"].startswith("doors.fail.") and "reason" not in json.dumps(failure), "nothing inside shows")


@check
def documentation(client):
    document = client("GET", "/openapi.json").json
    equal(document["paths"]["/who"]["get"]["security"], [{"bearer": []}, {"basic": []}])
    equal([path for path, item in document["paths"].items() for each in item.values() if "security" in each], ["/who"])
    true(b"swagger-ui" in client("GET", "/apidocs/").body, "the page")


if __name__ == "__main__":
    sys.exit(check.run(Client(sys.argv[1])))
