"""What holds for every layering, with any parameters, on any data."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

import titian as tt
from tests.layering.own import OWN
from tests.shops import by_customer, orders, shop, spread
from titian.errors import TitianError, UnknownNameError
from titian.layering.contract import LayeringError

DAY = "2024-06-01"
DEFINITIONS = [
    tt.RFM(),
    tt.RFM(recency=30, frequency="mean", monetary="q0.8", window_days=None),
    tt.RFMScore(),
    tt.RFMScore(recency_weight=0.2, frequency_weight=0.3, monetary_weight=0.5, window_days=60),
    tt.RFMScore(recency_bounds=(90, 60, 30, 7), frequency_bounds=(1, 2, 3, 4), monetary_bounds=(1, 10, 50, 99)),
    tt.ValueLevels(),
    tt.ValueLevels(warning_days="q0.5", churn_days="q0.9", spend="mean"),
    tt.Matrix(),
    tt.Matrix(dimensions=["recency_days", "typical_gap_days", "refund_share", "tenure_days"]),
    *OWN,
]
SHOPS = {
    "many": spread(),
    "one": shop(("a", "2024-05-01", 9.9)),
    "alike": shop(*((f"c{n}", "2024-05-01", 5.0) for n in range(5))),
    "never paid": shop(("a", "2024-05-01", 9), ("b", "2024-05-02", 8), status=["unpaid", "cancelled"]),
    "given back": shop(("a", "2024-05-01", 9), ("a", "2024-05-09", 20), ("b", "2024-05-01", 1), status=["paid", "refund", "paid"]),
}  # fmt: skip


def named(definition: tt.Layering) -> str:
    changed = {k: v for k, v in definition.parameters.items() if v != type(definition).example().parameters[k]}
    return f"{definition.kind} {','.join(changed)}".strip()


FEW_SHOPS = ("many", "never paid")
"""Enough for layerings made of others or of their own past, which cost many queries."""


def _long(definition: tt.Layering, shop_name: str) -> Any:
    """Other parameters, and layerings of one's own, in the shops that few need to look at are for the full run."""
    other = shop_name != FEW_SHOPS[0] if definition in OWN else shop_name not in FEW_SHOPS
    return pytest.mark.full if other and (definition in OWN or " " in named(definition)) else ()


CASES = [
    pytest.param(definition, data, id=f"{name}-{named(definition)}", marks=_long(definition, name))
    for definition in DEFINITIONS
    for name, data in SHOPS.items()
    if definition not in OWN or name in FEW_SHOPS
]
in_every_shop = pytest.mark.parametrize(("definition", "data"), CASES)
every_definition = pytest.mark.parametrize("definition", DEFINITIONS, ids=named)


@in_every_shop
def test_everyone_is_in_one_layer_that_the_fit_names(definition: tt.Layering, data: tt.Dataset) -> None:
    got = definition.assign(data, as_of=DAY)
    frame = got.to_pandas()
    assert frame["customer_id"].is_unique
    assert set(frame["layer"]) <= {layer.key for layer in got.fitted.layers}
    assert got.counts()["customers"].sum() == len(frame)


@every_definition
def test_ranks_count_up_from_one_before_those_without(definition: tt.Layering) -> None:
    layers = definition.assign(SHOPS["many"], as_of=DAY).fitted.layers
    ranked = [layer.rank for layer in layers if layer.rank is not None]
    assert [layer.rank for layer in layers] == [*range(1, len(ranked) + 1), *[None] * (len(layers) - len(ranked))]
    assert {layer.rank for layer in layers if layer.key in ("none", "outside")} <= {None}
    assert bool(ranked) >= (definition.kind not in ("clusters", "cross", "inside"))


@every_definition
def test_a_definition_survives_json_and_its_schema_knows_its_fields(definition: tt.Layering) -> None:
    plain = json.loads(json.dumps(definition.parameters))
    assert type(definition)(**plain) == definition
    assert set(type(definition).model_json_schema()["properties"]) == {"key", *plain}


@in_every_shop
def test_the_shown_query_gives_the_same_layers(definition: tt.Layering, data: tt.Dataset) -> None:
    got = definition.assign(data, as_of=DAY)
    again = data.engine.connection.execute(got.sql()).df()
    assert by_customer(again, "layer") == by_customer(got.to_pandas(), "layer")


