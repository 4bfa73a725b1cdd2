"""How an e-mail channel is set."""

from __future__ import annotations

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from titian.reach.channel import ChannelSettings
from titian.reach.secret import Secret

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
LONGEST_ADDRESS, LONGEST_LOCAL, LONGEST_URL = 254, 64, 900
KEY = "{key}"


class EmailSettings(ChannelSettings):
    """The server that takes the mail, who it is from, and how recipients refuse more of it.

    `unsubscribe_url` is an https address with `{key}`, the touch's, in it (RFC 8058: one click); `bounces` an address with
    `{key}` to which undeliverable mail is returned (VERP), the sender's own unless set. Without TLS (`security: none`) no
    password is sent.
    """

    kind: str = "email"
    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    login: str | None = None
    password: Secret | None = None
    sender: str
    reply_to: str | None = None
    bounces: str | None = None
    unsubscribe_url: str | None = None
    unsubscribe_mailto: str | None = None
    list_id: str | None = Field(default=None, pattern=r"^[A-Za-z0-9._-]+$")
    ca_file: Path | None = None
    timeout_seconds: float = Field(default=30, gt=0, le=300)
    messages_per_connection: int = Field(default=100, ge=1)

    @field_validator("sender", "reply_to", "unsubscribe_mailto")
    @classmethod
    def _an_address(cls, given: str | None) -> str | None:
        if given is not None and (mailbox(parseaddr(given)[1]) is None or not given.isprintable()):
            raise ValueError(f"{given!r} is no address; write it as Shop <hello@shop.example>")
        return given

    @field_validator("bounces")
    @classmethod
    def _with_a_key(cls, given: str | None) -> str | None:
        if given is not None and (KEY not in given or mailbox(given.replace(KEY, "0" * 32)) is None):
            raise ValueError(f"{given!r} is no address with {KEY} in it")
        return given

    @field_validator("unsubscribe_url")
    @classmethod
    def _over_https(cls, given: str | None) -> str | None:
        if given is not None and (not given.startswith("https://") or not given.isascii() or KEY not in given):
            raise ValueError(f"{given!r} is no https:// address with {KEY} in it")
        return given

    @model_validator(mode="after")
    def _no_password_in_the_clear(self) -> EmailSettings:
        if (self.login is None) != (self.password is None):
            raise ValueError("login and password belong together")
        if self.login is not None and self.security == "none":
            raise ValueError("a password needs TLS: set security to starttls or tls")
        return self

    @property
    def domain(self) -> str:
        """The domain of the sender, which the ids of messages carry."""
        return parseaddr(self.sender)[1].rpartition("@")[2]


def mailbox(given: str) -> str | None:
    """An address as servers take it, its domain in ASCII; None for what is none."""
    local, at, domain = given.strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > LONGEST_LOCAL:
        return None
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    whole = f"{local}@{plain}"
    right = "." in plain and all(_LABEL.fullmatch(label) for label in plain.split("."))
    return whole if right and len(whole) <= LONGEST_ADDRESS else None


def is_https(given: str) -> bool:
    """Whether it is an https address that can stand in a header."""
    parts = urlsplit(given)
    plain = given.isascii() and len(given) <= LONGEST_URL and not re.search(r"[\s<>]", given)
    return parts.scheme == "https" and bool(parts.hostname) and plain
