"""Quantiles: the customers in a queue, cut where the shares end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tests.oracle.cuts import quantile
from tests.oracle.shop import Number, exact


def quantile_layers(values: Mapping[str, Number | None], shares: Sequence[str], *, best_is_low: bool) -> dict[str, str]:
    """q1, q2 … for who has a value, none for the others; shares as text, best first."""
    known = {who: exact(value) for who, value in values.items() if value is not None}
    signed = {who: -value if best_is_low else value for who, value in known.items()}
    tops = [sum(map(Fraction, shares[: place + 1]), Fraction(0)) for place in range(len(shares) - 1)]
    cuts = [quantile(list(signed.values()), 1 - top) for top in tops]
    return {who: place_of(signed.get(who), cuts) for who in values}


def place_of(value: Fraction | None, cuts: Sequence[Fraction | None]) -> str:
    """The first layer whose cut the value is strictly above."""
    if value is None:
        return "none"
    above = [place for place, cut in enumerate(cuts) if cut is not None and value > cut]
    return f"q{(above[0] if above else len(cuts)) + 1}"
