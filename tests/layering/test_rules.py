"""Rules: order, the layer that catches all, empty layers, and what the reasons say."""

from __future__ import annotations

import json
from datetime import timedelta

import pandas as pd
import pytest
import yaml

import titian as tt
from tests.layering.own import layer
from tests.oracle.village import handed
from tests.oracle.villages import village
from tests.shops import by_customer, orders, shop
from titian.layering.contract import LayeringError

DAY = "2024-06-01"
MUCH = {"trait": "spend", "op": ">=", "value": 100}
OFTEN = {"trait": "order_count", "op": ">=", "value": 2}
LATELY = {"trait": "last_order_at", "op": ">=", "value": {"days_before": 30}}
DATA = shop(
    ("rich", "2024-05-20", 150), ("often", "2024-01-01", 10), ("often", "2024-01-02", 10), ("new", "2024-05-30", 5)
)


def rules(*layers: dict[str, object]) -> tt.Rules:
    return tt.Rules(layers=[*layers, layer("rest")])


def test_the_first_that_holds_wins() -> None:
    got = rules(layer("late", LATELY), layer("much", MUCH), layer("often", OFTEN)).assign(DATA, as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"rich": "late", "often": "often", "new": "late"}


def test_the_same_rules_come_from_yaml_and_json() -> None:
    definition = rules(layer("late", LATELY), layer("much", MUCH))
    for text in (yaml.safe_dump(definition.parameters, allow_unicode=True), json.dumps(definition.parameters)):
        assert tt.Rules(**yaml.safe_load(text)) == definition


def test_who_never_bought_is_caught_by_the_last_layer() -> None:
    people = pd.DataFrame({"customer_id": ["seen"], "first_seen_at": pd.to_datetime(["2024-01-01"])})
    data = tt.Dataset(orders=orders(("rich", "2024-05-20", 150)), customers=people, timezone="UTC")
    got = rules(layer("much", MUCH), layer("late", {"not": LATELY})).assign(data, as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"rich": "much", "seen": "late"}


def test_a_city_that_is_not_known_is_only_unknown() -> None:
    people = pd.DataFrame({"customer_id": ["a", "b"], "city": ["上海市", None]})
    data = tt.Dataset(orders=orders(("a", "2024-05-20", 1)), customers=people, timezone="UTC")
    elsewhere = {"trait": "city", "op": "!=", "value": "杭州市"}
    nowhere = {"trait": "city", "op": "is_unknown"}
    got = rules(layer("nowhere", nowhere), layer("elsewhere", elsewhere)).assign(data, as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"a": "elsewhere", "b": "nowhere"}


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ([layer("much", MUCH)], "no layer catches all"),
        ([layer("rest"), layer("much", MUCH)], "put it last"),
        ([layer("a", MUCH), layer("a", OFTEN), layer("rest")], "its own key"),
        ([], "at least 1"),
        ([layer("a__b", MUCH), layer("rest")], "pattern"),
        ([layer("a", {"trait": "spend", "op": "contains", "value": 1}), layer("rest")], "can't be asked"),
        ([layer("a", {"trait": "spend", "op": ">", "value": "1"}), layer("rest")], "takes a number"),
        ([layer("a", {"either": []}), layer("rest")], "each part of a rule"),
    ],
)
def test_what_is_no_layering_is_refused_in_both_languages(layers: list[dict[str, object]], said: str) -> None:
    with pytest.raises(LayeringError, match=said) as refused:
        tt.Rules(layers=layers)
    assert refused.value.message.startswith("rules.layers") or refused.value.message.startswith("rules:")
    assert refused.value.zh != refused.value.message
    assert refused.value.hint


def test_without_a_catch_all_the_mend_is_said() -> None:
    with pytest.raises(LayeringError) as refused:
        tt.Rules(layers=[layer("much", MUCH)])
    assert '{"key": "others"' in refused.value.message
    assert "兜底" in refused.value.zh


def test_a_layer_hidden_by_an_earlier_one_is_noted() -> None:
    more = {"trait": "spend", "op": ">=", "value": 120}
    none = {"trait": "spend", "op": ">=", "value": 9000}
    got = rules(layer("much", MUCH), layer("more", more), layer("most", none)).assign(DATA, as_of=DAY)
    notes = {note.code: note.text for note in got.notes}
    assert set(notes) == {"covered:more", "empty:most"}
    assert "all 1 customers" in notes["covered:more"].en


