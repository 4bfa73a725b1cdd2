"""Layerings made of others: how they are written, how deep they go, and whose column is whose."""

from __future__ import annotations

import json

import pytest
import yaml

import titian as tt
from tests.shops import by_customer, shop, spread
from titian.errors import TitianError, UnknownNameError
from titian.layering.contract import LayeringError
from titian.layering.registry import LAYERINGS

DAY = "2024-06-01"


@pytest.mark.parametrize("kind", [kind for kind in LAYERINGS if kind not in ("cross", "inside")])
def test_every_kind_can_be_a_part_and_is_written_with_it(kind: str) -> None:
    part = LAYERINGS[kind](key="mine")
    written = json.loads(json.dumps(tt.Cross(first=part).parameters))
    assert written["first"] == {"kind": kind, "key": "mine", "parameters": part.parameters}
    assert tt.Cross(**yaml.safe_load(yaml.safe_dump(written))) == tt.Cross(first=part)


def test_a_part_of_a_part_is_written_too() -> None:
    whole = tt.Inside(outer=tt.Cross(first=tt.RFM()), at="important_value__active", inner=tt.Quantiles(trait="spend"))
    assert tt.Inside(**json.loads(json.dumps(whole.parameters))) == whole


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"kind": "rfn"}, "rfn"),
        ({"kind": 3}, "3"),
        ({"kind": "rfm", "parameters": {"recency": "often"}}, "rfm.recency"),
        ({"kind": "rfm", "parameters": {"colour": 1}}, "colour"),
        ({"kind": "rfm", "colour": 1}, "this takes a layering"),
        ({"kind": "rfm", "parameters": {"key": "x"}}, "the key is not one"),
        ({"kind": "rfm", "key": "A B"}, "rfm.key"),
        ("rfm", "this takes a layering"),
    ],
)
def test_a_part_that_is_none_is_refused(part: object, said: str) -> None:
    with pytest.raises(TitianError, match=said) as refused:
        tt.Cross(first=part)
    assert refused.value.zh != refused.value.message


def test_an_unknown_kind_is_said_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError) as refused:
        tt.Inside(inner={"kind": "rfn"})
    assert refused.value.details["valid"] == list(LAYERINGS)


def test_three_deep_is_the_deepest() -> None:
    three = tt.Cross(first=tt.Cross(first=tt.RFM()))
    assert three.assign(spread(), as_of=DAY).counts()["customers"].sum() == 12
    with pytest.raises(LayeringError, match="3 deep") as refused:
        tt.Inside(outer=three, at="x")
    assert "最多嵌套 3 层" in refused.value.zh


def test_one_name_for_two_traits_is_told_apart() -> None:
    both = tt.Cross(first=tt.RFM(key="year"), second=tt.RFM(key="ever", window_days=None))
    assert list(both.traits()) == ["recency_days", "order_count", "spend", "second_order_count", "second_spend"]
    old = shop(("a", "2020-01-01", 100), ("a", "2024-05-01", 10), ("b", "2024-05-02", 20))
    row = both.assign(old, as_of=DAY).row("a")
    assert (row["spend"], row["second_spend"]) == (10, 110)


def test_reasons_come_from_both_with_the_columns_of_the_whole() -> None:
    both = tt.Cross(first=tt.RFM(key="year"), second=tt.RFMScore(key="ever", window_days=None))
    got = both.assign(spread(), as_of=DAY)
    alone = tt.RFMScore(window_days=None).assign(spread(), as_of=DAY)
    reasons = got.explain("c04")
    assert [reason.trait for reason in reasons][3:] == ["recency_days", "second_order_count", "second_spend"]
    assert [reason.sentence for reason in reasons[3:]] == [reason.sentence for reason in alone.explain("c04")]


def test_a_cross_of_too_many_layers_is_refused_with_the_mend() -> None:
    many = tt.Matrix(dimensions=["recency_days", "order_count", "spend", "tenure_days", "purchase_days"])
    with pytest.raises(LayeringError, match="1089 layers") as refused:
        tt.Cross(first=many, second=many.model_copy(update={"key": "other"})).assign(spread(), as_of=DAY)
    assert "fewer layers" in refused.value.hint


def test_parts_need_what_each_needs() -> None:
    assert tt.Cross(first=tt.RFM(), second=tt.AARRR()).needs() == tt.RFM().needs() | tt.AARRR().needs()
    with pytest.raises(TitianError, match="events"):
        tt.Cross(first=tt.RFM(), second=tt.AARRR()).assign(spread(), as_of=DAY)


def test_a_layer_to_look_into_must_be_one_of_the_outer() -> None:
    with pytest.raises(UnknownNameError, match="gold") as refused:
        tt.Inside(at="gold").assign(spread(), as_of=DAY)
    assert "active" in refused.value.details["valid"]


def test_inside_fits_on_the_customers_of_the_layer_alone() -> None:
    data, inner = spread(), tt.Quantiles(trait="spend", shares=(0.5, 0.5))
    got = tt.Inside(outer=tt.ValueLevels(), at="active", inner=inner).assign(data, as_of=DAY)
    active = by_customer(tt.ValueLevels().assign(data, as_of=DAY).to_pandas(), "layer")
    money = got.to_pandas().set_index("customer_id")["spend"]
    middle = money[[who for who, layer in active.items() if layer == "active"]].median()
    assert got.fitted.parts["inner"].cuts[0].value == middle
    assert got.fitted.customers == sum(layer == "active" for layer in active.values())


def test_nobody_in_the_layer_leaves_everyone_outside() -> None:
    got = tt.Inside(outer=tt.ValueLevels(), at="churned", inner=tt.RFM()).assign(spread(), as_of=DAY)
    assert set(got.to_pandas()["layer"]) == {"outside"}
    assert got.explain("c01")


def test_what_rests_on_a_part_with_fixed_days_can_not_be_moved() -> None:
    assert tt.Cross().movable
    assert not tt.Cross(second=tt.Tiers()).movable
