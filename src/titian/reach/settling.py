"""Settling: from what a channel says became of a message to what becomes of its touch. Pure, so that it can be read as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from titian.domain.outcome import (
    LONGEST_CODE,
    LONGEST_TEXT,
    OF_CHANNEL,
    RETRIED,
    Accepted,
    Fault,
    Later,
    Outcome,
    Rejected,
    Uncertain,
)
from titian.domain.touch import Message
from titian.reach.pacing import Backoff
from titian.store.leasing import Settlement

WhenUncertain = Literal["hold", "again"]
"""What to do where it is not known whether a message went out: ask a person, or send it again."""
LONGEST_PROVIDER_ID = 200


@dataclass(frozen=True)
class Rules:
    """How a channel's touches are tried again."""

    backoff: Backoff
    when_uncertain: WhenUncertain


def settlement(
    message: Message, worker: str, outcome: Outcome, rules: Rules, now: datetime, random: Random
) -> Settlement:
    """What becomes of a touch after a try.

    Only passing faults and limits are tried again, so many times; what is the channel's own fault (password, money, quota)
    leaves the touch queued, for the channel is stopped (`stops`); all else ends it.
    """

    def ends(
        state: Literal["sent", "held", "failed"], fault: Fault | None, provider_id: str | None = None
    ) -> Settlement:
        return Settlement(message.key, worker, message.tries, state, None, provider_id, fault and _short(fault))

    def again(fault: Fault, seconds: float) -> Settlement:
        at = now + timedelta(seconds=seconds)
        return Settlement(message.key, worker, message.tries, "queued", at, None, _short(fault))

    if isinstance(outcome, Accepted):
        return ends("sent", None, _storable(outcome.provider_id)[:LONGEST_PROVIDER_ID] or None)
    fault = outcome.fault
    if isinstance(outcome, Uncertain) and rules.when_uncertain == "hold":
        return ends("held", fault)
    if stops(outcome) is not None:
        return again(fault, 0)
    if isinstance(outcome, Rejected) or fault.kind not in RETRIED or message.tries >= rules.backoff.tries:
        return ends("failed", fault)
    asked = outcome.after_seconds if isinstance(outcome, Later) else None
    return again(fault, max(asked or 0.0, rules.backoff.seconds(message.tries, random)))


def stops(outcome: Outcome) -> Fault | None:
    """The fault for which the whole channel has to stop until a person mends it."""
    if isinstance(outcome, Accepted | Uncertain) or outcome.fault.kind not in OF_CHANNEL:
        return None
    return outcome.fault


def _short(fault: Fault) -> Fault:
    return Fault(fault.kind, _storable(fault.code)[:LONGEST_CODE], _storable(fault.text)[:LONGEST_TEXT])


def _storable(text: str) -> str:
    """Printable, as no other side is trusted to be: what it says is shown to people."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
