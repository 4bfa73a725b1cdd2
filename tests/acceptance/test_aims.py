"""The gaps to every layer that can be aimed at are the oracle's, for every layering that has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest
from hypothesis import given

import titian as tt
from tests.acceptance.product import QUICK, close, dataset
from tests.oracle.gaps import Gap, gap, gaps, share
from tests.oracle.matrix import CENT, RFM_NAMES, Cuts, Dimension, Matrix, Row, rfm
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops
from tests.oracle.value_levels import ValueLevels
from titian.layering.assignment import Assignment

Asked = tuple[Shop, datetime]
MATRIX = Matrix(
    (
        Dimension("active_days", "mean", 365),
        Dimension("tenure_days", 100),
        Dimension("average_order_value", "median", step=CENT),
    )
)
PLAIN = tt.Matrix(
    dimensions=[
        tt.MatrixDimension(trait="active_days", cut="mean", window_days=365),
        tt.MatrixDimension(trait="tenure_days", cut=100),
        tt.MatrixDimension(trait="average_order_value"),
    ]
)


def wanted(model: Matrix, sides: tuple[str, ...]) -> Matrix:
    """The dimensions that are high in a cell."""
    return replace(
        model, dimensions=tuple(d for d, side in zip(model.dimensions, sides, strict=True) if side == "high")
    )


def said(got: Assignment, target: str) -> dict[str, Row]:
    found = got.gap(target).to_arrow().to_pylist()
    return {row["customer_id"]: row for row in found if row["layer"] != "none"}


def same(row: Row, expected: Gap, columns: dict[str, str]) -> bool:
    sizes = all(close(row[f"{columns[name]}_gap"], size) for name, size in expected.gaps.items())
    lacking = None if expected.lacking is None else columns[expected.lacking]
    return sizes and row["lacking"] == lacking


def compare(
    got: Assignment, target: str, model: Matrix, rows: dict[str, Row], cuts: Cuts, columns: dict[str, str]
) -> None:
    """Everyone with a value in each dimension lacks what the oracle says."""
    found = said(got, target)
    known = {who: row for who, row in rows.items() if all(row[d.trait] is not None for d in model.dimensions)}
    assert [who for who, row in known.items() if not same(found[who], gaps(model, row, cuts), columns)] == []


@QUICK
@given(asked_shops(min_size=1))
def test_every_one_of_the_eight_layers(asked: Asked) -> None:
    shop, as_of = asked
    model, rows = rfm(), rfm().rows(shop, as_of)
    cuts, got = model.fit(rows), tt.RFM().assign(dataset(shop), as_of=as_of)
    columns = {d.trait: d.trait for d in model.dimensions}
    for sides, target in RFM_NAMES.items():
        part = wanted(model, tuple(sides.split("_")))
        if part.dimensions:
            compare(got, target, part, rows, cuts, columns)


@QUICK
@given(asked_shops(min_size=1))
def test_every_cell_of_a_matrix(asked: Asked) -> None:
    shop, as_of = asked
    rows = MATRIX.rows(shop, as_of)
    cuts, got = MATRIX.fit(rows), PLAIN.assign(dataset(shop), as_of=as_of)
    columns = {
        "active_days": "active_days_365d",
        "tenure_days": "tenure_days",
        "average_order_value": "average_order_value",
    }
    for sides in list(product(("high", "low"), repeat=3))[:-1]:
        compare(got, "_".join(sides), wanted(MATRIX, sides), rows, cuts, columns)


@QUICK
@given(asked_shops(min_size=1))
def test_the_way_back_to_active_potential_or_at_risk(asked: Asked) -> None:
    shop, as_of = asked
    levels, got = ValueLevels(), tt.ValueLevels().assign(dataset(shop), as_of=as_of)
    cuts, rows = levels.fit(shop, as_of), rfm().rows(shop, as_of)
    silence = Dimension("recency_days", 90, smaller_is_better=True)
    for target, time in (("potential", "warning"), ("at_risk", "churn")):
        cut = replace(cuts[time], inclusive=True)
        for who, row in said(got, target).items():
            size = gap(rows[who], cut, silence)
            assert close(row["recency_days_gap"], size)
            assert close(row["recency_days_share"], share(size, cut, silence))
    money = Dimension("spend", "median", step=CENT)
    for who, row in said(got, "active").items():
        assert close(row["spend_gap"], gap(rows[who], cuts["spend"], money))


@pytest.mark.parametrize("model", [tt.RFM(), tt.ValueLevels(), PLAIN], ids=lambda m: m.kind)
@QUICK
@given(asked=asked_shops(min_size=8))
def test_who_lacks_nothing_for_the_best_layer_is_in_it(model: tt.RFM, asked: Asked) -> None:
    shop, as_of = asked
    got = model.assign(dataset(shop), as_of=as_of)
    best = got.fitted.layers[0].key
    for row in said(got, best).values():
        assert (row["lacking"] is None) == (row["layer"] == best)
