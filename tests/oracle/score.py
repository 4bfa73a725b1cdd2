"""RFM scores: one to five per dimension, a weighted total, and the grade that is the layer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tests.oracle.cuts import Cut, Rule, better, fit_cut
from tests.oracle.facts import population
from tests.oracle.matrix import Dimension, Row, rfm
from tests.oracle.shop import Shop

QUINTILES = ("q0.2", "q0.4", "q0.6", "q0.8")
SCORE_LAYERS = ("s5", "s4", "s3", "s2", "s1", "none")
THIRD = Fraction(1, 3)


@dataclass(frozen=True)
class Score:
    """The scores of one who has bought."""

    r_score: int
    f_score: int
    m_score: int
    total: Fraction

    @property
    def layer(self) -> str:
        """The total, halves rounded up."""
        return f"s{(self.total + Fraction(1, 2)).__floor__()}"


@dataclass(frozen=True)
class Bins:
    """The four cuts of one dimension."""

    dimension: Dimension
    cuts: tuple[Cut, ...]

    def score(self, row: Row) -> int:
        """One, and one more for every cut that the value is better than."""
        value = row[self.dimension.trait]
        return 1 + sum(better(value, cut, self.dimension.smaller_is_better) for cut in self.cuts)


Bounds = tuple[Rule, Rule, Rule, Rule]


def fit_bins(
    shop: Shop,
    as_of: datetime,
    window_days: int | None = 365,
    bounds: tuple[Bounds, Bounds, Bounds] = (QUINTILES, QUINTILES, QUINTILES),
) -> tuple[Bins, ...]:
    """The bins of all three dimensions: fixed numbers, or fitted to those who have bought.

    For recency, where smaller is better, the best fifth lies below q20: four cuts split either way.
    """
    model = rfm(window_days=window_days)
    rows = model.rows(shop, as_of)
    values = {d: [v for row in rows.values() if (v := row[d.trait]) is not None] for d in model.dimensions}
    return tuple(
        Bins(d, tuple(fit_cut(rule, values[d]) for rule in rules))
        for d, rules in zip(model.dimensions, bounds, strict=True)
    )


def scores(
    shop: Shop,
    as_of: datetime,
    window_days: int | None = 365,
    weights: tuple[Fraction, Fraction, Fraction] = (THIRD, THIRD, THIRD),
    bins: tuple[Bins, ...] | None = None,
) -> dict[str, Score]:
    """The scores of everyone who has bought."""
    fitted = bins or fit_bins(shop, as_of, window_days)
    found = {}
    for who, row in rfm(window_days=window_days).rows(shop, as_of).items():
        r, f, m = (each.score(row) for each in fitted)
        total = sum((w * s for w, s in zip(weights, (r, f, m), strict=True)), Fraction(0))
        found[who] = Score(r, f, m, total)
    return found


def score_layers(
    shop: Shop, as_of: datetime, window_days: int | None = 365, bins: tuple[Bins, ...] | None = None
) -> dict[str, str]:
    """Everyone's grade as of an instant."""
    found = scores(shop, as_of, window_days, bins=bins)
    return {who: found[who].layer if who in found else "none" for who in population(shop, as_of)}
