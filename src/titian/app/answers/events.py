"""Answers about events: the names that the data have for them, and what those mean."""

from __future__ import annotations

from datetime import datetime

from titian.app.answers.base import Answer
from titian.domain.words import Words


class MeaningInfo(Answer):
    """Something that customers do, which layerings read: a view, a purchase, a share."""

    key: str
    words: Words
    also: tuple[str, ...]
    """Names that mean it without anybody saying so."""


class EventName(Answer):
    """An event as the data call it."""

    name: str
    means: str
    """The key of its meaning; its own name where none is known."""
    words: Words
    known: bool
    """Whether it has a meaning that layerings read."""
    said: bool
    """Whether the team said so; else it is the usual meaning of the name."""
    rows: int
    customers: int
    first_at: datetime
    last_at: datetime


class EventNames(Answer):
    """The names of events, the most frequent first."""

    names: tuple[EventName, ...]
    found: int
    """How many names match, more than are listed where there are very many."""
    total: int
    unknown: int
    """Names of whose meaning nobody has said anything, and that have no usual one."""
    unknown_rows: int
    rows: int
    meanings: tuple[MeaningInfo, ...]
    """Those to choose from."""


class MeaningsAsked(Answer):
    """Event names → the key of what they mean; its own name for nothing that layerings know; None: as is usual."""

    means: dict[str, str | None]
