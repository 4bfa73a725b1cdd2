"""A history's page: sizes, movers and stays of every week and month, as plain loops over the bazaar's rows count them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from tests.app import bazaar
from tests.oracle.matrix import rfm
from titian.app import histories
from titian.app.answers.history import LayeringHistory
from titian.app.desk import Desk, Reading
from titian.app.histories import Asked
from titian.domain.instants import months_later
from titian.errors import InputError, MissingDataError, TitianError, UnknownNameError

START, END = date(2024, 3, 3), date(2024, 6, 9)
FIRST = bazaar.SHOP.day(min(row.ordered_at for row in bazaar.ORDERS))


@cache
def plainly(day: date, fit: date) -> dict[str, str]:
    """Everyone's layer on a day by the cuts of another, as the oracle says."""
    value = rfm()
    layers = value.assign(bazaar.SHOP, bazaar.midnight(day), value.fit_at(bazaar.SHOP, bazaar.midnight(fit)))
    return bazaar.with_onlookers(layers, day)


def days_of(every: str) -> list[date]:
    if every == "week":
        return [START + timedelta(days=7 * n) for n in range(15)]
    return [months_later(START, n) for n in range(4)]


@pytest.fixture(scope="module")
def told(bazaar_desk: Desk) -> dict[str, LayeringHistory]:
    """The history of RFM by week and by month."""
    with bazaar_desk.reading() as reading:
        return {every: histories.sizes(reading, Asked("rfm", START, END, every)) for every in ("week", "month")}  # type: ignore[arg-type]


every_pace = pytest.mark.parametrize("every", ["week", "month"])


@every_pace
def test_the_days_are_those_of_the_calendar(told: dict[str, LayeringHistory], every: str) -> None:
    found = told[every]
    assert list(found.days) == days_of(every)
    assert (found.start, found.end, found.every, found.daily) == (START, END, every, True)


@every_pace
def test_every_layer_holds_on_every_day_whom_the_oracle_puts_there(
    told: dict[str, LayeringHistory], every: str
) -> None:
    keys = [layer.key for layer in told[every].layers]
    for place, day in enumerate(days_of(every)):
        found = {key: sizes[place] for key, sizes in zip(keys, told[every].customers, strict=True) if sizes[place]}
        assert found == Counter(plainly(day, START).values()), day


@every_pace
def test_those_moved_who_stand_elsewhere_than_when_one_last_looked(
    told: dict[str, LayeringHistory], every: str
) -> None:
    layers = [plainly(day, START) for day in days_of(every)]
    moved = [sum(now[who] != then.get(who) for who in now) for then, now in pairwise(layers)]
    assert told[every].moved == (0, *moved)
    assert sum(moved) > 20, "or nothing is said by it"


@every_pace
def test_stays_are_counted_from_one_look_to_the_next(told: dict[str, LayeringHistory], every: str) -> None:
    days = days_of(every)
    layers = [plainly(day, START) for day in days]
    already, came, still = Counter(layers[0].values()), Counter[str](), Counter[str]()
    for then, now in pairwise(layers):
        came.update(layer for who, layer in now.items() if then.get(who) != layer)
    for who, layer in layers[-1].items():
        still[layer] += any(seen.get(who) != layer for seen in layers)
    for stay in told[every].stays:
        expected = (already[stay.layer], came[stay.layer], still[stay.layer])
        assert (stay.already, stay.came, stay.still) == expected, stay.layer


def test_a_curve_begins_with_everybody_and_never_rises(told: dict[str, LayeringHistory]) -> None:
    curves = [stay for stay in told["week"].stays if stay.came]
    for stay in curves:
        assert (stay.days[0], stay.share[0]) == (0, 1)
        assert all(later <= sooner for sooner, later in pairwise(stay.share))
        assert all(day % 7 == 0 for day in stay.days), "looked at by week, stays are whole weeks"
        assert stay.median_days is None or dict(zip(stay.days, stay.share, strict=True))[int(stay.median_days)] <= 0.5
    assert len(curves) > 3


def test_without_days_it_is_of_the_last_ninety_to_the_newest(market_day: Reading) -> None:
    found = histories.sizes(market_day, Asked("rfm"))
    assert (found.start, found.end) == (bazaar.END - timedelta(days=90), bazaar.END)
    assert (found.every, len(found.days), found.fit_as_of) == ("day", 91, found.start)


def test_a_start_before_the_data_is_their_first_day(market_day: Reading) -> None:
    found = histories.sizes(market_day, Asked("rfm", date(2001, 1, 1), END, "month"))
    assert found.start == FIRST + timedelta(days=1)
    assert sum(sizes[0] for sizes in found.customers) == len(bazaar.everyone(found.start))


def test_what_has_to_be_assigned_anew_is_looked_at_by_week(market_day: Reading) -> None:
    start = bazaar.END - timedelta(days=15)
    found = histories.sizes(market_day, Asked("aipl", start))
    assert (found.daily, found.every) == (False, "week")
    assert found.days == tuple(bazaar.END - timedelta(days=days) for days in (14, 7, 0)), (
        "whole weeks back from the end"
    )


def test_more_days_than_are_looked_at_are_refused_with_how_many_they_are(
    market_day: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "MOST_DAYS", 10)
    with pytest.raises(InputError, match="11 days are more than the 10") as refused:
        histories.sizes(market_day, Asked("rfm", START, START + timedelta(days=10), "day"))
    assert "weeks" in refused.value.hint
    assert histories.sizes(market_day, Asked("rfm", START, START + timedelta(days=9), "day")).days[-1] < END


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (Asked("rmf"), UnknownNameError),
        (Asked("rfm", END, START), InputError),
        (Asked("rfm", START, START), InputError),
        (Asked("rfm", START, date(2031, 1, 1)), InputError),
        (Asked("influence", START, END, "month"), MissingDataError),
    ],
    ids=["no layering", "the wrong way round", "no day", "after all data", "without its tables"],
)
def test_what_can_not_be_told_is_refused_in_both_languages(
    market_day: Reading, asked: Asked, error: type[TitianError]
) -> None:
    with pytest.raises(error) as refused:
        histories.sizes(market_day, asked)
    assert refused.value.zh != refused.value.message


def test_days_of_which_there_are_no_rows_yet_are_told_with_a_word(bazaar_desk: Desk) -> None:
    with bazaar_desk.reading() as reading:
        newest = reading.day(None)
        ahead, now = (
            histories.sizes(reading, Asked("rfm", newest - timedelta(days=7), newest + timedelta(days=more)))
            for more in (1, 0)
        )
    assert [note.code for note in ahead.notes if note.code == "told_ahead"] == ["told_ahead"]
    assert f"no data from {newest} on" in ahead.notes[-1].text.en
    assert all(note.code != "told_ahead" for note in now.notes)
