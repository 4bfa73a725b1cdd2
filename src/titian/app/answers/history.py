"""Answers about a layering over time, and about two layerings side by side."""

from __future__ import annotations

from datetime import date

from titian.app.answers.base import Answer, Counted, LayerInfo, NoteInfo, Period
from titian.domain.words import Words


class StayInfo(Answer):
    """How long customers stay in one layer after they came to it; those who were there at the start are left out."""

    layer: str
    already: int
    """Customers who were there when the history began, nobody knows since when."""
    came: int
    """How often somebody came after that."""
    still: int
    """How many of those stays were not over at the end."""
    median_days: float | None
    """Days after which half have left (Kaplan-Meier); None while more than half are still there."""
    median_low: float | None
    median_high: float | None
    """The median's 95 % band, open where None."""
    days: tuple[int, ...]
    """The days of the curve, from 0 to the longest stay that was seen; empty when nobody came."""
    share: tuple[float, ...]
    """Share still there after each of `days`; 0 to 1."""


class LayeringHistory(Counted):
    """How many customers each layer held on each day, under cuts fitted once, at the start."""

    start: date
    end: date
    every: str
    """day, week or month."""
    daily: bool
    """Whether days follow from each other; else each one is assigned anew, which takes its time."""
    fit_as_of: date
    """The day whose customers the cuts are fitted on: the start, or the definition's own."""
    layers: tuple[LayerInfo, ...]
    days: tuple[date, ...]
    customers: tuple[tuple[int, ...], ...]
    """Per layer, in the order of `layers`, the customers on each day."""
    moved: tuple[int, ...]
    """How many customers came to another layer, or were first seen, on each day; the first day has none."""
    stays: tuple[StayInfo, ...]
    """In the order of `layers`."""
    notes: tuple[NoteInfo, ...]


class Mover(Answer):
    """Somebody who came to another layer, or was first seen."""

    customer_id: str
    source: str | None
    """Empty where first seen."""
    target: str
    why: Words
    """Which cuts were passed."""


class Movers(Counted):
    """One page of those who moved on one day of a history, by customer."""

    day: date
    layers: tuple[LayerInfo, ...]
    total: int
    rows: tuple[Mover, ...]
    next_cursor: str | None


class CrossedCell(Answer):
    """Customers in one layer of each of two layerings; shares and TGI are None of nothing."""

    first: str
    second: str
    customers: int
    share: float | None
    share_of_first: float | None
    share_of_second: float | None
    money: float | None
    """None without orders."""
    money_share: float | None
    tgi: float | None
    """Share of `second` within `first` over its share among everyone, × 100."""
    residual: float
    """How far from what chance would bring; from 2 on seldom chance."""


class Crossed(Answer):
    """Two layerings laid over each other as of a day."""

    period: Period
    first: str
    second: str
    first_name: Words
    second_name: Words
    first_layers: tuple[LayerInfo, ...]
    second_layers: tuple[LayerInfo, ...]
    cells: tuple[CrossedCell, ...]
    """A cell per pair, in rank order, empty ones included."""
    association: float | None
    """Cramér's V, 0 to 1: how far one layering tells the other; None where nobody can say."""
    low: float | None
    high: float | None
    notes: tuple[NoteInfo, ...]
