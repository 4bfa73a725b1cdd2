"""Several layerings at once, and the reasons of one customer."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given

import titian as tt
from tests.acceptance.product import QUICK, close, dataset
from tests.oracle.matrix import rfm
from tests.oracle.score import score_layers
from tests.oracle.shop import Shop, exact
from tests.oracle.strategies import asked_shops
from tests.oracle.value_levels import ValueLevels

Asked = tuple[Shop, datetime]


@QUICK
@given(asked_shops())
def test_all_layerings_in_one_pass(asked: Asked) -> None:
    shop, as_of = asked
    rows = tt.assign([tt.RFM(), tt.RFMScore(), tt.ValueLevels()], dataset(shop), as_of=as_of).to_dict("records")
    expected = (rfm().assign(shop, as_of), score_layers(shop, as_of), ValueLevels().assign(shop, as_of))
    said = {row["customer_id"]: (row["rfm"], row["rfm_score"], row["value_levels"]) for row in rows}
    assert said == {who: tuple(layers[who] for layers in expected) for who in expected[0]}


@QUICK
@given(asked_shops(min_size=1))
def test_the_reasons_hold(asked: Asked) -> None:
    shop, as_of = asked
    model, rows = rfm(), rfm().rows(shop, as_of)
    cuts, got = model.fit(rows), tt.RFM().assign(dataset(shop), as_of=as_of)
    for who, row in list(rows.items())[:3]:
        for dimension, reason in zip(model.dimensions, got.explain(who), strict=True):
            value, cut = row[dimension.trait], cuts[dimension.trait]
            assert (reason.trait, reason.high) == (dimension.trait, model.high(dimension, row, cuts))
            assert close(reason.value, value)
            assert close(reason.cut, cut.value)
            assert value is not None
            assert cut.value is not None
            ahead = exact(value) - cut.value
            assert close(reason.distance, -ahead if dimension.smaller_is_better else ahead)
