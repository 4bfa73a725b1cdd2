"""Tasting: what tea-tasting computes of moments: means with CUPED and the delta method, Welch's test, the sample ratio."""

from __future__ import annotations

import math
from typing import Any

from titian.operate.experiment.difference import ArmMean, Difference, finite
from titian.operate.experiment.metric import COVARIATE, COVARIATE_DENOMINATOR, DENOMINATOR, NUMERATOR
from titian.operate.experiment.moments import Moments

VALUE = "value"
ROUNDING = 1e-12
"""A variance so small beside the parts that it is made of is a trace of rounding."""

APART_FROM_ZERO = 1e5
"""Standard errors that means are moved from zero where their ratio is of no interest."""


def arm_means(control: Moments, arm: Moments) -> tuple[ArmMean, ArmMean] | None:
    """A metric's mean and variance in two arms; None where the denominator of a ratio adds up to nothing, or next to it.

    With a covariate X, CUPED takes θ·(X - mean of X in both) out of the metric, θ = cov / var in both arms together. Ratios
    have the variance of the delta method. Source: Deng, Xu, Kohavi & Walker, *Improving the sensitivity of online controlled
    experiments by utilizing pre-experiment data* (WSDM 2013); Deng, Knoblich & Lu, *Applying the delta method in metric
    analytics* (KDD 2018).
    """
    parts = arm.means.keys()
    numerator, denominator, before, before_denominator = (
        part if part in parts else None for part in (NUMERATOR, DENOMINATOR, COVARIATE, COVARIATE_DENOMINATOR)
    )
    both = control + arm
    divisors = [part for part in (denominator, before_denominator) if part is not None]
    if any(not (of.means[part] ** 2) for of in (control, arm, both) for part in divisors):
        return None
    aggregates = _aggregates(both)
    spread = aggregates.ratio_var(before, before_denominator)
    theta = aggregates.ratio_cov(numerator, denominator, before, before_denominator) / spread if spread > 0 else 0.0
    middle = aggregates.mean(before) / aggregates.mean(before_denominator)

    def mean(of: Moments) -> ArmMean:
        found = _aggregates(of)
        known = found.mean(before) / found.mean(before_denominator) - middle
        taken = theta**2 * found.ratio_var(before, before_denominator)
        shared = 2 * theta * found.ratio_cov(numerator, denominator, before, before_denominator)
        variance = found.ratio_var(numerator, denominator) + taken - shared
        # One buyer alone has a ratio without variance, but for rounding.
        least = ROUNDING * (found.var(numerator) / found.mean(denominator) ** 2 + taken)
        value = found.mean(numerator) / found.mean(denominator) - theta * known
        return ArmMean(of.customers, float(value), float(variance) if variance > least else 0.0)

    of_control, of_arm = mean(control), mean(arm)
    figures = (of_control.mean, of_control.variance, of_arm.mean, of_arm.variance)
    return (of_control, of_arm) if all(map(math.isfinite, figures)) else None


def at_one_look(control: ArmMean, arm: ArmMean, level: float) -> Difference:
    """The difference with the interval and p value of Welch's test, for those who look once; needs `telling` arms.

    The relative interval is even on the logarithmic scale (delta method), None where a mean is not above 0.
    """
    relative = min(control.mean, arm.mean) > 0
    try:
        found = _welch(control, arm, level, 0.0 if relative else _away(control, arm))
    except OverflowError:  # the ratio of means next to nothing: any ratio may be
        found, relative = _welch(control, arm, level, _away(control, arm)), False
    value = arm.mean - control.mean
    return Difference(
        value=value,
        error=_error(control, arm),
        low=float(found.effect_size_ci_lower),
        high=float(found.effect_size_ci_upper),
        relative=finite(arm.mean / control.mean - 1) if control.mean > 0 else None,
        relative_low=finite(float(found.rel_effect_size_ci_lower)) if relative else None,
        relative_high=finite(float(found.rel_effect_size_ci_upper)) if relative else None,
        p_value=float(found.pvalue),
    )


def sample_ratio(control: int, arm: int, ratio: float) -> float:
    """How likely a split of customers at least so far from `ratio` = arm / control is if they were split by it.

    Exact binomial below 1,000 customers, else its normal approximation with a correction for continuity.
    """
    import tea_tasting
    from tea_tasting.aggr import Aggregates

    sizes = {"control": Aggregates(count_=control), "arm": Aggregates(count_=arm)}
    checked = tea_tasting.SampleRatio(ratio, method="auto", correction=True)
    return float(checked.analyze(sizes, "control", "arm").pvalue)


def _welch(control: ArmMean, arm: ArmMean, level: float, away: float) -> Any:
    """Welch's test; what is added to both means leaves their difference as it is."""
    import tea_tasting
    from tea_tasting.aggr import Aggregates

    metric = tea_tasting.Mean(VALUE, confidence_level=level, alternative="two-sided", equal_var=False, use_t=True)
    return metric.analyze_aggregates(
        *(
            Aggregates(count_=one.customers, mean_={VALUE: one.mean + away}, var_={VALUE: one.variance})
            for one in (control, arm)
        )
    )


def _away(control: ArmMean, arm: ArmMean) -> float:
    return APART_FROM_ZERO * _error(control, arm) - min(control.mean, arm.mean)


def _error(control: ArmMean, arm: ArmMean) -> float:
    return float((control.variance / control.customers + arm.variance / arm.customers) ** 0.5)


def _aggregates(of: Moments) -> Any:
    from tea_tasting.aggr import Aggregates

    variances = {one: value for (one, two), value in of.covariances.items() if one == two}
    covariances = {pair: value for pair, value in of.covariances.items() if pair[0] != pair[1]}
    return Aggregates(count_=of.customers, mean_=dict(of.means), var_=variances, cov_=covariances)
