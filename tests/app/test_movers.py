"""Who moved on a day: those whose layer was another the day before, paged, filtered and as a file."""

import csv
import io
from datetime import date, timedelta

import pytest

from tests.app import market
from titian.app import histories, movers
from titian.app.answers.history import Mover
from titian.app.desk import Reading
from titian.app.held import fitted_on, one
from titian.app.histories import Asked
from titian.app.movers import MoversAsked
from titian.errors import InputError, UnknownNameError
from titian.layering.assignment import assign

RFM = Asked("rfm")
START = market.END - timedelta(days=histories.DEFAULT_DAYS)


def layers_on(reading: Reading, day: date) -> dict[str, str]:
    layering = one(reading.desk, "rfm").layering
    got = assign(layering, reading.data, reading.instant(day), fitted_on(reading, layering, START, reading.data))
    return {row["customer_id"]: row["layer"] for row in got.to_pandas().to_dict("records")}


def busiest(reading: Reading) -> date:
    """The day on which most moved."""
    sizes = histories.sizes(reading, RFM)
    return max(zip(sizes.moved, sizes.days, strict=True))[1]


def all_of(reading: Reading, asked: MoversAsked, limit: int = 500) -> list[Mover]:
    found: list[Mover] = []
    cursor: str | None = None
    while True:
        page = movers.page(reading, asked, cursor, limit)
        found += page.rows
        cursor = page.next_cursor
        if cursor is None:
            assert len(found) == page.total
            return found


def test_movers_are_those_whose_layer_was_another_the_day_before(reading: Reading) -> None:
    day = busiest(reading)
    before, after = layers_on(reading, day - timedelta(days=1)), layers_on(reading, day)
    expected = {who: (before.get(who), layer) for who, layer in after.items() if before.get(who) != layer}
    found = all_of(reading, MoversAsked(RFM, day))
    assert {one.customer_id: (one.source, one.target) for one in found} == expected
    assert len(expected) > 1


def test_pages_follow_each_other_by_customer(reading: Reading) -> None:
    asked = MoversAsked(RFM, busiest(reading))
    found = all_of(reading, asked, limit=1)
    assert found == all_of(reading, asked)
    assert [one.customer_id for one in found] == sorted({one.customer_id for one in found})


def test_of_a_layer_there_are_those_who_came_and_those_who_left(reading: Reading) -> None:
    day = busiest(reading)
    everyone = all_of(reading, MoversAsked(RFM, day))
    layer = everyone[0].target
    assert all_of(reading, MoversAsked(RFM, day, layer)) == [m for m in everyone if layer in (m.source, m.target)]


def test_the_passed_cuts_are_said_in_words(reading: Reading) -> None:
    said = {one.why.en for one in all_of(reading, MoversAsked(RFM, busiest(reading)))}
    assert all("its cut" in why or why == "first seen" for why in said)


def test_the_file_holds_the_same(reading: Reading) -> None:
    asked = MoversAsked(RFM, busiest(reading))
    exported = movers.export(reading, asked, "csv")
    assert exported.name == f"rfm-moves-{asked.day}.csv"
    rows = list(csv.DictReader(io.StringIO(b"".join(exported.chunks).decode("utf-8-sig"))))
    assert [(row["customer_id"], row["source"] or None, row["target"], row["why_zh"]) for row in rows] == [
        (one.customer_id, one.source, one.target, one.why.zh) for one in all_of(reading, asked)
    ]


def test_nobody_moved_on_the_first_day(reading: Reading) -> None:
    assert all_of(reading, MoversAsked(RFM, START)) == []


def test_a_day_or_a_layer_that_is_not_there_is_refused(reading: Reading) -> None:
    with pytest.raises(InputError):
        movers.page(reading, MoversAsked(RFM, START - timedelta(days=1)), None, 10)
    with pytest.raises(UnknownNameError):
        movers.page(reading, MoversAsked(RFM, START, "nothing"), None, 10)


def test_where_no_cut_tells_why_the_reasons_for_the_layer_do(reading: Reading) -> None:
    weeks = Asked("lifecycle", every="week")
    sizes = histories.sizes(reading, weeks)
    day = max(zip(sizes.moved, sizes.days, strict=True))[1]
    lifecycle = one(reading.desk, "lifecycle").layering
    placed = assign(lifecycle, reading.data, reading.instant(day), fitted_on(reading, lifecycle, START, reading.data))
    moved = [mover for mover in all_of(reading, MoversAsked(weeks, day)) if mover.source is not None]
    assert moved
    for mover in moved:
        assert mover.why.en == "; ".join(reason.sentence.en for reason in placed.explain(mover.customer_id))
