"""A portrait says of one customer what the book says: layers, reasons, percentiles and what happened, in both languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from tests.acceptance.product import close
from tests.answers.book import DAYS, KEYS, OWN, SHOWN, cuts_on, layers_of, percentile, traits_on, values_on
from tests.answers.conftest import Asks
from tests.app import bazaar
from tests.oracle.shop import exact

WHO = ["b00", "b07", "b18", "b33"]
everyone_asked = pytest.mark.parametrize("who", WHO)
every_day = pytest.mark.parametrize("day", DAYS, ids=str)
FIELDS = {
    "rfm": {"recency_days": "recency", "order_count": "frequency", "spend": "monetary"},
    "matrix": {"order_count": "dimensions.0.cut", "spend": "dimensions.1.cut"},
}
SIGNS = {"paid": 1, "refund": -1}


def place(portrait: Any, key: str) -> Any:
    return next(found for found in portrait["layers"] if found["layering"] == key)


def numbers(text: str) -> list[str]:
    """The numbers of a sentence, without the thousands' commas."""
    return [found.replace(",", "") for found in re.findall(r"-?\d[\d,]*(?:\.\d+)?", text)]


@everyone_asked
@every_day
def test_the_layer_of_every_layering(ask: Asks, who: str, day: date) -> None:
    portrait = ask(f"/customers/{who}", as_of=day)
    found = {key: place(portrait, key)["layer"]["key"] for key in KEYS}
    assert found == {key: layers_of(key, day, day)[who] for key in KEYS}


@everyone_asked
@every_day
@pytest.mark.parametrize("key", list(FIELDS))
def test_value_cut_and_distance_of_every_reason(ask: Asks, who: str, day: date, key: str) -> None:
    values, cuts = values_on(key, day)[who], cuts_on(key, day)
    for reason in place(ask(f"/customers/{who}", as_of=day), key)["reasons"]:
        value, cut = values[reason["trait"]["key"]], cuts[FIELDS[key][reason["trait"]["key"]]].value
        assert close(reason["value"], value)
        assert close(reason["cut"], cut)
        if value is not None and cut is not None:
            ahead = exact(value) - cut
            assert close(reason["distance"], -ahead if reason["trait"]["better"] == "low" else ahead)
            assert reason["high"] == ((reason["distance"] or 0) > 0)


@everyone_asked
@every_day
@pytest.mark.parametrize("key", KEYS)
def test_both_languages_say_the_same_numbers(ask: Asks, who: str, day: date, key: str) -> None:
    found = place(ask(f"/customers/{who}", as_of=day), key)
    for part in (*found["reasons"], *found["gaps"]):
        sentence = part["sentence"]
        assert sentence["zh"] != sentence["en"]
        assert sorted(numbers(sentence["zh"])) == sorted(numbers(sentence["en"]))


@everyone_asked
@every_day
@pytest.mark.parametrize("key", ["rfm", "matrix", "value_levels"])
def test_a_reason_is_said_with_its_value_and_its_cut(ask: Asks, who: str, day: date, key: str) -> None:
    for reason in place(ask(f"/customers/{who}", as_of=day), key)["reasons"]:
        if reason["value"] is None:
            continue
        digits = 2 if reason["trait"]["unit"] == "money" else 1
        said = {Decimal(number) for number in numbers(reason["sentence"]["en"])}
        wanted = {round(Decimal(repr(abs(reason[part]))), digits) for part in ("value", "cut")}
        assert all(any(abs(abs(number) - one) <= Decimal("0.05") for number in said) for one in wanted)


@everyone_asked
@every_day
def test_every_trait_with_its_place_among_the_buyers(ask: Asks, who: str, day: date) -> None:
    everyone = traits_on(day)
    mine, buyers = everyone[who], [traits for traits in everyone.values() if traits.bought]
    for mark in ask(f"/customers/{who}", as_of=day)["traits"]:
        name = mark["trait"]["key"]
        if name in SHOWN:
            value = getattr(mine, name)
            assert close(mark["value"], value)
            expected = None if value is None else percentile((getattr(each, name) for each in buyers), value)
            assert close(mark["percentile"], expected)


@everyone_asked
@every_day
def test_orders_of_the_timeline_add_up_to_the_spend(ask: Asks, who: str, day: date) -> None:
    portrait = ask(f"/customers/{who}", as_of=day)
    mine = [o for o in bazaar.ORDERS if o.customer_id == who and o.ordered_at < bazaar.midnight(day)]
    entries = [entry for entry in portrait["timeline"] if entry["kind"] in ("order", "refund")]
    shown = sum(Decimal(repr(entry["amount"])) for entry in entries)
    undated = sum((o.refunded_amount or 0 for o in mine if o.status == "paid" and o.refunded_at is None), Decimal(0))
    assert shown - undated == traits_on(day)[who].spend


@everyone_asked
@every_day
def test_nothing_of_the_timeline_lies_after_the_day(ask: Asks, who: str, day: date) -> None:
    times = [datetime.fromisoformat(entry["at"]) for entry in ask(f"/customers/{who}", as_of=day)["timeline"]]
    assert times == sorted(times, reverse=True)
    assert all(at < bazaar.midnight(day) for at in times)


@everyone_asked
@pytest.mark.parametrize("key", KEYS)
def test_the_strip_ends_in_the_layer_of_the_day(ask: Asks, who: str, key: str) -> None:
    portrait = ask(f"/customers/{who}")
    spans = next(strip["spans"] for strip in portrait["strips"] if strip["layering"] == key)
    assert spans[-1]["layer"] == layers_of(key, bazaar.END, bazaar.END)[who]
    assert spans[-1]["until"] == str(bazaar.END)
    assert all(before["until"] == after["since"] for before, after in pairwise(spans))


@pytest.mark.parametrize("key", KEYS)
def test_the_traits_of_a_reason_are_those_the_layering_reads(ask: Asks, key: str) -> None:
    reasons = place(ask("/customers/b00"), key)["reasons"]
    assert {reason["trait"]["key"]: reason["trait"]["window_days"] for reason in reasons} == OWN[key]
