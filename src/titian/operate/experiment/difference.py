"""Difference: how far two arms' means are apart, with an interval for those who look once, or at any time."""

from __future__ import annotations

import math
from dataclasses import dataclass

from titian.stats.confidence_sequence import Boundary, as_normal, as_students


@dataclass(frozen=True)
class ArmMean:
    """A metric's mean in one arm, with its variance among customers.

    Of a ratio it is the ratio of the means, and the variance is of each customer's part in it; of a metric with a covariate
    both are what is left when the covariate's share is taken out.
    """

    customers: int
    mean: float
    variance: float


@dataclass(frozen=True)
class Difference:
    """`value` = arm - control, its standard error and interval, the same as a share of the control's mean, and the p value.

    What can't be said is None: the relative ones where a mean is not above 0.
    """

    value: float
    error: float
    low: float | None
    high: float | None
    relative: float | None
    relative_low: float | None
    relative_high: float | None
    p_value: float | None


def telling(control: ArmMean, arm: ArmMean) -> bool:
    """Whether there is anything to measure a difference by: two customers in either arm, who are not all alike."""
    return min(control.customers, arm.customers) > 1 and control.variance + arm.variance > 0


def at_any_look(control: ArmMean, arm: ArmMean, boundary: Boundary) -> Difference:
    """The difference with an interval and a p value that hold however often one looks; needs `telling` arms.

    An arm's variance counts as at least that of both together: a small holdout in which nobody has bought yet has none
    of its own, which would make the first looks sure of what they can't know. Small samples reach as far as Student's t.
    """
    pooled = ((control.customers - 1) * control.variance + (arm.customers - 1) * arm.variance) / (
        control.customers + arm.customers - 2
    )
    of_control = max(control.variance, pooled) / control.customers
    of_arm = max(arm.variance, pooled) / arm.customers
    error = math.sqrt(of_control + of_arm)
    degrees = error**4 / (of_control**2 / (control.customers - 1) + of_arm**2 / (arm.customers - 1))
    customers = control.customers + arm.customers
    reach = as_students(boundary.critical(customers), degrees)
    value = arm.mean - control.mean
    relative, low, high = _relative(control.mean, arm.mean, of_control, of_arm, reach)
    return Difference(
        value=value,
        error=error,
        low=finite(value - reach * error),
        high=finite(value + reach * error),
        relative=relative,
        relative_low=low,
        relative_high=high,
        p_value=boundary.p_value(as_normal(value / error, degrees), customers),
    )


def _relative(
    control: float, arm: float, of_control: float, of_arm: float, reach: float
) -> tuple[float | None, float | None, float | None]:
    """The ratio of two means less 1 and its interval, which is even on the logarithmic scale (delta method)."""
    if control <= 0:
        return None, None, None
    ratio = arm / control
    if arm <= 0:
        return ratio - 1, None, None
    half = reach * math.hypot(math.sqrt(of_control) / control, math.sqrt(of_arm) / arm)
    return finite(ratio - 1), finite(ratio * grown(-half) - 1), finite(ratio * grown(half) - 1)


def grown(exponent: float) -> float:
    """The exponential, infinite where a double ends."""
    try:
        return math.exp(exponent)
    except OverflowError:
        return math.inf


def finite(value: float) -> float | None:
    """A number; None for what is none."""
    return value if math.isfinite(value) else None
