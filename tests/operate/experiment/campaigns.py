"""Campaigns, made: customers buy at their own rates, or come one day after the other, and somebody looks every day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from titian.operate.experiment.difference import ArmMean, Difference, at_any_look, telling
from titian.operate.experiment.tasting import at_one_look
from titian.stats.confidence_sequence import Boundary

Look = tuple[NDArray[np.float64], NDArray[np.bool_]]
"""Outcomes so far, and who was touched."""


@dataclass(frozen=True)
class Campaign:
    """A list of customers, of whom a part is held out, watched for some days; `lift` is the share that touching adds.

    Customers buy at rates of their own, a few of them much; orders are far from normal.
    """

    customers: int = 2000
    held_out: float = 0.1
    rate: float = 0.01
    days: int = 28
    lift: float = 0.0
    bought: bool = False
    """The outcome is whether they bought, not how much."""

    def looks(self, chance: np.random.Generator) -> Iterator[Look]:
        """What is known after each day."""
        touched = chance.random(self.customers) >= self.held_out
        rates = self.rate * chance.gamma(0.5, 2.0, self.customers) * (1 + self.lift * touched)
        spent = np.zeros(self.customers)
        for _ in range(self.days):
            orders = chance.poisson(rates)
            spent += orders * chance.lognormal(3, 1, self.customers)
            yield (spent > 0).astype(float) if self.bought else spent, touched


@dataclass(frozen=True)
class Arrivals:
    """Customers who come day by day, each seen once."""

    a_day: int = 100
    held_out: float = 0.1
    days: int = 28

    def looks(self, chance: np.random.Generator) -> Iterator[Look]:
        """What is known after each day."""
        customers = self.a_day * self.days
        spent = (chance.random(customers) < 0.1) * chance.lognormal(3, 1, customers)
        touched = chance.random(customers) >= self.held_out
        for day in range(1, self.days + 1):
            yield spent[: day * self.a_day], touched[: day * self.a_day]


def share_wrong(of: Campaign | Arrivals, campaigns: int, seed: int, truth: float, how: Boundary | None) -> float:
    """In which share of campaigns the interval ever leaves the truth out, at any look, by the boundary or by Welch."""
    chance = np.random.default_rng(seed)
    return sum(any(map(leaves_out(truth, how), of.looks(chance))) for _ in range(campaigns)) / campaigns


def leaves_out(truth: float, how: Boundary | None) -> Callable[[Look], bool]:
    """Whether the interval of one look leaves the truth out."""

    def wrong(look: Look) -> bool:
        found = _difference(*look, how)
        if found is None or found.low is None or found.high is None:
            return False
        return not found.low <= truth <= found.high

    return wrong


def _difference(outcomes: NDArray[np.float64], touched: NDArray[np.bool_], how: Boundary | None) -> Difference | None:
    arms = [outcomes[~touched], outcomes[touched]]
    if min(map(len, arms)) < 2:
        return None
    means = [ArmMean(len(one), float(one.mean()), float(one.var(ddof=1))) for one in arms]
    if not telling(*means):
        return None
    return at_one_look(*means, 0.95) if how is None else at_any_look(*means, how)
