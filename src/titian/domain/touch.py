"""Touches: one message to one customer over one channel, the states it goes through, and what a channel is handed of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal, get_args

from titian.domain.words import Words

Purpose = Literal["marketing", "service"]
"""Marketing needs consent and stops when somebody refuses; service is what a customer waits for, and goes out first."""
State = Literal["queued", "leased", "paused", "held", "sent", "failed", "cancelled"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
STATES: tuple[State, ...] = get_args(State)

STATE_WORDS: dict[State, Words] = {
    "queued": Words(zh="待发送", en="queued"),
    "leased": Words(zh="发送中", en="being sent"),
    "paused": Words(zh="已暂停", en="paused"),
    "held": Words(zh="待人工确认", en="held for a person"),
    "sent": Words(zh="已发送", en="sent"),
    "failed": Words(zh="失败", en="failed"),
    "cancelled": Words(zh="已取消", en="cancelled"),
}

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""What a touch may be called: the name goes into headers (webhook-id, Message-ID) as it stands."""
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Content:
    """What a touch says; a channel takes what it can carry. `data` is for programs: JSON values by name.

    `template` names a text that the provider keeps (SMS), filled with `data`. `unsubscribe` is the https address at which
    this customer refuses more of this.
    """

    text: str = ""
    subject: str = ""
    html: str = ""
    to_name: str = ""
    template: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    unsubscribe: str = ""

    def json(self) -> str:
        """As the store keeps it: only what says something."""
        said = {name: value for name in CONTENT if (value := getattr(self, name))}
        # Half a character, as a cut text may end with, fits into no database.
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()


CONTENT = tuple(one.name for one in fields(Content))


def content_of(text: str) -> Content:
    """The content that `Content.json` wrote; what only a newer Titian knows of is left away, so that no touch is stuck."""
    held = json.loads(text)
    return Content(**{name: held[name] for name in CONTENT if name in held})


@dataclass(frozen=True, slots=True)
class Touch:
    """One message to one customer over one channel, as it is queued.

    `touch_id` is its idempotency key: the same touch queued twice is one, and receivers see the same key on every try.
    It goes out from `due_at` on, and not after `not_after`. `customer_id` is empty for a message to nobody of the customers.
    """

    touch_id: str
    channel: str
    address: str
    content: Content
    due_at: datetime
    customer_id: str = ""
    campaign: str = ""
    play: str = ""
    topic: str = ""
    purpose: Purpose = "marketing"
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel is handed: a touch on its `tries`-th try (from 1). `key` is the same on every try."""

    key: str
    customer_id: str
    campaign: str
    play: str
    topic: str
    purpose: Purpose
    address: str
    content: Content
    due_at: datetime
    tries: int = 1


def touch_id_of(*parts: str) -> str:
    """The id of a touch by what makes it one, such as campaign, step and customer: 32 hexadecimal digits."""
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()[:32]
