"""The overview's figures and sentences are the book's, in both languages, on any day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.answers.book import START, in_layers, layers_of, traits_on
from tests.answers.conftest import Asks
from tests.app import bazaar

DAYS = [date(2024, 2, 1), date(2024, 5, 1), bazaar.END]
every_day = pytest.mark.parametrize("day", DAYS, ids=str)
DRIFTING = ("important_keep", "important_retain")


def card(ask: Asks, key: str, day: date) -> Any:
    return next(found for found in ask("/overview", as_of=day)["cards"] if found["key"] == key)


def figures(found: Any) -> list[float | None]:
    return [figure["value"] for figure in found["figures"]]


def numbers(text: str) -> list[str]:
    return re.findall(r"[+-]?\d[\d,]*(?:\.\d+)?%?", text)


def moved(day: date) -> tuple[int, int, int]:
    """Up, down, and come new or across, in thirty days under the cuts of the day."""
    ranks = {layer: rank for rank, layer in enumerate(in_layers("rfm", day)) if layer != "none"}
    then, now = layers_of("rfm", day - timedelta(days=30), day), layers_of("rfm", day, day)
    pairs = [(then.get(who), layer) for who, layer in now.items()]
    ranked = [(ranks[a], ranks[b]) for a, b in pairs if a in ranks and b in ranks]
    up, down = sum(b < a for a, b in ranked), sum(b > a for a, b in ranked)
    return up, down, sum(a != b for a, b in pairs) - up - down


def spent(day: date) -> float:
    return float(sum(traits.spend for traits in traits_on(day, 30).values()))


@every_day
def test_moved_says_up_down_and_the_others(ask: Asks, day: date) -> None:
    found, (up, down, others) = card(ask, "moved", day), moved(day)
    assert figures(found) == [up, down]
    assert numbers(found["sentence"]["en"]) == [str(up), str(down), "30", str(others)]
    assert numbers(found["sentence"]["zh"]) == ["30", str(up), str(down), str(others)]


@every_day
def test_core_says_how_many_and_what_share_of_the_money(ask: Asks, day: date) -> None:
    layers = in_layers("rfm", day)
    core, everyone = layers["important_value"], sum(layer.customers for layer in layers.values())
    money = core.money / sum(layer.money for layer in layers.values())
    found = card(ask, "core", day)
    assert figures(found) == pytest.approx([core.customers, money])
    for language in ("zh", "en"):
        assert numbers(found["sentence"][language]) == [f"{core.customers / everyone:.1%}", f"{money:.1%}"]


@every_day
def test_at_risk_counts_who_spent_much_and_does_not_come(ask: Asks, day: date) -> None:
    layers, now = in_layers("rfm", day), layers_of("rfm", day, day)
    then = layers_of("rfm", day - timedelta(days=30), day)
    customers = sum(layers[key].customers for key in DRIFTING)
    came = sum(layer in DRIFTING and then.get(who) != layer for who, layer in now.items())
    share = sum(layers[key].money for key in DRIFTING) / sum(layer.money for layer in layers.values())
    found = card(ask, "at_risk", day)
    assert figures(found) == [customers]
    assert sorted(numbers(found["sentence"]["en"])) == sorted([str(customers), f"{share:.1%}", str(came), "30"])
    assert sorted(numbers(found["sentence"]["zh"])) == sorted(numbers(found["sentence"]["en"]))


@every_day
def test_money_is_that_of_thirty_days_against_the_thirty_before(ask: Asks, day: date) -> None:
    now, before = spent(day), spent(day - timedelta(days=30))
    found = card(ask, "money", day)
    assert figures(found) == pytest.approx([now, (now - before) / before])
    for language in ("zh", "en"):
        said = numbers(found["sentence"][language])
        assert f"{(now - before) / before:+.1%}".removeprefix("-") in said  # its minus is a typographic one
        assert f"{now:,.0f}" in [number.lstrip("+") for number in said]


@every_day
def test_the_layers_of_the_overview_are_those_of_the_page(ask: Asks, day: date) -> None:
    found = ask("/overview", as_of=day)
    page = ask("/layerings/rfm", as_of=day)
    assert (found["layers"], found["customers"]) == (page["layers"], page["customers"])
    assert found["layering"] == page["summary"]


@pytest.mark.parametrize("compare", [START, date(2024, 1, 1)], ids=str)
def test_another_day_to_compare_with_counts_from_there(ask: Asks, compare: date) -> None:
    found = {card["key"]: card for card in ask("/overview", compare=compare)["cards"]}
    days = (bazaar.END - compare).days
    now = float(sum(traits.spend for traits in traits_on(bazaar.END, days).values()))
    assert figures(found["money"])[0] == pytest.approx(now)
    assert str(days) in numbers(found["money"]["sentence"]["en"])


def test_on_the_first_days_there_is_nothing_to_compare_with(ask: Asks) -> None:
    found = {card["key"]: card for card in ask("/overview", as_of=date(2023, 9, 10))["cards"]}
    assert figures(found["moved"]) == figures(found["money"]) == []
    assert found["moved"]["sentence"]["zh"] == "还没有更早的数据可比"
    assert found["core"]["figures"]
