"""Confidence sequence: an interval that holds however often one looks, and the p value that goes with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from titian.errors import InputError
from titian.stats.effects import LEVEL, check_level

TUNED_FOR = 1_000
"""Customers at which the interval is tightest unless a plan says otherwise: beyond them it widens slowly, before them fast."""


@dataclass(frozen=True)
class Boundary:
    """How many standard errors a difference may be off, at any of all looks, with the chance that `level` leaves.

    It is tightest when `tuned_for` customers are in. That has to be fixed before the first look: an interval that is tuned
    anew at every look is a row of single ones, and does not hold.

    Of n customers in both arms, with the variance σ² of each one's part in the difference, so that the standard error is
    σ/√n, the difference is known to ± σ·√(2(nρ² + 1)/(n²ρ²)·log(√(nρ² + 1)/α)): `critical` is that over σ/√n. The
    interval is asymptotic, as one by the central limit theorem is, but over all n at once.

    Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, *Time-uniform central limit theory and asymptotic confidence
    sequences* (Annals of Statistics 52, 2024; first in 2021), Theorem 2.2 for the boundary and appendix B.2 for ρ. It is
    the normal mixture of Robbins (1970), and the test is the mSPRT of Johari, Pekelis & Walsh (2015).
    """

    level: float = LEVEL
    tuned_for: float = TUNED_FOR

    def __post_init__(self) -> None:
        check_level(self.level)
        if not self.tuned_for >= 1:
            raise InputError(
                f"an interval can't be tuned for {self.tuned_for:g} customers",
                "say how many customers the experiment will have, at least 1",
                zh=f"区间无法按 {self.tuned_for:g} 位客户来设定",
                hint_zh="请给出实验预计的客户总数，至少为 1",
                tuned_for=self.tuned_for,
            )

    @property
    def _rho_squared(self) -> float:
        alpha = 1 - self.level
        return (-2 * math.log(alpha) + math.log(1 - 2 * math.log(alpha))) / self.tuned_for

    def critical(self, customers: float) -> float:
        """Standard errors to either side when so many customers are in both arms together; at least 1 of them."""
        information = customers * self._rho_squared
        return math.sqrt(2 * (1 + 1 / information) * (0.5 * math.log1p(information) - math.log(1 - self.level)))

    def p_value(self, deviation: float, customers: float) -> float:
        """The smallest 1 - level at which the sequence, tuned as it is, would leave out no difference.

        `deviation` is the difference over its standard error. It may be looked at any number of times: under no
        difference it ever falls to p with a chance of p.
        """
        information = customers * self._rho_squared
        exponent = 0.5 * math.log1p(information) - deviation**2 / (2 * (1 + 1 / information))
        return math.exp(min(0.0, exponent))


def as_students(deviation: float, degrees: float) -> float:
    """A normal deviation as that of Student's t with as much beyond it: small samples reach farther. May be infinite."""
    from scipy.stats import norm, t

    return float(t.isf(norm.sf(deviation), degrees))


def as_normal(deviation: float, degrees: float) -> float:
    """The other way round: what a deviation of Student's t is worth as a normal one, 0 or more of either sign."""
    from scipy.stats import norm, t

    return float(norm.isf(t.sf(abs(deviation), degrees)))
