"""Replies of mail servers: what a code at a step of the conversation says became of a message (RFC 5321, RFC 3463)."""

from __future__ import annotations

import re
from typing import Literal

from titian.domain.outcome import ErrorClass, Fault, Later, Outcome, Rejected

Step = Literal["connect", "login", "mail", "rcpt", "data"]
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_SPAM = re.compile(r"spam|content|virus|policy|blocked|denied", re.IGNORECASE)


def enhanced(text: str) -> str | None:
    """The enhanced status at the beginning of a reply: 5.1.1."""
    found = _ENHANCED.match(text)
    return found[1] if found else None


def outcome_of_reply(step: Step, code: int, text: str) -> Outcome:
    """What a reply that is no success means.

    4xx passes; 421 is of the server as a whole, as is all that is said before there is a recipient. 5xx stays: of the sender or
    the login it is a matter of set-up, of the recipient the address, of what was sent the content.
    """
    status = enhanced(text)
    said = f"{code} {status}" if status else str(code)
    if code < 500:
        kind: ErrorClass = "throttled" if code == 421 or (status or "").startswith("4.7.") else "transient"
        return Later(Fault(kind, said, text), peer=code == 421 or step in ("connect", "login"))
    return Rejected(Fault(permanent_class(step, code, status, text), said, text))


def permanent_class(step: Step, code: int, status: str | None, text: str) -> ErrorClass:
    """The class of a reply that will stay."""
    subject = (status or "").removeprefix("5.")
    if step in ("connect", "login"):
        return "auth_config"
    if code == 552 or subject == "3.4":
        # Too large; of a mailbox that is full the recipient.
        return "content" if subject == "3.4" or step != "rcpt" else "invalid_recipient"
    if step == "mail":
        return "auth_config"
    if subject.startswith(("1.", "2.", "4.")):
        return "invalid_recipient"
    if subject.startswith(("6.", "7.")) or step == "data" or code == 554:
        return "content"
    return "content" if _SPAM.search(text) else "invalid_recipient"
