"""The answer to the test of a split: how much of an outcome the layers of a layering explain."""

from __future__ import annotations

from datetime import date
from typing import Literal

from titian.app.answers.base import Answer, Counted, LayerInfo, NoteInfo, TraitInfo
from titian.domain.words import Words


class OutcomeValue(Answer):
    """A value of an outcome that is a category; the key None stands for the rest together."""

    key: str | None
    name: Words


class LayerOutcome(Answer):
    """The outcome within one layer; what can not be said is None."""

    layer: LayerInfo
    customers: int
    share: float | None
    """Of everyone."""
    valued: int
    """Customers with a value of the outcome, whom the figures rest on."""
    mean: float | None
    low: float | None
    """The interval of the mean, at the level of the test."""
    high: float | None
    median: float | None
    counts: tuple[int, ...]
    """Of a category: customers with each of `values`."""


class SplitTested(Counted):
    """How far the layers of one day differ in an outcome of the same day or a later one."""

    key: str
    as_of: date
    """The day of the layers."""
    outcome_at: date
    outcome: TraitInfo
    measure: Literal["omega_squared", "cramers_v"]
    """Of a number the share of its differences that the layers explain, of a category Cramér's V; both 0 to 1."""
    effect: float | None
    low: float | None
    high: float | None
    level: float
    p: float | None
    """The p value: with many customers small for any layering, so that the effect says more."""
    by_rank: float | None
    """Of a number: the same measure of the rank among all, where a few very large values weigh no more than others."""
    verdict: Literal["nothing", "little", "fair", "much", "unsure", "unknown"]
    verdict_words: Words
    sentence: Words
    customers: int
    """Customers whom the effect rests on."""
    mean: float | None
    """Of a number: the mean over all of them."""
    values: tuple[OutcomeValue, ...]
    """Of a category its values, the most common first."""
    layers: tuple[LayerOutcome, ...]
    notes: tuple[NoteInfo, ...]
