"""Reads a message on standard input with Python's own parser and prints what it finds, one fact a line."""

import email
import email.policy
import sys

message = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)


def fact(*words):
    print(*words, sep=" | ")


for name, value in message.items():
    if name not in ("Content-Type", "Content-Transfer-Encoding", "Message-ID"):
        fact("header", name, value)
for name in ("From", "To", "Cc", "Reply-To"):
    for header in message.get_all(name, []):
        for address in header.addresses:
            fact("address", name, address.display_name, address.addr_spec)
for part in message.walk():
    fact("part", part.get_content_type(), part.get_content_disposition(), part.get_filename(), part["Content-ID"])
    if not part.is_multipart():
        content = part.get_content()
        if isinstance(content, str):
            content = content.replace("\r\n", "\n")  # what base64 keeps; the other encodings end lines in their own way
        fact("content", repr(content))
for part in message.walk():
    for defect in part.defects:
        fact("defect", repr(defect))
    for name, value in part.items():
        for defect in value.defects:
            fact("defect", name, repr(defect))
