"""RFMScore: one to five points per dimension, weighted into a grade."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from math import isclose, lcm
from operator import add

import ibis
import ibis.expr.types as ir
from pydantic import PositiveInt, ValidationInfo, field_validator, model_validator

from titian.domain.cut import Cut
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.layering.contract import NONE_KEY, none_layer
from titian.layering.cuts import Axis, fit_cuts, is_high, turns_of
from titian.layering.fitted import Fitted, notes_on_size
from titian.layering.layering import Layering
from titian.layering.plays import GRADES
from titian.layering.reasons import score_reason
from titian.traits.catalogue import trait
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait

Bounds = tuple[float, float, float, float]
FIFTHS: tuple[Cut, ...] = ("q0.2", "q0.4", "q0.6", "q0.8")
_FINEST_WEIGHT = 10**6


class RFMScore(Layering):
    """Five grades from scores of recency, frequency and money, each 1 to 5.

    A score is 1 + how many of the interpolated q20, q40, q60, q80 the value is strictly better than, so that ties
    share a bin and a bin may be empty; or how many of four fixed bounds it reaches, when `…_bounds` are given, worst
    first. total = weighted mean of the scores; grade = floor(total + 0.5). Equal totals rank by customer_id.

    Columns beside the traits: r_score, f_score, m_score (1 to 5), total (1.0 to 5.0); all empty for *none*.
    """

    kind = "rfm_score"
    words = Words(zh="RFM 打分分级", en="RFM score")
    meaning = Words(
        zh="最近购买、次数、金额各打 1 到 5 分，加权成五级",
        en="recency, frequency and money scored 1 to 5, weighted into five grades",
    )

    told_by_sides = True

    recency_weight: float = 1 / 3
    frequency_weight: float = 1 / 3
    monetary_weight: float = 1 / 3
    recency_bounds: Bounds | None = None
    frequency_bounds: Bounds | None = None
    monetary_bounds: Bounds | None = None
    window_days: PositiveInt | None = 365

    @model_validator(mode="after")
    def _weights_sum_to_one(self) -> RFMScore:
        weights = (self.recency_weight, self.frequency_weight, self.monetary_weight)
        if min(weights) < 0 or not isclose(sum(weights), 1, abs_tol=1e-6):
            raise RefusedError(
                zh=f"三个权重不能为负，且合计必须为 1，而不是 {sum(weights):g}",
                en=f"the three weights must not be negative and must sum to 1, not {sum(weights):g}",
            )
        return self

    @field_validator("recency_bounds", "frequency_bounds", "monetary_bounds")
    @classmethod
    def _ordered(cls, bounds: Bounds | None, info: ValidationInfo) -> Bounds | None:
        falls = info.field_name == "recency_bounds"
        if bounds is not None and list(bounds) != sorted(bounds, reverse=falls):
            raise RefusedError(zh="四个界限应从差到好排列", en="the four bounds go from the worst to the best")
        return bounds

    def traits(self) -> Mapping[str, Trait]:
        """Recency over all history, frequency and money in the window."""
        return {
            "recency_days": trait("recency_days"),
            "order_count": trait("order_count").within(self.window_days),
            "spend": trait("spend").within(self.window_days),
        }

    def axes(self) -> dict[str, tuple[Axis, ...]]:
        """Four bounds per dimension, by the name of its score column."""
        rules = {"r": self.recency_bounds, "f": self.frequency_bounds, "m": self.monetary_bounds}
        fields = {"r": "recency_bounds", "f": "frequency_bounds", "m": "monetary_bounds"}
        return {
            f"{letter}_score": tuple(
                Axis(f"{fields[letter]}.{number}", column, found, rule, found.better)
                for number, rule in enumerate(rules[letter] or FIFTHS)
            )
            for letter, (column, found) in zip("rfm", self.traits().items(), strict=True)
        }

    def fit(self, traits: TraitTable) -> Fitted:
        """The bounds of the bins as found in the buyers."""
        rows = traits.view(self.traits())
        axes = tuple(axis for bounds in self.axes().values() for axis in bounds)
        customers, spreads = fit_cuts(traits.data, rows.filter(rows.ranked), axes)
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=(*(grade.model_copy(update={"rank": rank}) for rank, grade in enumerate(GRADES, 1)), none_layer()),
            cuts=tuple(spread.cut for spread in spreads),
            customers=customers,
            notes=notes_on_size(customers),
        )

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """s5 to s1 by the rounded total; `none` for who never bought."""
        weights, whole = self._whole_weights()
        points = self._points(self._scores(rows, fitted), weights)
        # floor(total + 0.5) in whole numbers: no engine rounds it another way.
        branches = [(2 * points >= (2 * grade - 1) * whole, f"s{grade}") for grade in (5, 4, 3, 2)]
        return ibis.cases((~rows.ranked, NONE_KEY), *branches, else_="s1")

    def extras(self, rows: ir.Table, fitted: Fitted) -> dict[str, ir.Value]:
        """The three scores and the total."""
        weights, whole = self._whole_weights()
        scores = self._scores(rows, fitted)
        columns = {**scores, "total": self._points(scores, weights).cast("float64") / whole}
        return {name: ibis.cases((rows.ranked, value)) for name, value in columns.items()}

    def turns(self, fitted: Fitted) -> Mapping[str, tuple[int, ...]]:
        """Where the days since the last order pass a cut."""
        return turns_of(self.traits(), fitted.cuts)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """One reason per dimension: its score, and the bound that would give one more point."""
        return [
            score_reason(
                axes[0].trait,
                row[axes[0].column],
                row[score],
                [fitted.cut(axis.field) for axis in axes],
                fitted.currency,
            )
            for score, axes in self.axes().items()
        ]

    def _scores(self, rows: ir.Table, fitted: Fitted) -> dict[str, ir.IntegerValue]:
        return {
            column: reduce(
                add,
                (is_high(rows[axis.column], fitted.cut(axis.field)).cast("int64") for axis in bounds),
                ibis.literal(1, "int64"),
            )
            for column, bounds in self.axes().items()
        }

    def _whole_weights(self) -> tuple[tuple[int, ...], int]:
        """The weights as whole numbers, and what they sum to."""
        given = (self.recency_weight, self.frequency_weight, self.monetary_weight)
        parts = [Fraction(weight).limit_denominator(_FINEST_WEIGHT) for weight in given]
        under = lcm(*(part.denominator for part in parts))
        whole = tuple(int(part * under) for part in parts)
        return whole, sum(whole)

    def _points(self, scores: dict[str, ir.IntegerValue], weights: tuple[int, ...]) -> ir.IntegerValue:
        return reduce(add, (score * weight for score, weight in zip(scores.values(), weights, strict=True)))
