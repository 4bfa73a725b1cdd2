"""Survival: how long people stay, when some are still there (Kaplan-Meier)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from titian.errors import InputError
from titian.stats.effects import LEVEL, check_level
from titian.stats.links import Numbers, same_length


@dataclass(frozen=True)
class Survival:
    """The share of people who stay longer than each duration.

    One row for each of the `durations` at which somebody left or was last seen, ascending: `at_risk` had stayed until
    then, `left` went at it, `censored` were still there when last seen; `share` stays on beyond it, within `low` and
    `high` at `level`. `median` is the shortest duration beyond which at most half stay, None when more than half are
    still there at the end; `median_low` and `median_high` likewise, from the band. Durations are in the unit handed in.
    """

    durations: tuple[float, ...]
    at_risk: tuple[int, ...]
    left: tuple[int, ...]
    censored: tuple[int, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    level: float
    median: float | None
    median_low: float | None
    median_high: float | None
    people: int

    def beyond(self, duration: float) -> float:
        """The share that stays longer than `duration`."""
        row = bisect_right(self.durations, duration)
        return self.share[row - 1] if row else 1.0


def kaplan_meier(durations: ArrayLike, left: ArrayLike, censored: ArrayLike, *, level: float = LEVEL) -> Survival:
    """Survival from how many left at each duration and how many were still there when last seen (right-censored).

    S(t) = Π (1 - d/n) over durations up to t, with d who left of n at risk; who was last seen at t was at risk at t. The
    band is log(-log)-transformed: S^exp(±z·σ), σ² = Σ d/(n(n-d)) / (ln S)². Before anybody left it is one; after the last
    of all left its upper side stays where it was, for Greenwood's variance is not defined there. Rows of one duration add
    up, in any order.

    Source: Kaplan & Meier (JASA 53, 1958); Greenwood (1926) for the variance; Kalbfleisch & Prentice, *The Statistical
    Analysis of Failure Time Data* (1980) for the band; Brookmeyer & Crowley (Biometrics 38, 1982) for the median's.
    Raises InputError for arrays of different lengths, durations or counts below zero, and a level outside (0, 1).
    """
    check_level(level)
    times, gone, unseen = _checked(durations, left, censored)
    at_risk = np.cumsum((gone + unseen)[::-1])[::-1]
    share = np.cumprod(1 - gone / at_risk, dtype=np.float64)
    low, high = _band(share, gone, at_risk, level)
    return Survival(
        durations=tuple(times.tolist()),
        at_risk=tuple(at_risk.tolist()),
        left=tuple(gone.tolist()),
        censored=tuple(unseen.tolist()),
        share=tuple(share.tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        level=level,
        median=_half(times, share),
        median_low=_half(times, low),
        median_high=_half(times, high),
        people=int(at_risk[0]) if len(at_risk) else 0,
    )


def _checked(
    durations: ArrayLike, left: ArrayLike, censored: ArrayLike
) -> tuple[Numbers, NDArray[np.int64], NDArray[np.int64]]:
    """Distinct durations ascending, with how many left and were last seen at each."""
    times = np.asarray(durations, dtype=np.float64)
    gone, unseen = np.asarray(left, dtype=np.int64), np.asarray(censored, dtype=np.int64)
    same_length(durations=times, left=gone, censored=unseen)
    if not bool(np.all((times >= 0) & np.isfinite(times) & (gone >= 0) & (unseen >= 0))):
        raise InputError(
            "a duration or a count is below zero or not a number",
            "leave out who has no duration, and check that nobody left before they came",
            zh="有时长或人数小于零，或不是数字",
            hint_zh="请去掉没有时长的客户，并确认没有人在进入之前离开",
        )
    some = gone + unseen > 0
    distinct, row = np.unique(times[some], return_inverse=True)
    together = np.zeros((2, len(distinct)), dtype=np.int64)
    np.add.at(together[0], row, gone[some])
    np.add.at(together[1], row, unseen[some])
    return distinct, together[0], together[1]


def _band(share: Numbers, gone: NDArray[np.int64], at_risk: NDArray[np.int64], level: float) -> tuple[Numbers, Numbers]:
    from scipy.special import ndtri

    inside = (share > 0) & (share < 1)
    stay = np.where(inside, share, 0.5)
    greenwood = np.cumsum(np.where(inside, gone / (at_risk * np.maximum(at_risk - gone, 1)), 0.0))
    reach = float(ndtri((1 + level) / 2)) * np.sqrt(greenwood) / -np.log(stay)
    low = np.where(inside, stay ** np.exp(reach), share)
    high = np.where(inside, stay ** np.exp(-reach), share)
    if len(share) and share[-1] == 0:
        high[-1] = high[-2] if len(share) > 1 else 1.0
    return low, high


def _half(times: Numbers, share: Numbers) -> float | None:
    """The first duration with at most half; a hair above half is rounding."""
    below = np.flatnonzero(share <= 0.5 + 1e-12)
    return float(times[below[0]]) if len(below) else None
