"""Layerings of one's own against plain loops: rules, quantiles, tiers, crosses, and layers looked into."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings

import titian as tt
from tests.acceptance.product import QUICK, answers, dataset, differences, layers
from tests.layering.own import BIG, BOUGHT_AGAIN, GOLD, IN_SPRING, LATELY, OFTEN, OWN, SILVER, TRIED_LATELY, layer, tier
from tests.oracle.facts import counts, population
from tests.oracle.funnel import Doing
from tests.oracle.quantiles import quantile_layers
from tests.oracle.rules import first_match
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops, known_before
from tests.oracle.tiers import ranked_values, standings, values
from tests.oracle.value_levels import ValueLevels

pytestmark = pytest.mark.full

Asked = tuple[Shop, datetime]
FEW = settings(QUICK, max_examples=4)
RULES = [
    [layer("a", {"any": [OFTEN, {"not": BIG}]}), layer("b", LATELY), layer("rest")],
    [layer("spring", IN_SPRING), layer("late", {"not": LATELY}), layer("rest")],
    [layer("tried", TRIED_LATELY), layer("again", BOUGHT_AGAIN), layer("rest")],
]


def known(shop: Shop, who: str, as_of: datetime) -> dict[str, object]:
    """What rules look at: traits, and the purchases that a funnel goes by."""
    bought = [order for order in shop.orders_of(who) if counts(shop, order, as_of)]
    return {
        **values(shop, who, as_of),
        "doings": [Doing(shop.instant(order.ordered_at), "order", value=float(order.amount)) for order in bought],
    }


@QUICK
@given(asked_shops())
def test_the_first_rule_that_holds_wins(asked: Asked) -> None:
    shop, as_of = asked
    data, everyone = dataset(shop), population(shop, as_of)
    for written in RULES:
        found = layers(tt.Rules(layers=written).assign(data, as_of=as_of))
        expected = {who: first_match(written, known(shop, who, as_of), as_of, shop.zone) for who in everyone}
        assert differences(found, expected) == {}


@QUICK
@given(asked_shops())
def test_quantiles_cut_the_queue(asked: Asked) -> None:
    shop, as_of = asked
    data, spend = dataset(shop), ranked_values(shop, as_of)
    for shares in (("0.2", "0.3", "0.5"), ("0.29", "0.71")):
        given_shares = tuple(map(float, shares))
        found = layers(tt.Quantiles(trait="spend", shares=given_shares).assign(data, as_of=as_of))
        assert differences(found, quantile_layers(spend, shares, best_is_low=False)) == {}


@QUICK
@given(asked_shops())
def test_fewer_days_come_first_in_the_queue(asked: Asked) -> None:
    shop, as_of = asked
    silent = {who: values(shop, who, as_of)["recency_days"] for who in population(shop, as_of)}
    found = layers(tt.Quantiles(trait="recency_days").assign(dataset(shop), as_of=as_of))
    assert differences(found, quantile_layers(silent, ("0.2", "0.3", "0.5"), best_is_low=True)) == {}


@FEW
@given(asked_shops(max_size=30))
@pytest.mark.parametrize("grace", [1, 2])
def test_tiers_are_climbed_review_by_review(grace: int, asked: Asked) -> None:
    shop, as_of = asked
    first = shop.day(as_of) - timedelta(days=200)
    ladder = [GOLD, SILVER, tier("now", LATELY), tier("plain")]
    definition = tt.Tiers(tiers=ladder, review_days=33, grace=grace, start_at=first)
    found = answers(definition.assign(dataset(shop), as_of=as_of))
    reviews = [first + timedelta(days=33 * number) for number in range(8)]
    expected = standings(shop, as_of, ladder, reviews, grace)
    said = {w: (r["layer"], r["failed_reviews"], r["since"], r["rose"]) for w, r in found.items()}
    told = {w: (ladder[s.place]["key"], s.failed, s.since, s.rose) for w, s in expected.items()}
    assert differences(said, told) == {}


@QUICK
@given(asked_shops())
def test_a_cross_is_both_side_by_side(asked: Asked) -> None:
    shop, as_of = asked
    found = layers(
        tt.Cross(first=tt.Quantiles(trait="spend"), second=tt.ValueLevels()).assign(dataset(shop), as_of=as_of)
    )
    by_spend = quantile_layers(ranked_values(shop, as_of), ("0.2", "0.3", "0.5"), best_is_low=False)
    levels = ValueLevels().assign(shop, as_of)
    assert differences(found, {who: f"{by_spend[who]}__{levels[who]}" for who in levels}) == {}


@QUICK
@given(asked_shops())
def test_inside_a_layer_only_its_customers_count(asked: Asked) -> None:
    shop, as_of = asked
    inner = tt.Quantiles(trait="spend", shares=(0.5, 0.5))
    for at in ("active", "at_risk"):
        found = layers(tt.Inside(at=at, inner=inner).assign(dataset(shop), as_of=as_of))
        levels, spend = ValueLevels().assign(shop, as_of), ranked_values(shop, as_of)
        within = {who: spend[who] for who, level in levels.items() if level == at}
        expected = dict.fromkeys(levels, "outside") | quantile_layers(within, ("0.5", "0.5"), best_is_low=False)
        assert differences(found, expected) == {}


@pytest.mark.parametrize("definition", OWN, ids=range(len(OWN)))
@settings(QUICK, max_examples=2)
@given(asked_shops(max_size=30))
def test_what_is_not_yet_known_changes_no_layer(definition: tt.Layering, asked: Asked) -> None:
    shop, as_of = asked
    found = definition.assign(dataset(shop), as_of=as_of)
    before = definition.assign(dataset(known_before(shop, as_of)), as_of=as_of)
    assert differences(layers(found), layers(before)) == {}
    assert set(layers(found)) == population(shop, as_of)
    assert set(layers(found).values()) <= {one.key for one in found.fitted.layers}


def test_reviews_by_months_end_on_the_last_day_a_month_has() -> None:
    shop = Shop((), "Asia/Shanghai")
    definition = tt.Tiers(tiers=[GOLD, tier("plain")], review_months=1, start_at=date(2024, 1, 31))
    empty = definition.assign(dataset(shop), as_of="2024-04-01")
    assert empty.to_pandas().empty
    assert [str(definition._calendar(date(2024, 1, 31)).day(n)) for n in range(4)] == [
        "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30",
    ]  # fmt: skip
