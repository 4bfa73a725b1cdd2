"""Scores, totals and grades are the oracle's."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK, THOROUGH, answers, close, dataset, differences, layers
from tests.oracle.score import Bounds, fit_bins, score_layers, scores
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops


@pytest.mark.full
@THOROUGH
@given(asked_shops(), st.sampled_from([365, None, 30]))
def test_every_score_and_grade(asked: tuple[Shop, datetime], window: int | None) -> None:
    shop, as_of = asked
    got = tt.RFMScore(window_days=window).assign(dataset(shop), as_of=as_of)
    assert differences(layers(got), score_layers(shop, as_of, window)) == {}
    said, expected = answers(got), scores(shop, as_of, window)
    wrong = [
        (who, column, said[who][column])
        for who, score in expected.items()
        for column in ("r_score", "f_score", "m_score", "total")
        if not close(said[who][column], getattr(score, column))
    ]
    assert wrong == []


@QUICK
@given(asked_shops())
def test_fixed_bounds_include_themselves_and_weights_rank(asked: tuple[Shop, datetime]) -> None:
    shop, as_of = asked
    bounds: tuple[Bounds, Bounds, Bounds] = ((180, 90, 30, 1), (1, 2, 3, 4), (0.1, 1, 10, 99.99))
    names = ("recency", "frequency", "monetary")
    weights = {f"{name}_weight": weight for name, weight in zip(names, (0.5, 0.25, 0.25), strict=True)}
    model = tt.RFMScore(**{f"{name}_bounds": each for name, each in zip(names, bounds, strict=True)}, **weights)
    said = answers(model.assign(dataset(shop), as_of=as_of))
    parts = (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))
    expected = scores(shop, as_of, weights=parts, bins=fit_bins(shop, as_of, bounds=bounds))
    assert {who: (row["total"], row["layer"]) for who, row in said.items() if row["layer"] != "none"} == {
        who: (float(score.total), score.layer) for who, score in expected.items()
    }
