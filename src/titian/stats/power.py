"""Power: how many customers show a difference, and which difference so many customers show."""

from __future__ import annotations

import math

from titian.errors import InputError
from titian.stats.effects import LEVEL, check_level

POWER = 0.8
"""The chance to see a difference that is there."""


def needed(variance: float, difference: float, held_out: float, critical: float, power: float = POWER) -> int:
    """Customers in both arms together at which a true difference of means is told from none with a chance of `power`.

    `variance` is that of the metric among customers, the same in both arms; `held_out` the share of the smaller or the
    larger arm; `critical` how many standard errors the interval reaches to either side (1.96 for one look at 95 %).
    n = σ²·(1/h + 1/(1 - h))·((critical + z)/δ)². Source: Cohen, *Statistical Power Analysis* (1988), §2.4, with the
    normal distribution in the place of Student's.
    """
    _check(variance, power, held_out)
    if difference == 0:
        raise _nothing_to_see()
    spread = variance / (held_out * (1 - held_out))
    return max(2, math.ceil(spread * (_reach(critical, power) / difference) ** 2))


def detectable(variance: float, customers: float, held_out: float, critical: float, power: float = POWER) -> float:
    """The smallest true difference of means that so many customers, split so, tell from none with a chance of `power`."""
    _check(variance, power, held_out)
    return _reach(critical, power) * math.sqrt(variance / (held_out * (1 - held_out)) / customers)


def least_held_out(
    variance: float, difference: float, customers: float, critical: float, power: float = POWER
) -> float | None:
    """The smallest share of `customers` to hold out that shows a difference; None where even half of them does not.

    n held fixed, h·(1 - h) = q with q = σ²·((critical + z)/δ)²/n, of which the smaller root is taken.
    """
    _check(variance, power, 0.5)
    if difference == 0:
        raise _nothing_to_see()
    product = variance * (_reach(critical, power) / difference) ** 2 / customers
    return None if product > 0.25 else 2 * product / (1 + math.sqrt(1 - 4 * product))


def critical_of(level: float = LEVEL) -> float:
    """Standard errors that the interval of one look reaches to either side: 1.96 at 95 %."""
    check_level(level)
    return deviation_of((1 + level) / 2)


def deviation_of(chance: float) -> float:
    """How many standard deviations above the mean a normal value is not reached with this chance: 0.84 at 80 %."""
    from scipy.stats import norm

    return float(norm.ppf(chance))


def _reach(critical: float, power: float) -> float:
    return critical + deviation_of(power)


def _check(variance: float, power: float, held_out: float) -> None:
    if not (math.isfinite(variance) and variance > 0):
        raise InputError(
            f"a variance of {variance:g} has no sizes",
            "give a standard deviation above 0, or a share between 0 and 1",
            zh=f"方差为 {variance:g} 时无法计算样本量",
            hint_zh="请给出大于 0 的标准差，或 0 与 1 之间的比例",
            variance=variance,
        )
    if not 0.5 <= power < 1:
        raise InputError(
            f"the power is {power}",
            "choose a number from 0.5 to below 1; 0.8 is usual",
            zh=f"检验功效为 {power}",
            hint_zh="请选择 0.5 到 1（不含）之间的数，常用 0.8",
            power=power,
        )
    if not 0 < held_out < 1:
        raise InputError(
            f"a share of {held_out} can not be held out",
            "choose a number between 0 and 1, such as 0.1",
            zh=f"对照组占比不能为 {held_out}",
            hint_zh="请选择 0 与 1 之间的数，例如 0.1",
            held_out=held_out,
        )


def _nothing_to_see() -> InputError:
    return InputError(
        "no number of customers shows a difference of 0",
        "say the smallest effect that would matter, such as 0.05 for five percent",
        zh="再多的客户也看不出 0 的差别",
        hint_zh="请给出有意义的最小效果，例如 0.05 表示百分之五",
    )
