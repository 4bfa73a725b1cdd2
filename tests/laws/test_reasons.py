"""Reasons are what the raw rows say: value, cut, distance and side are recomputed for every layering."""

from __future__ import annotations

import pytest
from hypothesis import given

import titian as tt
from tests.acceptance.product import close, dataset
from tests.laws.asking import FEW, Asked
from tests.oracle.cuts import better
from tests.oracle.facts import all_traits
from tests.oracle.matrix import CENT, Dimension, Matrix
from tests.oracle.score import fit_bins, scores
from tests.oracle.shop import exact
from tests.oracle.strategies import asked_shops
from tests.oracle.value_levels import ValueLevels
from titian.domain.reason import Reason

SOME = 3
"""Customers whose reasons are asked for in each shop."""


def agrees(reason: Reason, value: object, cut: object, *, smaller_is_better: bool) -> None:
    """Value, cut and the signed distance between them."""
    assert close(reason.value, value)  # type: ignore[arg-type]
    assert close(reason.cut, cut)  # type: ignore[arg-type]
    if value is None or cut is None:
        assert reason.distance is None
        return
    ahead = exact(value) - exact(cut)  # type: ignore[arg-type]
    assert close(reason.distance, -ahead if smaller_is_better else ahead)


@FEW
@given(asked=asked_shops(min_size=8))
def test_levels_say_how_silent_and_how_much_money(asked: Asked) -> None:
    shop, as_of = asked
    levels, ever = ValueLevels(), all_traits(shop, as_of)
    recent, cuts = all_traits(shop, as_of, 365), levels.fit(shop, as_of)
    found, got = levels.assign(shop, as_of), tt.ValueLevels().assign(dataset(shop), as_of=as_of)
    for who in [who for who, traits in ever.items() if traits.bought][:SOME]:
        silence, money = got.explain(who)
        deciding = cuts["churn" if found[who] == "churned" else "warning"].value
        agrees(silence, ever[who].recency_days, deciding, smaller_is_better=True)
        agrees(money, recent[who].spend, cuts["spend"].value, smaller_is_better=False)
        assert silence.high == (found[who] not in ("churned", "at_risk"))
        assert money.high == better(recent[who].spend, cuts["spend"], smaller_is_better=False)


@FEW
@given(asked=asked_shops(min_size=8))
def test_scores_say_their_points_and_the_bound_of_the_next(asked: Asked) -> None:
    shop, as_of = asked
    points, bins = scores(shop, as_of), fit_bins(shop, as_of)
    got = tt.RFMScore().assign(dataset(shop), as_of=as_of)
    for who, score in list(points.items())[:SOME]:
        each = (score.r_score, score.f_score, score.m_score)
        for reason, reached, dimension in zip(got.explain(who), each, bins, strict=True):
            assert f"{reached} of 5 points" in reason.sentence.en
            assert f"得 {reached} 分" in reason.sentence.zh
            assert reason.high == (None if reached == 3 else reached > 3)
            worst_first = sorted(
                (cut.value or 0 for cut in dimension.cuts), reverse=dimension.dimension.smaller_is_better
            )
            assert close(reason.cut, worst_first[min(reached, 4) - 1] if reached > 1 else worst_first[0])


CELLS = Matrix(
    (
        Dimension("average_order_value", "mean", step=CENT),
        Dimension("typical_gap_days", "median", smaller_is_better=True),
        Dimension("refund_share", "median", 365, smaller_is_better=True),
    )
)
PLAIN = tt.Matrix(
    dimensions=[
        tt.MatrixDimension(trait="average_order_value", cut="mean", better="high"),
        tt.MatrixDimension(trait="typical_gap_days", cut="median", better="low"),
        tt.MatrixDimension(trait="refund_share", cut="median", better="low", window_days=365),
    ]
)


@FEW
@given(asked=asked_shops(min_size=8))
def test_cells_say_each_of_their_sides(asked: Asked) -> None:
    shop, as_of = asked
    rows = CELLS.rows(shop, as_of)
    cuts, got = CELLS.fit(rows), PLAIN.assign(dataset(shop), as_of=as_of)
    for who, row in list(rows.items())[:SOME]:
        for dimension, reason in zip(CELLS.dimensions, got.explain(who), strict=True):
            value, cut = row[dimension.trait], cuts[dimension.trait].value
            agrees(reason, value, cut, smaller_is_better=dimension.smaller_is_better)
            if value is not None and cut is not None:
                assert reason.high == CELLS.high(dimension, row, cuts)


@pytest.mark.parametrize("layering", [tt.RFM(), tt.ValueLevels(), PLAIN], ids=lambda one: one.kind)
@FEW
@given(asked=asked_shops(min_size=8))
def test_the_sentence_says_the_side_that_was_taken(layering: tt.Layering, asked: Asked) -> None:
    shop, as_of = asked
    got = layering.assign(dataset(shop), as_of=as_of)
    for who in sorted({o.customer_id for o in shop.orders if o.customer_id and o.ordered_at < as_of})[:SOME]:
        for reason in got.explain(who):
            if reason.high is None or reason.value is None:
                assert "还没有数据" in reason.sentence.zh
                continue
            good = ("better than", "meets"), ("优于", "达到")
            bad = ("short of", "no better than"), ("不及", "等于")
            en, zh = good if reason.high else bad
            assert any(words in reason.sentence.en for words in en)
            assert any(words in reason.sentence.zh for words in zh)
