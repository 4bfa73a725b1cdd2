"""What a portrait says in words agrees with its numbers, in both languages."""

import re

import pytest

from tests.app import bazaar
from tests.oracle.facts import all_traits
from titian.app import portraits
from titian.app.answers.customers import CustomerLayer, Portrait
from titian.app.desk import Reading
from titian.layering.reasons import amount_words
from titian.traits.trait import Unit


@pytest.fixture
def found(market_day: Reading) -> Portrait:
    return portraits.portrait(market_day, "b28", None, None)


def place(found: Portrait, key: str) -> CustomerLayer:
    return next(layer for layer in found.layers if layer.layering == key)


def numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"-?\d[\d,]*(?:\.\d+)?", text)]


def test_a_reason_names_the_value_and_the_cut(found: Portrait) -> None:
    for reason in place(found, "rfm").reasons:
        digits = 2 if reason.trait.unit == "money" else 1
        for text in (reason.sentence.zh, reason.sentence.en):
            assert round(reason.value or 0, digits) in numbers(text)
            assert round(reason.cut or 0, digits) in numbers(text)


def test_a_gap_names_what_is_lacking_and_the_layer_it_leads_to(found: Portrait) -> None:
    best = {"rfm": "重要价值客户"}
    for gap in place(found, "rfm").gaps:
        assert best["rfm"] in gap.sentence.zh
        if gap.gap:
            assert round(gap.gap, 2) in numbers(gap.sentence.zh)
            assert round(gap.gap, 2) in numbers(gap.sentence.en)
        else:
            assert "good enough" in gap.sentence.en


def test_a_score_is_said_out_of_five(found: Portrait) -> None:
    for reason in place(found, "rfm_score").reasons:
        assert re.search(r"得 [1-5] 分", reason.sentence.zh)
        assert re.search(r"[1-5] of 5 points", reason.sentence.en)


def test_who_never_bought_is_told_that_nothing_is_known(market_day: Reading) -> None:
    found = portraits.portrait(market_day, "walk-in", None, None)
    recency = next(gap for gap in place(found, "rfm").gaps if gap.trait.key == "recency_days")
    assert (recency.gap, recency.sentence.zh) == (None, "距上次购买：还没有数据")
    assert {mark.percentile for mark in found.traits if mark.trait.key == "recency_days"} == {None}


def test_the_marks_are_the_traits_over_all_history(found: Portrait) -> None:
    expected = all_traits(bazaar.SHOP, bazaar.midnight(bazaar.END))["b28"]
    values = {mark.trait.key: mark.value for mark in found.traits}
    assert values["spend"] == pytest.approx(float(expected.spend))
    assert values["tenure_days"] == expected.tenure_days
    assert values["active_days"] == expected.active_days


@pytest.mark.parametrize(
    ("who", "name", "facts"),
    [
        ("b01", "李 雷", {"city": "上海", "phone": "138****5678", "email": "l***@example.com"}),
        ("b02", "=HYPERLINK(1)", {"phone": "****"}),
        ("walk-in", "Zoë", {"city": "杭州", "email": "z***@example.org"}),
        ("b10", None, {}),
    ],
)
def test_facts_are_shown_with_contacts_hidden(
    market_day: Reading, who: str, name: str | None, facts: dict[str, str]
) -> None:
    found = portraits.portrait(market_day, who, None, None)
    assert (found.name, {fact.key: fact.value.en for fact in found.facts}) == (name, facts)


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (12, Unit.DAYS, "12 天", "12 days"),
        (1, Unit.DAYS, "1 天", "1 day"),
        (1, Unit.SECONDS, "1 秒", "1 second"),
        (1, Unit.ORDERS, "1 次", "1"),
        (6.5, Unit.DAYS, "6.5 天", "6.5 days"),
        (3, Unit.ORDERS, "3 次", "3"),
        (1234.5, Unit.MONEY, "$1,234.50", "$1,234.50"),
        (0.125, Unit.SHARE, "12.5%", "12.5%"),
        (90, Unit.SECONDS, "90 秒", "90 seconds"),
        (1000, Unit.NONE, "1,000", "1,000"),
    ],
)
def test_an_amount_is_said_with_its_unit(value: float, unit: Unit, zh: str, en: str) -> None:
    words = amount_words(value, unit, "USD")
    assert (words.zh, words.en) == (zh, en)
