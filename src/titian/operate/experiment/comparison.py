"""Comparison: one metric in one arm against the control, with the verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from titian.domain.note import Note
from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.operate.experiment.measured import Measured
from titian.operate.experiment.verdict import Terms, Verdict, judged, more_customers
from titian.operate.experiment.words import notes_on, sentence
from titian.stats.discoveries import corrected, stepped_down

Correction = Literal["holm", "bh", "none"]
CORRECTIONS: Mapping[str, Callable[[Sequence[float | None]], list[float | None]]] = {
    "holm": stepped_down,
    "bh": corrected,
    "none": list,
}
"""By name: Holm's against any false find, Benjamini and Hochberg's against too large a share of them, none."""


@dataclass(frozen=True)
class Comparison:
    """A metric's mean in an arm against the control's, in one layer or (None) in all.

    `customers` are those of the arm who have the metric, `control_customers` those of the control. With a covariate both
    means are as they would be if arms had begun alike. `difference` lies between `low` and `high`, `relative` is it over the
    control's mean; what can't be said is None. `p_adjusted` is the p value with regard to how many were looked at.
    """

    layer: str | None
    metric: str
    arm: str
    customers: int
    control_customers: int
    control_mean: float | None
    mean: float | None
    difference: float | None
    low: float | None
    high: float | None
    relative: float | None
    relative_low: float | None
    relative_high: float | None
    p_value: float | None
    p_adjusted: float | None
    is_share: bool
    verdict: Verdict
    more_customers: int | None
    """About how many more it takes until the answer is clear; None unless there is not enough data yet."""
    sentence: Words
    notes: tuple[Note, ...]


def correction_named(name: str) -> Callable[[Sequence[float | None]], list[float | None]]:
    """How p values are corrected for their number. Raises UnknownNameError."""
    if name not in CORRECTIONS:
        raise UnknownNameError("correction", "校正方法", str(name), list(CORRECTIONS))
    return CORRECTIONS[name]


def comparisons(
    found: Sequence[Measured], correction: str, terms: Terms, off: Callable[[str | None], bool]
) -> tuple[Comparison, ...]:
    """What was measured, as one family of tests; `off` tells of a layer, or of all, whether its split is off."""
    p_values = [None if one.difference is None else one.difference.p_value for one in found]
    adjusted = correction_named(correction)(p_values)
    return tuple(_comparison(one, p, terms, off(one.layer)) for one, p in zip(found, adjusted, strict=True))


def _comparison(one: Measured, p_adjusted: float | None, terms: Terms, mismatch: bool) -> Comparison:
    found = one.difference
    verdict = judged(one, p_adjusted, terms, mismatch=mismatch)
    more = more_customers(one, terms) if verdict.key == "not_enough" else None
    apart = None if one.control is None or one.treated is None else one.treated.mean - one.control.mean
    return Comparison(
        layer=one.layer,
        metric=one.metric.name,
        arm=one.arm,
        customers=one.of_arm.customers,
        control_customers=one.of_control.customers,
        control_mean=one.control.mean if one.control else None,
        mean=one.treated.mean if one.treated else None,
        difference=apart,
        low=found.low if found else None,
        high=found.high if found else None,
        relative=found.relative if found else None,
        relative_low=found.relative_low if found else None,
        relative_high=found.relative_high if found else None,
        p_value=found.p_value if found else None,
        p_adjusted=p_adjusted,
        is_share=one.is_share,
        verdict=verdict,
        more_customers=more,
        sentence=sentence(one, verdict, more, terms),
        notes=notes_on(one, terms),
    )
