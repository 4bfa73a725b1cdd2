"""Magnitude: the words for how much a split explains, by Cohen's conventions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from titian.domain.words import Words


@dataclass(frozen=True)
class Magnitude:
    """A word for an effect: from `f` on for numbers and from `w` on for categories, both Cohen's measures.

    Source: Cohen, *Statistical Power Analysis for the Behavioral Sciences* (1988), §8.2.3 (f) and §7.2.3 (w).
    """

    key: str
    words: Words
    f: float
    w: float


NONE = Magnitude("none", Words(zh="几乎没有差别", en="hardly any difference"), f=0.0, w=0.0)
SMALL = Magnitude("small", Words(zh="差别较小", en="a small difference"), f=0.10, w=0.10)
MEDIUM = Magnitude("medium", Words(zh="差别中等", en="a medium difference"), f=0.25, w=0.30)
LARGE = Magnitude("large", Words(zh="差别很大", en="a large difference"), f=0.40, w=0.50)
MAGNITUDES = (NONE, SMALL, MEDIUM, LARGE)


def of_share(explained: float) -> Magnitude:
    """The word for a share of variance (ω² or η², 0 to 1): f² = share / (1 - share), so 0.0099, 0.0588 and 0.1379."""
    f = math.sqrt(explained / (1 - explained)) if explained < 1 else math.inf
    return max((one for one in MAGNITUDES if one.f <= f), key=lambda one: one.f)


def of_association(v: float, steps: int) -> Magnitude:
    """The word for Cramér's V (0 to 1) of a table whose shorter side has `steps` + 1 values: w = V·√steps."""
    w = v * math.sqrt(steps)
    return max((one for one in MAGNITUDES if one.w <= w), key=lambda one: one.w)
