"""Answers about the four things to know of a customer, and of how many each is known."""

from __future__ import annotations

from datetime import date, datetime

from titian.app.answers.base import Answer
from titian.domain.things import Thing
from titian.domain.words import Words


class ChoiceInfo(Answer):
    """One of the usual answers."""

    key: str
    name: Words


class SayingInfo(Answer):
    """What somebody of the team said of a thing."""

    id: str
    choice: ChoiceInfo | None
    text: str
    by: str
    at: datetime
    ended_at: datetime | None
    """When another came in its place or it was taken back; None: it holds."""
    taken_back_at: datetime | None


class ThingKnown(Answer):
    """One of the four things, and what is known of it."""

    key: Thing
    name: Words
    question: Words
    choices: tuple[ChoiceInfo, ...]
    known: bool
    """Whether the team or the data say it."""
    said: SayingInfo | None
    """What the team says."""
    data: tuple[Words, ...]
    """What the data say."""
    hints: tuple[Words, ...]
    """What the data show that may help to ask; by itself it does not tell."""
    history: tuple[SayingInfo, ...]
    """All that the team said, the newest first."""


class CustomerKnowing(Answer):
    """The four things of a customer as of a day."""

    customer_id: str
    as_of: date
    things: tuple[ThingKnown, ...]
    unknown: tuple[Thing, ...]
    """What is still to be found out."""


class SayingAsked(Answer):
    """What is to be said of a thing: a choice, a text or both; neither: nothing is known of it after all."""

    choice: str | None = None
    text: str = ""
    seen: str | None = None
    """The id of the saying that the writer saw, "" for none: with another there, nothing is written (409)."""


class ThingSaid(Answer):
    """What came of saying something, or of taking it back."""

    customer_id: str
    thing: Thing
    said: SayingInfo | None
    """What holds now."""
    changed: bool
    entry: str | None
    """By this what was said can be taken back; None where nothing was said."""


class ThingCoverage(Answer):
    """Of how many customers one thing is known."""

    key: Thing
    name: Words
    known: int
    share: float
    by_team: int
    """Of whom the team says it."""
    by_data: int
    """Of whom the data say it; many of them are in both."""


class Coverage(Answer):
    """Of how many customers the four things are known as of a day."""

    as_of: date
    customers: int
    whole: int
    """Of whom all four are known."""
    things: tuple[ThingCoverage, ...]
