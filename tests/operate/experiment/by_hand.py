"""By hand: Welch's test, CUPED and ratios, in plain Python from the textbooks' formulas; only quantiles are scipy's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean, variance

from scipy.stats import t as student

Values = list[float]


@dataclass(frozen=True)
class Found:
    """The difference of two means."""

    control: float
    arm: float
    low: float
    high: float
    p: float


def welch(control: Values, arm: Values, level: float = 0.95) -> Found:
    """Welch, *The generalization of Student's problem when several different population variances are involved* (1947)."""
    parts = [variance(one) / len(one) for one in (control, arm)]
    error = math.sqrt(sum(parts))
    degrees = sum(parts) ** 2 / sum(part**2 / (len(one) - 1) for part, one in zip(parts, (control, arm), strict=True))
    apart = fmean(arm) - fmean(control)
    half = student.ppf((1 + level) / 2, degrees) * error
    p = 2 * student.sf(abs(apart) / error, degrees)
    return Found(fmean(control), fmean(arm), apart - half, apart + half, p)


def cuped(control: Values, arm: Values, control_before: Values, arm_before: Values) -> tuple[Values, Values]:
    """Every customer's value less θ·(before - mean before), θ = cov(value, before) / var(before) of everybody."""
    values, before = [*control, *arm], [*control_before, *arm_before]
    middle, mean = fmean(before), fmean(values)
    theta = sum((v - mean) * (b - middle) for v, b in zip(values, before, strict=True)) / sum(
        (b - middle) ** 2 for b in before
    )
    left = [v - theta * (b - middle) for v, b in zip(values, before, strict=True)]
    return left[: len(control)], left[len(control) :]


def ratio_parts(numerators: Values, denominators: Values) -> Values:
    """Each customer's part in a ratio of means: their mean is the ratio, their variance that of the delta method."""
    ratio, mean = fmean(numerators) / fmean(denominators), fmean(denominators)
    return [ratio + (n - ratio * d) / mean for n, d in zip(numerators, denominators, strict=True)]
