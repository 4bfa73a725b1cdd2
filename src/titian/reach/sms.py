"""SMS: what the channels of all providers share: phone numbers, templates and their parameters, and codes with their class."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, field_validator

from titian.domain.outcome import ErrorClass, Fault, Later, Outcome, Rejected
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.reach.addresses import Network
from titian.reach.channel import ChannelSettings
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


def phone(given: str, country_code: str) -> str | None:
    """A number as the world dials it (E.164), one without a country being of the house's own; None for what is none."""
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", given))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    if not plain.startswith("+"):
        bare = plain.removeprefix(country_code) if len(plain) > 11 else plain
        plain = f"+{country_code}{bare.removeprefix('0')}"
    return plain if _E164.fullmatch(plain) else None


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