def test_reasons_of_a_layer_are_the_conditions_that_hold() -> None:
    either = {"any": [MUCH, {"trait": "spend", "op": "<", "value": 0}, LATELY]}
    reasons = rules(layer("a", either)).assign(DATA, as_of=DAY).explain("rich")
    assert [reason.trait for reason in reasons] == ["spend", "last_order_at"]
    assert (reasons[0].value, reasons[0].cut, reasons[0].distance, reasons[0].high) == (150, 100, 50, True)
    assert reasons[0].sentence.zh == "消费金额 ¥150.00，符合“≥ ¥100.00”"
    assert reasons[1].sentence.en == "last order at 2024-05-20 00:00, meets “≥ 30 days before the as-of”"


def test_reasons_of_the_last_layer_say_what_kept_the_customer_out() -> None:
    both = {"all": [OFTEN, MUCH]}
    reasons = rules(layer("a", both), layer("b", {"not": LATELY})).assign(DATA, as_of=DAY).explain("new")
    assert [(reason.trait, reason.high) for reason in reasons] == [("order_count", False), ("last_order_at", None)]
    assert reasons[0].sentence.en == "orders 1, does not meet “≥ 2”"


def test_a_bound_on_days_is_good_below() -> None:
    silent = {"trait": "recency_days", "op": ">", "value": 60}
    reason = rules(layer("silent", silent)).assign(DATA, as_of=DAY).explain("often")[0]
    assert (reason.value, reason.cut, reason.distance, reason.high) == (151, 60, -91, False)


def test_days_before_the_as_of_move_with_it() -> None:
    definition = rules(layer("late", LATELY))
    early = definition.assign(DATA, as_of="2024-01-20")
    later = definition.assign(DATA, as_of=DAY, fitted=early.fitted)
    assert by_customer(early.to_pandas(), "layer") == {"often": "late"}
    assert by_customer(later.to_pandas(), "layer") == {"rich": "late", "often": "rest", "new": "late"}
    assert "does not meet" in later.explain("often")[0].sentence.en


@pytest.mark.parametrize(
    ("written", "by_row", "movable"),
    [
        (MUCH, True, True),
        (LATELY, False, True),
        ({"trait": "last_order_at", "op": ">", "value": "2024-05-01"}, True, False),
    ],
)
def test_what_rests_on_the_as_of_or_on_a_date_says_so(written: object, by_row: bool, movable: bool) -> None:
    definition = rules(layer("a", written))
    assert (definition.by_row, definition.movable) == (by_row, movable)


def test_a_list_with_only_the_last_layer_holds_everybody() -> None:
    got = tt.Rules(layers=[layer("all")]).assign(DATA, as_of=DAY)
    assert set(got.to_pandas()["layer"]) == {"all"}
    assert got.explain("rich") == []


DONE = {
    "lately": {"did": "cart", "within_days": 10},
    "in_june": {"did": "cart", "between": ["2024-06-01", "2024-06-20"]},
    "a_while_ago": {"did": "cart", "between": [{"days_before": 20}, {"days_before": 10}]},
}


@pytest.mark.parametrize("name", DONE)
def test_layers_by_what_was_done_have_a_history_that_is_each_day_assigned(name: str) -> None:
    seen, end = village(4, 30)
    data, layering = handed(seen), rules(layer(name, DONE[name]))
    days = [seen.shop.day(end) + timedelta(days=back) for back in range(-12, 1, 3)]
    rows = tt.history(layering, data, start=days[0], end=days[-1]).to_pandas()
    for day in days:
        at = pd.Timestamp(day)
        there = rows[(rows.valid_from <= at) & (rows.valid_to.isna() | (rows.valid_to > at))]
        assert by_customer(there, "layer") == by_customer(layering.assign(data, as_of=day).to_pandas(), "layer"), day


@pytest.mark.parametrize("asked", [{"tag": "vip"}, {"audience": "core"}, {"layering": "rfm", "layers": ["none"]}])
def test_a_layer_can_not_ask_of_tags_audiences_and_layers(asked: dict[str, object]) -> None:
    with pytest.raises(LayeringError, match="make an audience, or cross two layerings") as refused:
        rules(layer("those", {"any": [MUCH, asked]}))
    assert "交叉分层" in refused.value.zh


def test_the_reason_says_how_often_it_was_done() -> None:
    seen, end = village(4, 30)
    got = rules(layer("lately", DONE["lately"])).assign(handed(seen), as_of=end)
    who = sorted(got.to_pandas().query("layer == 'lately'").customer_id)[0]
    (reason,) = got.explain(who)
    times = [event for event in seen.doings(who, end) if event.event == "cart"]
    assert reason.value == len(seen.within([event.occurred_at for event in times], end, 10))
    assert reason.sentence.zh.startswith("近 10 天加购次数")
