"""The page of a layering says of every layer what the book says: customers, money, shares, medians and cuts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.answers.book import (
    DAYS,
    KEYS,
    MONTH_AGO,
    OWN,
    START,
    cuts_on,
    in_layers,
    layers_of,
    median_of,
    moved,
    ranked_on,
)
from tests.answers.conftest import Asks
from tests.app import bazaar

every_layering = pytest.mark.parametrize("key", KEYS)
every_day = pytest.mark.parametrize("day", DAYS, ids=str)


@every_layering
@every_day
def test_customers_and_money_of_each_layer(ask: Asks, key: str, day: date) -> None:
    expected = in_layers(key, day)
    for layer in ask(f"/layerings/{key}", as_of=day)["layers"]:
        book = expected[layer["layer"]["key"]]
        assert (layer["customers"], layer["money"]) == (book.customers, pytest.approx(book.money))


@every_layering
@every_day
def test_shares_are_of_everyone_and_of_all_money(ask: Asks, key: str, day: date) -> None:
    expected = in_layers(key, day)
    everyone, all_money = (sum(getattr(book, part) for book in expected.values()) for part in ("customers", "money"))
    page = ask(f"/layerings/{key}", as_of=day)
    assert (page["customers"], page["money"]) == (everyone, pytest.approx(all_money))
    for layer in page["layers"]:
        book = expected[layer["layer"]["key"]]
        assert layer["share"] == pytest.approx(book.customers / everyone)
        assert layer["money_share"] == pytest.approx(book.money / all_money)


@every_layering
@every_day
def test_medians_of_each_layer_and_of_all_who_bought(ask: Asks, key: str, day: date) -> None:
    page, expected, ranked = ask(f"/layerings/{key}", as_of=day), in_layers(key, day), ranked_on(key, day)
    for layer in page["layers"]:
        assert layer["medians"] == pytest.approx(expected[layer["layer"]["key"]].medians)
    assert page["medians"] == pytest.approx(
        {name: median_of(row[name] for row in ranked.values()) for name in OWN[key]}
    )


@every_layering
@every_day
def test_cuts_are_the_statistics_of_the_day(ask: Asks, key: str, day: date) -> None:
    page = ask(f"/layerings/{key}", as_of=day)
    found = {cut["field"]: cut["value"] for cut in page["cuts"]}
    expected = {name: None if cut.value is None else float(cut.value) for name, cut in cuts_on(key, day).items()}
    assert found == pytest.approx(expected)
    assert page["fit_as_of"] == str(day)


@every_layering
@pytest.mark.parametrize("before", [START, MONTH_AGO], ids=str)
def test_up_and_down_are_counted_under_the_cuts_of_the_day(ask: Asks, key: str, before: date) -> None:
    page = ask(f"/layerings/{key}", compare=before)
    order = {layer["layer"]["key"]: layer["layer"]["rank"] for layer in page["layers"]}
    then, now = layers_of(key, before, bazaar.END), layers_of(key, bazaar.END, bazaar.END)
    ranks = [(order[then[who]], order[now[who]]) for who in then if "none" not in (then[who], now[who])]
    assert page["up"] == sum(after < earlier for earlier, after in ranks)
    assert page["down"] == sum(after > earlier for earlier, after in ranks)


@every_layering
def test_what_came_less_what_went_is_the_growth_of_a_layer(ask: Asks, key: str) -> None:
    page = ask(f"/layerings/{key}", compare=START)
    then = list(layers_of(key, START, bazaar.END).values())
    for layer in page["layers"]:
        assert layer["came"] - layer["went"] == layer["customers"] - then.count(layer["layer"]["key"])


@every_layering
@pytest.mark.parametrize(("start", "end"), [(START, MONTH_AGO), (MONTH_AGO, bazaar.END)], ids=str)
def test_flows_of_any_two_days_are_those_of_the_book(ask: Asks, key: str, start: date, end: date) -> None:
    found, expected = ask(f"/layerings/{key}/flows", start=start, end=end), moved(key, start, end)
    assert {(move["source"], move["target"]): move["customers"] for move in found["moves"]} == expected.matrix
    assert found["start_customers"] == len(layers_of(key, start, start))
    assert found["end_customers"] == len(layers_of(key, end, start))


@every_layering
@every_day
def test_the_list_of_all_says_what_each_page_says(ask: Asks, key: str, day: date) -> None:
    (summary,) = (one for one in ask("/layerings", as_of=day) if one["key"] == key)
    page = ask(f"/layerings/{key}", as_of=day)
    assert summary["customers"] == [layer["customers"] for layer in page["layers"]]
    assert summary == page["summary"]


@every_layering
def test_without_a_day_it_is_the_day_after_the_newest_row(ask: Asks, key: str) -> None:
    page = ask(f"/layerings/{key}")
    assert page["period"] == {"as_of": str(bazaar.END), "compare": str(MONTH_AGO), "excluded": 0}
    assert page["layers"] == ask(f"/layerings/{key}", as_of=bazaar.END, compare=MONTH_AGO)["layers"]
