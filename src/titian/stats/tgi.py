"""TGI: how much more often a value is found in a group than among everybody, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from titian.errors import InputError
from titian.stats.effects import LEVEL, check_level
from titian.stats.links import Numbers, same_length

HALVINGS = 60
FARTHEST = 40.0
"""Log odds beyond which a share is 0 or 1 to the last bit."""


@dataclass(frozen=True)
class TGI:
    """Share in the group / share of everybody × 100, and its interval; 100 is as common as everywhere.

    All are None where the value or the group has nobody.
    """

    value: float | None
    low: float | None
    high: float | None


UNKNOWN = TGI(None, None, None)


def tgi(inside: ArrayLike, everyone: ArrayLike, group: int, customers: int, *, level: float = LEVEL) -> list[TGI]:
    """The TGI of each value from its customers `inside` the group and among `everyone`.

    `group` and `customers` are the sizes of both. The group is part of everybody, so the two shares are not independent;
    those of the group (p) and of the rest (q) are. With f = group / customers, TGI / 100 = θ / (fθ + 1 - f) grows with
    θ = p / q alone, so the ends of Koopman's score interval of θ give those of the TGI. It holds for shares of nobody, and
    reaches from 0 to 100 / f. Of a group that is everybody each TGI is 100, and nothing is left to estimate.

    Source: Koopman, *Confidence intervals for the ratio of two binomial proportions* (Biometrics 40, 1984); Nam, *Confidence
    limits for the ratio of two binomial proportions based on likelihood scores* (Biometrical J. 37, 1995).
    Raises InputError for counts that do not fit each other, and a level outside (0, 1).
    """
    check_level(level)
    found = np.asarray(inside, dtype=np.float64)
    all_ = np.asarray(everyone, dtype=np.float64)
    same_length(inside=found, everyone=all_)
    _check(found, all_, group, customers)
    if not group:
        return [UNKNOWN] * len(found)
    known = all_ > 0
    most = 100 * customers / group
    shares = np.divide(found, all_, out=np.zeros_like(found), where=known)
    if group == customers:
        low = high = shares
    else:
        low, high = _ends(_Counts(found, all_ - found, group, customers - group), shares, _critical(level))
    return [
        TGI(float(one * most), float(least * most), float(top * most)) if there else UNKNOWN
        for one, least, top, there in zip(shares, low, high, known, strict=True)
    ]


def _check(inside: Numbers, everyone: Numbers, group: int, customers: int) -> None:
    fits = (inside >= 0) & (inside <= np.minimum(everyone, group)) & (everyone - inside <= customers - group)
    if bool(np.all(fits)) and 0 <= group <= customers:
        return
    raise InputError(
        "the counts of a group do not fit those of everybody",
        "the group is part of everybody, and a value's customers are part of both",
        zh="群体的计数与全体的计数对不上",
        hint_zh="群体是全体的一部分，取值的客户数不能超过两者",
    )


def _critical(level: float) -> float:
    from scipy.stats import chi2

    return float(chi2.ppf(level, 1))


@dataclass(frozen=True, eq=False)
class _Counts:
    """Customers with each value in the group and in the rest, and the sizes of the two."""

    inside: Numbers
    outside: Numbers
    group: int
    rest: int

    def score(self, log_odds: Numbers) -> Numbers:
        """Koopman's U for the ratio θ at which a value's customers are in the group with these odds.

        The share u of a value's customers who are in the group is fθ / (fθ + 1 - f): θ = (1 - f) / f · u / (1 - u).
        """
        ratio = self.rest / self.group * np.exp(log_odds)
        total = self.inside + self.outside
        everyone = self.group + self.rest
        middle = self.inside + self.group * ratio + self.rest + self.outside * ratio
        root = np.sqrt(np.maximum(middle**2 - 4 * everyone * ratio * total, 0.0))
        # The smaller root of the quadratic of the most likely share, so written that nothing is cancelled.
        outer = 2 * total / (middle + root)
        return _part(self.inside, self.group, ratio * outer) + _part(self.outside, self.rest, outer)


def _part(count: Numbers, size: int, share: Numbers) -> Numbers:
    variance = size * share * (1 - share)
    off = (count - size * share) ** 2
    return np.divide(off, variance, out=np.zeros_like(off), where=variance > 0)


def _ends(counts: _Counts, shares: Numbers, critical: float) -> tuple[Numbers, Numbers]:
    """Between which shares of a value's customers in the group the score stays within bounds."""
    with np.errstate(divide="ignore", over="ignore"):
        middle = np.clip(np.log(shares) - np.log1p(-shares), -FARTHEST, FARTHEST)
    low = _end(counts, middle, np.full_like(middle, -FARTHEST), critical)
    high = _end(counts, middle, np.full_like(middle, FARTHEST), critical)
    return np.where(shares > 0, low, 0.0), np.where(shares < 1, high, 1.0)


def _end(counts: _Counts, within: Numbers, beyond: Numbers, critical: float) -> Numbers:
    """The share at which the score leaves its bounds, by halving the log odds between a point within and one beyond."""
    for _ in range(HALVINGS):
        half = (within + beyond) / 2
        inside = counts.score(half) <= critical
        within, beyond = np.where(inside, half, within), np.where(inside, beyond, half)
    ended: Numbers = 1 / (1 + np.exp(-within))
    return ended
