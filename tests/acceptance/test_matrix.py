"""A matrix of any traits of orders puts everyone where the oracle does."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import THOROUGH, dataset, differences, layers
from tests.oracle.cuts import Rule
from tests.oracle.matrix import Dimension, Matrix
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops

WITHIN = ["spend", "order_count", "active_days", "average_order_value", "refund_share"]
TRAITS = [*WITHIN, "recency_days", "tenure_days", "typical_gap_days"]

RULES: st.SearchStrategy[Rule] = st.sampled_from(["median", "mean", "q0.75", 1, 30])


@st.composite
def dimensions(draw: st.DrawFn) -> tuple[Dimension, ...]:
    """One to five traits, each high or low being better, in windows where that says something."""
    traits = draw(st.lists(st.sampled_from(TRAITS), min_size=1, max_size=5, unique=True))
    return tuple(
        Dimension(
            trait,
            draw(RULES),
            draw(st.sampled_from([None, 30, 365])) if trait in WITHIN else None,
            draw(st.booleans()),
        )
        for trait in traits
    )


def of(dimension: Dimension) -> tt.MatrixDimension:
    better: Literal["low", "high"] = "low" if dimension.smaller_is_better else "high"
    days = dimension.days
    return tt.MatrixDimension(trait=dimension.trait, cut=dimension.rule, better=better, window_days=days)


@pytest.mark.full
@THOROUGH
@given(asked_shops(), dimensions())
def test_every_cell(asked: tuple[Shop, datetime], given_dimensions: tuple[Dimension, ...]) -> None:
    shop, as_of = asked
    matrix, expected = tt.Matrix(dimensions=tuple(map(of, given_dimensions))), Matrix(given_dimensions)
    got = matrix.assign(dataset(shop), as_of=as_of)
    assert differences(layers(got), expected.assign(shop, as_of)) == {}
    assert tuple(got.counts()["layer"]) == expected.layers
