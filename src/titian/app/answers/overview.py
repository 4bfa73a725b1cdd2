"""The answer of the overview page: what changed, who matters, what waits."""

from __future__ import annotations

from titian.app.answers.base import Answer, NoteInfo, Period
from titian.app.answers.layering import LayeringSummary, LayerNow
from titian.domain.words import Words


class OverviewCard(Answer):
    """One of the four sentences at the top: a number, its sentence, and where to read on."""

    key: str
    """moved, core, at_risk or money."""
    title: Words
    figures: tuple[Figure, ...]
    sentence: Words
    """May mark strong words with **two stars**."""
    left_out: Words | None = None
    """What the figures do not hold, and how much it is."""
    path: str


class Figure(Answer):
    """A large number of a card."""

    value: float | None
    unit: str
    """customers, share, money or days."""
    tone: str
    """up, down or plain."""


class NeedsYou(Answer):
    """Something that waits for a person."""

    kind: str
    tone: str
    """bad, warn or good."""
    title: Words
    detail: Words
    action: Words
    path: str


class Overview(Answer):
    """The overview as of a day."""

    period: Period
    cards: tuple[OverviewCard, ...]
    needs_you: tuple[NeedsYou, ...]
    layering: LayeringSummary | None
    layers: tuple[LayerNow, ...]
    customers: int
    notes: tuple[NoteInfo, ...]


OverviewCard.model_rebuild()
