"""SMS: what the channels of all providers share: phone numbers, templates and their parameters, and codes with their class."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import Field, field_validator

from titian.domain.outcome import ErrorClass, Fault, Later, Outcome, Rejected
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.reach.addresses import Network
from titian.reach.channel import Capabilities, ChannelSettings
from titian.reach.web import Web

PHONE = Words(zh="手机号", en="a phone number")
TEXT = "text"
"""The parameter that is the touch's own text; all others are its values."""
RECIPIENT_WAITS = 3_600.0
"""Seconds after which somebody who got too many may get the next."""
LONGEST_TEXT = 1_500
_SEPARATORS = re.compile(r"[\s\-().]")
_E164 = re.compile(r"\+[1-9]\d{6,14}")


class ProviderSettings(ChannelSettings):
    """Where the provider is called. `private_networks` is for a stand-in of one's own."""

    endpoint: str
    country_code: str = Field(default="86", pattern=r"^[1-9]\d{0,2}$")
    private_networks: tuple[Network, ...] = ()
    ca_file: Path | None = None
    timeout_seconds: float = Field(default=20, gt=0, le=60)

    @field_validator("endpoint")
    @classmethod
    def _an_address(cls, given: str) -> str:
        if not given.startswith(("https://", "http://")) or not given.isascii():
            raise ValueError(f"{given!r} is no https:// address")
        return given

    def web(self) -> Web:
        """Connections to the provider."""
        return Web(networks=self.private_networks, ca_file=self.ca_file, seconds=self.timeout_seconds)


class TemplateSettings(ProviderSettings):
    """`template` is what touches without one of their own use; `parameters` names what goes into it, in its order.

    A parameter is a value of the touch, or `text`, what it says; without any, all values go in.
    """

    sign_name: str = Field(min_length=1)
    template: str | None = None
    parameters: tuple[str, ...] = ()


Settings = TypeVar("Settings", bound=TemplateSettings)


class SmsChannel(ABC):
    """What channels of all providers have in common: one SMS a call. None knows a key by which a repeated one would be told."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send messages, one after the other."""
        return [await self._sent(message) for message in messages]

    async def close(self) -> None:
        """Close all connections."""
        await self._web.close()

    @abstractmethod
    async def _sent(self, message: Message) -> Outcome:
        """Send one message."""


class TemplateChannel(SmsChannel, Generic[Settings]):
    """What channels of providers that send approved templates have in common; `secret` is what calls are signed with."""

    capabilities = Capabilities(longest_text=LONGEST_TEXT, address=PHONE)

    def __init__(self, settings: Settings, secret: str, web: Web, now: Callable[[], datetime] | None = None) -> None:
        super().__init__(web)
        self._settings, self._secret = settings, secret
        self._now = now or (lambda: datetime.now(UTC))

    async def check(self) -> Words:
        """What can be seen without sending: that it is set up. Providers offer nothing else to ask."""
        name = self._settings.sign_name
        return Words(zh=f"将以签名“{name}”发送", en=f"sends as {name}")

    def _filled(self, message: Message) -> Filled | Fault:
        """To whom what goes; the fault where something is missing."""
        number = phone(message.address, self._settings.country_code)
        template = message.content.template or self._settings.template
        filled = parameters(message, self._settings)
        if number is None:
            return Fault("invalid_recipient", "no_phone", "it is no phone number")
        if template is None:
            return Fault("template", "no_template", "neither the touch nor the channel names a template")
        if isinstance(filled, Fault):
            return filled
        return Filled(number, template, filled)


def phone(given: str, country_code: str) -> str | None:
    """A number as the world dials it (E.164), one without a country being of the house's own; None for what is none."""
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", given))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    if not plain.startswith("+"):
        bare = plain.removeprefix(country_code) if len(plain) > 11 else plain
        plain = f"+{country_code}{bare.removeprefix('0')}"
    return plain if _E164.fullmatch(plain) else None


class Filled(NamedTuple):
    """A template with what goes into it."""

    number: str
    template: str
    values: Mapping[str, str]


def parameters(message: Message, settings: TemplateSettings) -> dict[str, str] | Fault:
    """What goes into the template, by name and in its order; the fault where something is missing or too long."""
    values: Mapping[str, object] = {**message.content.data, TEXT: message.content.text}
    names = settings.parameters or tuple(message.content.data)
    missing = [name for name in names if values.get(name) in (None, "")]
    if missing:
        return Fault("template", "missing_parameter", f"the touch has no {missing[0]}")
    filled = {name: str(values[name]) for name in names}
    if sum(map(len, filled.values())) > LONGEST_TEXT:
        return Fault("content", "too_long", f"more than {LONGEST_TEXT} letters")
    return filled


def refused(code: str, text: str, classes: Mapping[str, ErrorClass]) -> Outcome:
    """What a provider's code means. What limits one recipient waits; what is not known is refused as content.

    `classes` holds codes, and beginnings of codes that end with a star.
    """
    kind = _class(code, classes)
    fault = Fault(kind, code, text)
    if kind == "throttled":
        return Later(fault, RECIPIENT_WAITS)
    return Later(fault, peer=True) if kind == "transient" else Rejected(fault)


def _class(code: str, classes: Mapping[str, ErrorClass]) -> ErrorClass:
    for begin, kind in classes.items():
        if code == begin or (begin.endswith("*") and code.startswith(begin[:-1])):
            return kind
    return "content"