@every_definition
def test_a_reason_says_which_side_of_its_cut_the_value_is(definition: tt.Layering) -> None:
    got = definition.assign(SHOPS["many"], as_of=DAY)
    for who in ("c00", "c04", "c11"):
        row = got.row(who)
        for reason in got.explain(who):
            if reason.value is None or reason.distance is None:
                continue
            assert reason.value == pytest.approx(float(row[reason.trait]))
            # Of points, high means four of five, whatever the next bound.
            if "points" not in reason.sentence.en:
                assert reason.high == (reason.distance > 0) or reason.distance == 0
            assert reason.sentence.zh
            assert reason.sentence.en


@every_definition
def test_a_fit_of_one_day_puts_the_customers_of_another_by_the_same_cuts(definition: tt.Layering) -> None:
    early = definition.assign(SHOPS["many"], as_of="2024-03-01")
    late = definition.assign(
        SHOPS["many"], as_of=DAY, fitted=tt.Fitted.model_validate_json(early.fitted.model_dump_json())
    )
    assert late.fitted == early.fitted
    assert late.counts()["customers"].sum() == 12


@every_definition
def test_shuffled_rows_give_the_same_layers(definition: tt.Layering) -> None:
    frame = orders(*(("abcdefgh"[n % 8], f"2024-0{1 + n % 5}-1{n % 7}", 7.0 * n) for n in range(30)))
    straight, shuffled = (
        definition.assign(tt.Dataset(orders=rows, timezone="UTC"), as_of=DAY).to_pandas()
        for rows in (frame, frame.sample(frac=1, random_state=3))
    )
    assert by_customer(straight, "layer") == by_customer(shuffled, "layer")


@every_definition
def test_frames_of_every_kind_hold_the_same(definition: tt.Layering) -> None:
    got = definition.assign(SHOPS["many"], as_of=DAY)
    arrow = got.to_arrow().to_pandas().sort_values("customer_id", ignore_index=True)
    polars = got.to_polars().sort("customer_id")
    assert polars["layer"].to_list() == list(arrow["layer"])
    pd.testing.assert_frame_equal(
        got.to_pandas().to_pandas().sort_values("customer_id", ignore_index=True), arrow, check_dtype=False
    )


@pytest.mark.parametrize("definition", [tt.RFM(), tt.ValueLevels(), tt.Matrix()], ids=lambda d: d.kind)
def test_who_is_in_a_layer_lacks_nothing_to_be_in_it(definition: tt.Layering) -> None:
    got = definition.assign(SHOPS["many"], as_of=DAY)
    with pytest.raises(UnknownNameError) as refused:
        got.gap("nowhere")
    for target in refused.value.details["valid"]:
        gaps = got.gap(target)
        there = gaps[gaps["layer"] == target]
        assert (there.filter(like="_gap").fillna(0) == 0).all().all()
        assert there["lacking"].isna().all()


def test_scores_have_no_gaps_and_say_which_layerings_have() -> None:
    with pytest.raises(LayeringError, match="no gaps") as refused:
        tt.RFMScore().assign(SHOPS["many"], as_of=DAY).gap("s5")
    assert "rfm" in refused.value.hint


@pytest.mark.parametrize("kind", tt.layerings().values(), ids=list(tt.layerings()))
@pytest.mark.parametrize(
    "wrong", [{"colour": "red"}, {"window_days": -3}, {"window_days": "soon"}, {"key": "A B"}], ids=str
)
def test_a_wrong_parameter_is_said_in_both_languages_with_the_right_ones(
    kind: type[tt.Layering], wrong: dict[str, object]
) -> None:
    with pytest.raises(LayeringError) as refused:
        kind(**wrong)
    assert set(refused.value.details["valid"]) == set(kind.model_fields)
    assert next(iter(wrong)) in refused.value.message
    assert refused.value.zh
    assert refused.value.zh != refused.value.message


@pytest.mark.parametrize("definition", [one for one in DEFINITIONS if one.traits()], ids=named)
def test_without_orders_the_missing_table_is_named(definition: tt.Layering) -> None:
    people = tt.Dataset(customers=pd.DataFrame({"customer_id": ["a"]}), timezone="UTC")
    with pytest.raises(TitianError, match="orders"):
        definition.assign(people, as_of=DAY)
