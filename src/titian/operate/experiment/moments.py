"""Moments: what is known of a metric in one arm: how many, means, variances and covariances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from titian.operate.experiment.metric import DENOMINATOR, NUMERATOR

Pair = tuple[str, str]
"""Two parts of a metric in order of the alphabet; a pair of the same is the variance."""


@dataclass(frozen=True)
class Moments:
    """The customers of one arm who have a value of a metric, and the moments of its parts among them.

    `acting` are those whose numerator is not 0. Covariances are those of a sample, 0 of a single customer.
    """

    customers: int
    acting: int
    means: Mapping[str, float]
    covariances: Mapping[Pair, float]

    def __add__(self, other: Moments) -> Moments:
        """The moments of both groups together, exact but for rounding.

        Source: Chan, Golub & LeVeque, *Updating formulae and a pairwise algorithm* (COMPSTAT 1982), (2.1).
        """
        if not (self.customers and other.customers):
            return self if self.customers else other
        customers = self.customers + other.customers
        weight = self.customers * other.customers / customers
        apart = {part: other.means[part] - mean for part, mean in self.means.items()}
        return Moments(
            customers,
            self.acting + other.acting,
            {part: mean + apart[part] * other.customers / customers for part, mean in self.means.items()},
            {
                (one, two): (
                    self.covariances[one, two] * (self.customers - 1)
                    + other.covariances[one, two] * (other.customers - 1)
                    + apart[one] * apart[two] * weight
                )
                / (customers - 1)
                for one, two in self.covariances
            },
        )

    @property
    def is_share(self) -> bool:
        """Whether the metric is 0 or 1 for everybody: both its sum and the sum of its squares are the count of those acting."""
        if DENOMINATOR in self.means or not self.customers:
            return False
        mean, variance = self.means[NUMERATOR], self.covariances[NUMERATOR, NUMERATOR]
        squares = variance * (self.customers - 1) + mean**2 * self.customers
        return max(abs(mean * self.customers - self.acting), abs(squares - self.acting)) < 1e-6 * max(1, self.acting)


NOBODY = Moments(0, 0, {}, {})


def together(groups: Iterable[Moments]) -> Moments:
    """All groups as one; nobody where there is none."""
    return reduce(Moments.__add__, groups, NOBODY)
