"""Letters that come back: reports that mail could not be delivered (RFC 3464), and complaints about it (RFC 5965)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import compat32
from typing import Literal

from titian.domain.outcome import Fault
from titian.domain.touch import KEY
from titian.reach.email_message import key_of
from titian.reach.email_replies import enhanced, permanent_class

LONGEST = 10_000_000
"""Bytes of a letter that are looked at."""
MOST_RECIPIENTS = 50
_CODE = re.compile(r"\b([245]\d\d)\b")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Report:
    """What a letter that came back says of a touch: that it bounced, that it is delayed, or that somebody complains.

    `key` is the touch's, None where the letter does not show it; `address` the recipient's, as far as it is told.
    """

    kind: Literal["bounce", "delay", "complaint"]
    key: str | None
    address: str
    fault: Fault


def reports(letter: bytes) -> list[Report]:
    """All that a letter reports; nothing for one that is no report, however broken. Nothing in it is trusted."""
    mail = message_from_bytes(letter[:LONGEST], policy=compat32)
    if mail.get_content_type() != "multipart/report":
        return []
    parts = list(mail.walk())
    key = _key(mail, parts)
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            return list(_bounced(part, key))
        if kind == "message/feedback-report":
            return [_complained(part, key)]
    return []


def _bounced(part: Mail, key: str | None) -> Iterator[Report]:
    blocks = part.get_payload()
    held = [one for one in blocks if isinstance(one, Mail)] if isinstance(blocks, list) else []
    for block in held[1 : MOST_RECIPIENTS + 1]:
        action = _value(block, "Action").lower()
        if action not in ("failed", "delayed"):
            continue
        address = _value(block, "Final-Recipient").partition(";")[2].strip()
        kind: Literal["bounce", "delay"] = "bounce" if action == "failed" else "delay"
        yield Report(kind, key, address, _fault(_value(block, "Status"), _value(block, "Diagnostic-Code")))


def _fault(status: str, diagnostic: str) -> Fault:
    """What the other server said: its own words weigh more than the status that ours made of them."""
    text = diagnostic.partition(";")[2].strip() or diagnostic
    found = _CODE.match(text)
    code = int(found[1]) if found else 550
    inner = enhanced(text.removeprefix(found[1])) if found else None
    said = inner or enhanced(status) or status
    if said.startswith("4."):
        return Fault("transient", said, text)
    return Fault(permanent_class("rcpt", code, said or None, text), said or str(code), text)


def _complained(part: Mail, key: str | None) -> Report:
    """The fields of the report are the part's own headers, or the first lines of its text."""
    blocks = part.get_payload()
    fields = blocks[0] if isinstance(blocks, list) and blocks and isinstance(blocks[0], Mail) else part
    if not isinstance(blocks, list):
        raw = part.get_payload(decode=True)
        fields = message_from_bytes(raw if isinstance(raw, bytes) else b"", policy=compat32)
    kind = _value(fields, "Feedback-Type") or "abuse"
    return Report(
        "complaint", key, _value(fields, "Original-Rcpt-To").strip("<>"), Fault("opted_out", "complaint", kind)
    )


def _key(mail: Mail, parts: list[Mail]) -> str | None:
    """The key of the touch: from the id of the letter that came back, or the address that it came back to."""
    told = [key_of(_value(one, "Message-ID")) for one in _originals(parts)]
    for header in ("To", "Delivered-To", "X-Original-To"):
        told += re.findall(r"\+([A-Za-z0-9_-]+)@", _value(mail, header))
    return next((one for one in told if KEY.fullmatch(one)), None)


def _originals(parts: list[Mail]) -> Iterator[Mail]:
    """What is told of the letter itself: its headers alone, or the whole of it."""
    for part in parts:
        kind, inside = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(inside, list):
            yield from (one for one in inside if isinstance(one, Mail))
        elif kind == "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            yield message_from_bytes(raw if isinstance(raw, bytes) else b"", policy=compat32)


def _value(mail: Mail, name: str) -> str:
    """A header on one line, the first of its name."""
    return _BLANKS.sub(" ", str(mail.get(name, ""))).strip()
