"""A strip says of every month what the oracle says, by the cuts of the asked day."""

from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from tests.app import bazaar
from tests.oracle.matrix import rfm
from tests.oracle.value_levels import ValueLevels
from titian.app.answers.customers import LayerSpan
from titian.app.desk import Reading
from titian.app.held import fitted_on, missing, one
from titian.app.past import past_of
from titian.app.placing import placings
from titian.app.strips import strips, traced
from titian.errors import MissingDataError, NotFoundError
from titian.layering.assignment import assign

MONTHS = [date(2023, month, 1) for month in (10, 11, 12)] + [date(2024, month, 1) for month in range(1, 7)]
CUSTOMERS = ["b00", "b04", "b10", "b18", "b28", "b40"]


def spans_of(reading: Reading, who: str, day: date = bazaar.END) -> dict[str, tuple[LayerSpan, ...]]:
    got = placings(reading, [one(reading.desk, key) for key in ("rfm", "value_levels")], day)
    return strips(reading, past_of(reading, who), got, day)


def layer_at(spans: tuple[LayerSpan, ...], point: date) -> str | None:
    return next((span.layer for span in spans if span.since <= point < span.until), None)


@cache
def said_of(point: date) -> tuple[dict[str, str], dict[str, str]]:
    """Everyone's layer and level of a day by the cuts of today, as the oracle says."""
    value, levels = rfm(), ValueLevels()
    at, today = bazaar.midnight(point), bazaar.midnight(bazaar.END)
    by_value = value.assign(bazaar.SHOP, at, value.fit_at(bazaar.SHOP, today))
    return by_value, levels.assign(bazaar.SHOP, at, levels.fit(bazaar.SHOP, today))


@pytest.mark.parametrize("who", CUSTOMERS)
def test_every_month_is_what_the_oracle_says_by_the_cuts_of_today(market_day: Reading, who: str) -> None:
    found = spans_of(market_day, who)
    for point in MONTHS:
        layers, levels = said_of(point)
        if who in layers:
            assert layer_at(found["rfm"], point) == layers[who], point
            assert layer_at(found["value_levels"], point) == levels[who], point


@pytest.mark.parametrize("who", CUSTOMERS)
def test_spans_follow_one_another_and_end_today(market_day: Reading, who: str) -> None:
    for spans in spans_of(market_day, who).values():
        assert spans[-1].until == bazaar.END
        for earlier, later in pairwise(spans):
            assert earlier.until == later.since
            assert earlier.layer != later.layer


def test_the_strip_begins_the_day_after_the_first_sight(market_day: Reading) -> None:
    first = min(o.ordered_at for o in bazaar.ORDERS if o.customer_id == "b10")
    seen = min([first, *(e.occurred_at for e in bazaar.EVENTS if e.customer_id == "b10")])
    assert spans_of(market_day, "b10")["rfm"][0].since == bazaar.SHOP.day(seen) + timedelta(days=1)


def test_an_earlier_day_knows_nothing_of_what_came_later(market_day: Reading) -> None:
    day = date(2024, 2, 1)
    spans = spans_of(market_day, "b10", day)["rfm"]
    at = bazaar.midnight(date(2024, 1, 1))
    cuts = rfm().fit_at(bazaar.SHOP, bazaar.midnight(day))
    assert spans[-1].until == day
    assert layer_at(spans, date(2024, 1, 1)) == rfm().assign(bazaar.SHOP, at, cuts)["b10"]


def test_who_only_did_something_is_in_none_all_along(market_day: Reading) -> None:
    onlooker = next(e.customer_id for e in bazaar.EVENTS if e.customer_id > "b47")
    assert {span.layer for span in spans_of(market_day, onlooker)["rfm"]} == {"none"}


def test_nobody_and_the_never_dated_have_no_strip(market_day: Reading) -> None:
    assert spans_of(market_day, "nobody") == {}
    assert spans_of(market_day, "walk-in") == {}


def test_a_customer_of_one_day_has_one_span(market_day: Reading) -> None:
    found = spans_of(market_day, "later")["rfm"]
    assert [span.layer for span in found] == ["none"]
    assert found[0].since == bazaar.SHOP.day(datetime.fromisoformat("2024-05-01T04:00Z")) + timedelta(days=1)


@pytest.mark.parametrize("key", ["lifecycle", "aipl", "growth", "influence"])
@pytest.mark.parametrize("who", ["b00", pytest.param("b18", marks=pytest.mark.full)])
def test_what_rests_on_others_is_looked_up_month_by_month(market_day: Reading, key: str, who: str) -> None:
    found = one(market_day.desk, key)
    if missing(market_day, found.layering) is not None:
        with pytest.raises(MissingDataError):
            traced(market_day, key, who, None)
        return
    spans = traced(market_day, key, who, None).spans
    fitted = fitted_on(market_day, found.layering, bazaar.END, market_day.data)
    for point in [*MONTHS, bazaar.END]:
        then = assign(found.layering, market_day.data, market_day.instant(point), fitted).to_pandas()
        layers = dict(zip(then["customer_id"], then["layer"], strict=True))
        assert (spans[-1].layer if point == bazaar.END else layer_at(spans, point)) == layers.get(who), point


def test_a_traced_strip_ends_on_the_asked_day_and_has_no_gaps(market_day: Reading) -> None:
    day = date(2024, 5, 20)
    spans = traced(market_day, "lifecycle", "b18", day).spans
    assert spans[-1].until == day
    assert all(earlier.until == later.since for earlier, later in pairwise(spans))


def test_nobody_has_no_traced_strip(market_day: Reading) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        traced(market_day, "lifecycle", "nobody", None)
