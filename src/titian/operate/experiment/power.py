"""Power: how many customers an experiment takes, how many of them to hold out, and what effect it would show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeGuard

from titian.domain.counting import counted, share_text
from titian.domain.words import Words
from titian.errors import InputError
from titian.stats.confidence_sequence import Boundary
from titian.stats.effects import LEVEL
from titian.stats.power import POWER, critical_of, detectable, least_held_out, needed

HOLDOUT = 0.1


@dataclass(frozen=True)
class Baseline:
    """A metric among customers whom nothing touches: its mean and its variance."""

    mean: float
    variance: float
    is_share: bool


@dataclass(frozen=True)
class Sizes:
    """An experiment that shows an effect with a chance of `power`.

    `effect` is a share of the mean, `difference` the same in the metric's unit. `enough` is False where so many customers
    don't show the effect however they are split; `customers_needed` are those that it takes with half of them held out.
    """

    customers: int
    holdout: float
    held_out: int
    touched: int
    effect: float
    difference: float
    power: float
    level: float
    peeking: bool
    enough: bool
    customers_needed: int
    sentence: Words


def sizes(
    *,
    share: float | None = None,
    mean: float | None = None,
    deviation: float | None = None,
    effect: float | None = None,
    customers: int | None = None,
    holdout: float | None = None,
    power: float = POWER,
    level: float = LEVEL,
    peeking: bool = False,
) -> Sizes:
    """What an experiment takes, of a metric that is a `share` of customers, or has a `mean` and a standard `deviation`.

    Say two of three, and the third is found: the `effect` that matters as a share of the mean (0.05), the `customers` in
    all, and the part of them to hold out, `holdout` (0.1 where only the effect is said). `peeking` reckons with an interval
    that holds at any look, tuned for these customers. The smallest holdout is the one that is found: more of it shows more.

    Raises InputError for numbers that make no experiment.
    """
    base = baseline(share, mean, deviation)
    critical = Boundary(level, tuned_for=1).critical(1) if peeking else critical_of(level)
    _check(base, effect, customers, holdout)
    part, enough = HOLDOUT if holdout is None else holdout, True
    if effect is None and customers is not None:
        effect = detectable(base.variance, customers, part, critical, power) / base.mean
    elif effect is not None and customers is None:
        customers = needed(base.variance, effect * base.mean, part, critical, power)
    elif effect is not None and customers is not None:
        least = least_held_out(base.variance, effect * base.mean, customers, critical, power)
        part, enough = least or 0.5, least is not None
    assert effect is not None
    assert customers is not None
    at_best = needed(base.variance, effect * base.mean, 0.5, critical, power)
    held_out = min(customers - 1, max(1, math.ceil(customers * part - 1e-9)))
    return Sizes(
        customers=customers,
        holdout=part,
        held_out=held_out,
        touched=customers - held_out,
        effect=effect,
        difference=effect * base.mean,
        power=power,
        level=level,
        peeking=peeking,
        enough=enough,
        customers_needed=at_best,
        sentence=_sentence(customers, held_out, effect, power, enough, at_best),
    )


def baseline(share: float | None, mean: float | None, deviation: float | None) -> Baseline:
    """A metric from its share of customers, or its mean and standard deviation. Raises InputError."""
    if share is not None and mean is None and deviation is None and 0 < share < 1:
        return Baseline(share, share * (1 - share), is_share=True)
    if share is None and _positive(mean) and _positive(deviation):
        return Baseline(mean, deviation**2, is_share=False)
    raise InputError(
        "the metric is not said: a share between 0 and 1, or a mean and a standard deviation above 0",
        "say share=0.12 (--share 0.12), or mean=35 and deviation=80 (--mean 35 --deviation 80)",
        zh="没有说明指标：请给出 0 与 1 之间的比例，或大于 0 的均值和标准差",
        hint_zh="请写 share=0.12（--share 0.12），或 mean=35、deviation=80（--mean 35 --deviation 80）",
    )


def _positive(number: float | None) -> TypeGuard[float]:
    return number is not None and math.isfinite(number) and number > 0


def _sentence(customers: int, held_out: int, effect: float, power: float, enough: bool, at_best: int) -> Words:
    change, chance = share_text(effect, 2), share_text(power, 0)
    if not enough:
        return Words(
            zh=f"{customers:,} 位客户不够：即使一半作为对照，也看不出 {change} 的效果；至少需要 {at_best:,} 位。",
            en=f"{counted(customers, 'customer is', 'customers are')} not enough: even with half of them held out an effect of "
            f"{change} would not show; it takes {at_best:,}.",
        )
    return Words(
        zh=f"{customers:,} 位客户，其中 {held_out:,} 位作为对照、{customers - held_out:,} 位触达，有 {chance} 的把握看出 {change} 的效果。",
        en=f"Of {counted(customers, 'customer', 'customers')}, {held_out:,} held out and {customers - held_out:,} touched, an "
        f"effect of {change} shows with a chance of {chance}.",
    )


def _check(base: Baseline, effect: float | None, customers: int | None, holdout: float | None) -> None:
    """Raises InputError unless two of three are said, of sense for the metric."""
    if effect is None and customers is None:
        raise _nothing_said()
    if None not in (effect, customers, holdout):
        raise _all_said()
    if customers is not None and customers < 4:
        raise _too_few(customers)
    most = (1 - base.mean) / base.mean if base.is_share else math.inf
    if effect is not None and not (math.isfinite(effect) and effect != 0 and -1 <= effect <= most):
        raise _no_effect(base, effect)


def _no_effect(base: Baseline, effect: float) -> InputError:
    return InputError(
        f"an effect of {effect:g} can't be: the mean would be {base.mean * (1 + effect):g}",
        "say it as a share of the mean: 0.05 is five percent more",
        zh=f"效果不能为 {effect:g}：均值会变成 {base.mean * (1 + effect):g}",
        hint_zh="请用占均值的比例表示：0.05 表示多百分之五",
        effect=effect,
    )


def _too_few(customers: int) -> InputError:
    return InputError(
        f"{counted(customers, 'customer makes', 'customers make')} no experiment",
        "say how many customers there are, at least 4",
        zh=f"{customers} 位客户无法做实验",
        hint_zh="请给出客户总数，至少为 4",
        customers=customers,
    )


def _nothing_said() -> InputError:
    return InputError(
        "neither the effect nor the customers are said",
        "say the effect that matters (effect=0.05), or how many customers there are (customers=20000), or both",
        zh="既没有给出效果，也没有给出客户数",
        hint_zh="请给出有意义的效果（effect=0.05）或客户总数（customers=20000），或两者都给",
    )


def _all_said() -> InputError:
    return InputError(
        "effect, customers and holdout are all said, so there is nothing to find",
        "leave one of the three out",
        zh="效果、客户数和对照组占比都已给出，没有要计算的",
        hint_zh="请去掉三者之一",
    )
