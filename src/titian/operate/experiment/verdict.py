"""Verdict: what to do about a play, from the interval of its effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from titian.domain.words import Words
from titian.errors import InputError
from titian.operate.experiment.difference import Difference
from titian.operate.experiment.measured import Measured
from titian.stats.confidence_sequence import Boundary
from titian.stats.effects import LEVEL, check_level
from titian.stats.power import POWER, deviation_of

MATTERS = 0.05
LEAST_EXPECTED = 5.0
"""Customers who act, or don't, that an arm should have by chance alone before its mean is near normal (Cochran 1954)."""

EVERYBODY = 1e10
"""More customers than there are people: no number to tell."""

VerdictKey = Literal["keep", "change", "stop", "not_enough", "mismatch"]


@dataclass(frozen=True)
class Verdict:
    """A verdict in both languages."""

    key: VerdictKey
    words: Words


KEEP = Verdict("keep", Words(zh="保留", en="keep"))
CHANGE = Verdict("change", Words(zh="调整", en="change"))
STOP = Verdict("stop", Words(zh="停止", en="stop"))
NOT_ENOUGH = Verdict("not_enough", Words(zh="数据还不够", en="not enough data yet"))
MISMATCH = Verdict("mismatch", Words(zh="分组失衡", en="split is off"))
VERDICTS = (KEEP, CHANGE, STOP, NOT_ENOUGH, MISMATCH)


@dataclass(frozen=True)
class Terms:
    """By what an experiment is judged.

    `matters` is the smallest effect worth having, as a share of the control's mean; `boundary` is there when people may look
    at any time.
    """

    level: float = LEVEL
    matters: float = MATTERS
    power: float = POWER
    boundary: Boundary | None = None

    def __post_init__(self) -> None:
        check_level(self.level)
        if not (math.isfinite(self.matters) and self.matters > 0):
            raise InputError(
                f"an effect of {self.matters} can't be the smallest that matters",
                "say it as a share of the control's mean, above 0: 0.05 is five percent",
                zh=f"{self.matters} 不能作为有意义的最小效果",
                hint_zh="请用占对照组均值的比例表示，须大于 0，例如 0.05 表示百分之五",
                matters=self.matters,
            )


def judged(measured: Measured, p_adjusted: float | None, terms: Terms, *, mismatch: bool) -> Verdict:
    """What the interval says: all of it good, keep; all of it bad, stop; none of it as good as what matters, change.

    A difference that may be chance, among so many that were looked at, or whose mean rests on a handful of customers, is
    not enough.
    """
    if mismatch:
        return MISMATCH
    found = measured.difference
    if found is None or found.low is None or found.high is None or thin(measured):
        return NOT_ENOUGH
    low, high = (-found.high, -found.low) if measured.metric.lower_is_better else (found.low, found.high)
    sure = p_adjusted is not None and p_adjusted < 1 - terms.level
    if high < 0 or low > 0:
        decided = STOP if high < 0 else KEEP
        return decided if sure else NOT_ENOUGH
    worth = worth_having(measured, terms)
    return CHANGE if worth is not None and high < worth else NOT_ENOUGH


def more_customers(measured: Measured, terms: Terms) -> int | None:
    """About how many more customers, split as now, until the answer is clear; None where nobody can tell, or it takes more than there are.

    As many as show an effect that matters with the chance `power`; where so many are there already, as many as make the
    interval shorter than that effect, so that it leaves out either it or no effect at all.
    """
    found, worth = measured.difference, worth_having(measured, terms)
    if found is None or found.low is None or found.high is None or worth is None:
        return None
    now, half = measured.customers_in_both, (found.high - found.low) / 2
    needed = now * ((half + deviation_of(terms.power) * found.error) / worth) ** 2
    if needed <= now:
        needed = now * (2 * half / worth) ** 2
    if thin(measured):
        needed = max(needed, now * LEAST_EXPECTED / max(measured.expected, 1e-9))
    return max(1, math.ceil(needed - now)) if needed < EVERYBODY else None


def worth_having(measured: Measured, terms: Terms) -> float | None:
    """The smallest difference that matters; None where the control's mean is 0, of which there is no share."""
    mean = None if measured.control is None else abs(measured.control.mean)
    return mean * terms.matters if mean else None


def thin(measured: Measured) -> bool:
    """Whether the smaller arm would have but a handful of customers who act, or who don't, if arms were alike."""
    return measured.expected < LEAST_EXPECTED


def clear(found: Difference) -> bool:
    """Whether the interval leaves out no difference at all."""
    return found.low is not None and found.high is not None and (found.low > 0 or found.high < 0)
