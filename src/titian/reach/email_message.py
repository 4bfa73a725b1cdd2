"""E-mail as it travels: headers and parts of one message, and nothing in them that a customer's name could add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr

from titian.domain.outcome import Fault
from titian.domain.touch import Message
from titian.reach.email_settings import KEY, EmailSettings, is_https, mailbox
from titian.reach.mime import letter, part, person, words

LONGEST_SUBJECT = 250
LONGEST_PART = 5_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Letter:
    """A message, and whom the servers are told it is from and to."""

    sender: str
    recipient: str
    data: bytes


def compose(message: Message, settings: EmailSettings, now: datetime) -> Letter | Fault:
    """The letter of a message; the fault where it can't be one. On every try it has the same Message-ID."""
    recipient = mailbox(message.address)
    if recipient is None:
        return Fault("invalid_recipient", "no_address", "it is no e-mail address")
    if fault := _refused(message, settings):
        return fault
    content = message.content
    headers = [
        *_addressed(message, settings, recipient),
        ("Date", format_datetime(now)),
        ("Message-ID", f"<{message.key}@{settings.domain}>"),
        *_refusing(message, settings),
    ]
    parts = [part(kind, said) for kind, said in (("plain", content.text), ("html", content.html)) if said]
    own = parseaddr(settings.sender)[1]
    sender = own if settings.bounces is None else settings.bounces.replace(KEY, message.key)
    return Letter(sender, recipient, letter(headers, parts, message.key))


def key_of(message_id: str) -> str:
    """The key of the touch, from the id of its message."""
    return message_id.strip().strip("<>").partition("@")[0]


def unsubscribe_url(message: Message, settings: EmailSettings) -> str | None:
    """Where this customer refuses more of this with one click."""
    if message.content.unsubscribe:
        return message.content.unsubscribe
    return settings.unsubscribe_url and settings.unsubscribe_url.replace(KEY, message.key)


def _refused(message: Message, settings: EmailSettings) -> Fault | None:
    content = message.content
    if _CONTROL.search(content.subject + content.to_name):
        return Fault("content", "line_break", "the subject or the name holds a line break")
    if not content.subject.strip() or not (content.text or content.html):
        return Fault("content", "empty", "the subject or the text is empty")
    if len(content.subject) > LONGEST_SUBJECT:
        return Fault("content", "too_long", f"the subject has more than {LONGEST_SUBJECT} letters")
    if max(len(content.text), len(content.html)) > LONGEST_PART:
        return Fault("content", "too_long", f"a part has more than {LONGEST_PART} letters")
    if content.unsubscribe and not is_https(content.unsubscribe):
        return Fault("content", "unsubscribe", "where to unsubscribe is no https:// address")
    if message.purpose == "marketing" and not (unsubscribe_url(message, settings) or settings.unsubscribe_mailto):
        return Fault("auth_config", "no_unsubscribe", "marketing mail needs unsubscribe_url or unsubscribe_mailto")
    return None


def _addressed(message: Message, settings: EmailSettings, recipient: str) -> Iterator[tuple[str, str]]:
    yield "From", person(*parseaddr(settings.sender))
    yield "To", person(message.content.to_name, recipient)
    yield "Subject", words(message.content.subject)
    if settings.reply_to is not None:
        yield "Reply-To", person(*parseaddr(settings.reply_to))


def _refusing(message: Message, settings: EmailSettings) -> Iterator[tuple[str, str]]:
    """What lets machines tell it from a letter by hand, and people refuse more of it (RFC 2369, RFC 8058)."""
    yield "Auto-Submitted", "auto-generated"
    if message.purpose == "service":
        return
    url, mailto = unsubscribe_url(message, settings), settings.unsubscribe_mailto
    ways = [] if url is None else [f"<{url}>"]
    if mailto is not None:
        ways.append(f"<mailto:{parseaddr(mailto)[1]}?subject={message.key}>")
    yield "List-Unsubscribe", ", ".join(ways)
    if url is not None:
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    yield "Precedence", "bulk"
    if settings.list_id is not None:
        yield "List-ID", f"<{settings.list_id}>"
