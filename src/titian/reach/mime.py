"""MIME: headers and parts of a letter as they travel, 7-bit and in short lines whatever they say (RFC 2045 to 2047).

The library's own composing parses every header it is given, which takes longer than sending the letter.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from email.header import Header
from email.utils import formataddr

BREAK = "\r\n"
LINE = 76


def words(text: str) -> str:
    """The words of a header, encoded where they are not plain ones."""
    if text.isascii() and len(text) < LINE and "=?" not in text:
        return text
    return Header(text, "utf-8", maxlinelen=LINE).encode(linesep=BREAK)


def person(name: str, address: str) -> str:
    """A name and an address."""
    if not name:
        return address
    return formataddr((name, address)) if words(name) == name else f"{words(name)} <{address}>"


def part(subtype: str, text: str) -> str:
    """A text as a part, with its headers: mostly plain letters stay legible, others are packed."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    legible = sum(byte < 128 for byte in plain) * 3 >= len(plain) * 2
    body = binascii.b2a_qp(plain, istext=True) if legible else base64.encodebytes(plain.replace(b"\n", b"\r\n"))
    encoding = "quoted-printable" if legible else "base64"
    head = f'Content-Type: text/{subtype}; charset="utf-8"{BREAK}Content-Transfer-Encoding: {encoding}{BREAK}{BREAK}'
    return head + body.decode("ascii").replace("\n", BREAK)


def letter(headers: Sequence[tuple[str, str]], parts: Sequence[str], boundary: str) -> bytes:
    """A letter of one part, or of several that say the same, the best last; `boundary` is in none of them."""
    head = "".join(f"{name}: {value}{BREAK}" for name, value in (*headers, ("MIME-Version", "1.0")))
    if len(parts) == 1:
        return (head + parts[0]).encode("ascii")
    mark = f"=_{boundary}"
    # No part can hold the mark: after = both encodings write hexadecimal digits, a break, or nothing.
    held = "".join(f"--{mark}{BREAK}{one}{BREAK}" for one in parts)
    kind = f'Content-Type: multipart/alternative; boundary="{mark}"{BREAK}{BREAK}'
    return (head + kind + held + f"--{mark}--{BREAK}").encode("ascii")
