"""Answers about channels and the outbox: what is set up, how much waits, what a person has to look at."""

from __future__ import annotations

from datetime import datetime

from titian.app.answers.base import Answer
from titian.domain.words import Words


class ChannelInfo(Answer):
    """A channel, as it is set; no secrets stand in settings."""

    key: str
    kind: str
    name: Words
    slots: int
    per_second: float | None
    when_uncertain: str | None
    """hold or again: what becomes of a message of which it is not known whether it went out; None: as its kind does."""
    found: Words | None
    """What looking found; None: nobody looked, or it would not work."""
    problem: Words | None
    """What keeps it from working."""
    mend: Words | None


class Channels(Answer):
    """The channels of the workspace."""

    channels: tuple[ChannelInfo, ...]


class InState(Answer):
    """How many touches of a channel are in a state."""

    channel: str
    state: str
    name: Words
    touches: int


class HaltInfo(Answer):
    """What goes no further."""

    scope: str
    """all, channel or campaign."""
    key: str
    kind: str
    """pause or stop."""
    by: str
    at: datetime
    why: str


class OutboxInfo(Answer):
    """How the outbox stands."""

    states: tuple[InState, ...]
    halts: tuple[HaltInfo, ...]
    dispatchers: int
    """Processes that are sending, or did so when they were killed."""


class TouchInfo(Answer):
    """A touch; its address is shown to whom may see personal data."""

    touch_id: str
    channel: str
    campaign: str
    customer_id: str
    address: str
    subject: str
    state: str
    tries: int
    queued_at: datetime
    tried_at: datetime | None
    fault: Words | None
    """What kind of fault there was."""
    code: str
    text: str


class Touches(Answer):
    """Touches of a state, the last queued first."""

    touches: tuple[TouchInfo, ...]
    next_cursor: str | None


class Tried(Answer):
    """What became of a test message."""

    outcome: str
    """accepted, later, rejected or uncertain."""
    said: Words
    code: str
    text: str


class Dispatched(Answer):
    """What a dispatcher did while it ran: touches by the state that it left them in."""

    sent: int
    queued: int
    """Tries after which a touch was queued again."""
    held: int
    failed: int
    unusable: tuple[ChannelInfo, ...]
    """Channels that could not be opened; their touches wait."""


class ConsentInfo(Answer):
    """What a customer agreed to or refused; an empty channel or topic means all of them."""

    given: bool
    channel: str
    topic: str
    at: datetime
    source: str
    proof: str
    by: str


class Consents(Answer):
    """All that a customer said, the latest first; the latest that applies holds."""

    customer_id: str
    consents: tuple[ConsentInfo, ...]


class TaskInfo(Answer):
    """Something that the team is to do for a customer."""

    id: str
    customer_id: str
    staff: str
    title: str
    text: str
    due_at: datetime
    state: str
    name: Words
    note: str


class Tasks(Answer):
    """Tasks, what is due first foremost."""

    tasks: tuple[TaskInfo, ...]


class ReportsRead(Answer):
    """What letters that came back told: touches that bounced, complaints, and letters that told nothing."""

    bounced: int
    complaints: int
    delayed: int
    unknown: int
    """Reports of touches that are not here."""
    others: int
    """Letters that report nothing."""
