"""Consent: what a customer agreed to or refused, and halts: what the team lets go no further."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

EVERY = ""
"""In place of a channel or a topic: all of them."""
HaltKind = Literal["pause", "stop"]
"""A pause can be ended; what is stopped is cancelled for good."""
Scope = Literal["all", "channel", "campaign"]


@dataclass(frozen=True, slots=True)
class Consent:
    """That a customer agreed (`given`) or refused, for a channel and a topic or for every one of them.

    `source` is where it was said (form, reply, import, complaint …), `proof` what shows it.
    """

    customer_id: str
    given: bool
    at: datetime
    source: str
    channel: str = EVERY
    topic: str = EVERY
    proof: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Halt:
    """That nothing goes out over a channel, of a campaign, or at all; by whom, since when and why."""

    scope: Scope
    key: str
    kind: HaltKind
    by: str
    at: datetime
    why: str = ""
