"""Matrix layerings: any dimensions, each high or low against its cut; RFM is the one with eight names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import product

from tests.oracle.cuts import Cut, Rule, better, fit_cut
from tests.oracle.facts import all_traits, population
from tests.oracle.shop import Number, Shop

Row = dict[str, Number | None]
"""The values of one customer, by trait."""
Cuts = dict[str, Cut]


@dataclass(frozen=True)
class Dimension:
    """One dimension: a trait, within a window, against a cut. `step` is the least one can improve by."""

    trait: str
    rule: Rule
    days: int | None = None
    smaller_is_better: bool = False
    step: Fraction = Fraction(1)


CENT = Fraction(1, 100)
RFM_NAMES = {
    "high_high_high": "important_value",
    "high_low_high": "important_develop",
    "low_high_high": "important_keep",
    "low_low_high": "important_retain",
    "high_high_low": "general_value",
    "high_low_low": "general_develop",
    "low_high_low": "general_keep",
    "low_low_low": "general_retain",
}
RFM_LAYERS = (*RFM_NAMES.values(), "none")


@dataclass(frozen=True)
class Matrix:
    """Dimensions and, if they have any, the names of the cells."""

    dimensions: tuple[Dimension, ...]
    names: tuple[tuple[str, str], ...] = ()

    @property
    def layers(self) -> tuple[str, ...]:
        """Keys in rank order, the unranked last: by the first dimension, then the second …, high before low."""
        if self.names:
            return (*dict(self.names).values(), "none")
        return (*("_".join(sides) for sides in product(("high", "low"), repeat=len(self.dimensions))), "none")

    def rows(self, shop: Shop, as_of: datetime) -> dict[str, Row]:
        """The values of each customer who has bought, at any time before `as_of`."""
        buyers = [who for who, traits in all_traits(shop, as_of).items() if traits.bought]
        views = {d.days: all_traits(shop, as_of, d.days) for d in self.dimensions}
        return {who: {d.trait: getattr(views[d.days][who], d.trait) for d in self.dimensions} for who in buyers}

    def fit(self, rows: dict[str, Row]) -> Cuts:
        """The cuts, from those who have bought."""
        return {
            d.trait: fit_cut(d.rule, [value for row in rows.values() if (value := row[d.trait]) is not None])
            for d in self.dimensions
        }

    def fit_at(self, shop: Shop, as_of: datetime) -> Cuts:
        """The cuts as of an instant."""
        return self.fit(self.rows(shop, as_of))

    def layer(self, row: Row, cuts: Cuts) -> str:
        """The layer of one who has bought."""
        key = "_".join("high" if self.high(d, row, cuts) else "low" for d in self.dimensions)
        return dict(self.names).get(key, key)

    def high(self, dimension: Dimension, row: Row, cuts: Cuts) -> bool:
        return better(row[dimension.trait], cuts[dimension.trait], dimension.smaller_is_better)

    def assign(self, shop: Shop, as_of: datetime, cuts: Cuts | None = None) -> dict[str, str]:
        """Everyone's layer as of an instant, by the given cuts or by those of that instant."""
        rows = self.rows(shop, as_of)
        fitted = self.fit(rows) if cuts is None else cuts
        return {who: self.layer(rows[who], fitted) if who in rows else "none" for who in population(shop, as_of)}


def rfm(
    recency: Rule = "median", frequency: Rule = "median", monetary: Rule = "median", window_days: int | None = 365
) -> Matrix:
    """The eight value layers: R over all history, F and M within the window."""
    return Matrix(
        (
            Dimension("recency_days", recency, smaller_is_better=True),
            Dimension("order_count", frequency, window_days),
            Dimension("spend", monetary, window_days, step=CENT),
        ),
        tuple(RFM_NAMES.items()),
    )
