"""Cuts: what a mean, a median, a quantile or a fixed number is, and who is better than it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.shop import Number, exact

Rule = str | Number
"""mean, median, q0.8 … or a fixed number."""


@dataclass(frozen=True)
class Cut:
    """A frozen cut. A statistic splits strictly; a fixed number includes itself. Over nobody there is no value."""

    value: Fraction | None
    inclusive: bool


def quantile(values: list[Number], q: Fraction) -> Fraction | None:
    """Interpolated between the neighbours of rank (n − 1) · q."""
    if not values:
        return None
    ordered = sorted(exact(value) for value in values)
    rank = (len(ordered) - 1) * q
    below = rank.numerator // rank.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (rank - below) * (ordered[above] - ordered[below])


def mean(values: list[Number]) -> Fraction | None:
    """The sum over the number of values."""
    return sum((exact(value) for value in values), Fraction(0)) / len(values) if values else None


def fit_cut(rule: Rule, values: list[Number]) -> Cut:
    """The cut that `rule` makes of the customers' values."""
    if not isinstance(rule, str):
        return Cut(exact(rule), inclusive=True)
    if rule == "mean":
        return Cut(mean(values), inclusive=False)
    q = Fraction(1, 2) if rule == "median" else Fraction(rule.removeprefix("q"))
    return Cut(quantile(values, q), inclusive=False)


def better(value: Number | None, cut: Cut, smaller_is_better: bool) -> bool:
    """Whether `value` is high. Without a value or without a cut nobody is."""
    if value is None or cut.value is None:
        return False
    ahead = cut.value - exact(value) if smaller_is_better else exact(value) - cut.value
    return ahead >= 0 if cut.inclusive else ahead > 0
