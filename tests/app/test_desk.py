"""A reading is one state of the data, bounded in number, and can be stopped."""

import threading
import time
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from tests.app import market
from titian.app import desk as desks
from titian.app import importing, layerings
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.errors import BusyError
from titian.warehouse.progress import silent

LONG = "SELECT count(*) FROM range(1000000000) a, range(1000) b"


def test_an_interrupted_reading_stops_and_the_desk_goes_on(desk: Desk) -> None:
    with desk.reading() as reading:
        threading.Timer(0.3, reading.interrupt).start()
        began = time.monotonic()
        with pytest.raises(duckdb.InterruptException):
            reading.data.engine.connection.execute(LONG)
        assert time.monotonic() - began < 30
    with desk.reading() as reading:
        assert layerings.now(reading, "rfm", None, None).customers == len(market.customers())


def test_a_reading_keeps_its_state_while_more_is_loaded(own_desk: Desk, tmp_path: Path) -> None:
    rows = [market.Order("n1", "new", datetime(2024, 11, 20), 10.0, "paid")]
    path = market.write_orders(tmp_path / "more.csv", rows)
    with own_desk.reading() as reading:
        importing.load(own_desk, SourceAsked(str(path)), market.MAPPING, strict=True, progress=silent)
        assert layerings.now(reading, "rfm", None, None).customers == len(market.customers())
    with own_desk.reading() as reading:
        assert layerings.now(reading, "rfm", None, None).customers == len(market.customers()) + 1


def test_too_many_questions_wait_and_then_hear_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "WAIT_SECONDS", 0.05)
    held = [desk.reading().__enter__() for _ in range(desks.CONCURRENT)]
    try:
        with pytest.raises(BusyError):
            desk.reading().__enter__()
    finally:
        for reading in held:
            reading.__exit__(None, None, None)
    with desk.reading():
        pass


def test_a_question_that_is_over_can_still_be_stopped(desk: Desk) -> None:
    with desk.reading() as reading:
        assert reading.data.has("orders")
    reading.interrupt()


def loaded(desk: Desk, folder: Path, *days: datetime) -> None:
    rows = [market.Order(f"n{number}", "00003", day, 1.0, "paid") for number, day in enumerate(days)]
    path = market.write_orders(folder / "dated.csv", rows)
    importing.load(desk, SourceAsked(str(path)), market.MAPPING, strict=True, progress=silent)


def test_an_order_of_the_future_moves_no_page_from_the_newest_real_day(own_desk: Desk, tmp_path: Path) -> None:
    loaded(own_desk, tmp_path, datetime(2024, 12, 5, 9), datetime(2099, 1, 5))
    assert own_desk.present().end == date(2024, 12, 6)


def test_where_all_lies_in_the_future_pages_look_from_tomorrow(empty: Desk, tmp_path: Path) -> None:
    loaded(empty, tmp_path, datetime(2099, 1, 5))
    assert empty.present().end == desks.tomorrow(empty.workspace.settings.timezone)
