"""Long statements that are watched and stopped."""

import time

import duckdb
import pytest

from titian.domain.words import Words
from titian.warehouse.progress import silent, watched, watched_row

STAGE = Words(zh="计算", en="counting")
LONG = "SELECT count(*) FROM range(100000000000) AS a(i) WHERE hash(i) = 1"


def test_it_returns_what_was_counted() -> None:
    connection = duckdb.connect()
    assert watched(connection, "SELECT 7", stage=STAGE, rows=None, progress=silent) == 7
    assert watched_row(connection, "SELECT 1, ?", ["x"], stage=STAGE, rows=None, progress=silent) == (1, "x")


def test_progress_hears_the_start_and_the_end() -> None:
    heard: list[tuple[str, int, int | None]] = []
    connection = duckdb.connect()
    watched(connection, "SELECT 1", stage=STAGE, rows=10, progress=lambda s, d, t: heard.append((s.en, d, t)))
    assert (heard[0], heard[-1]) == (("counting", 0, 10), ("counting", 10, 10))


def test_raising_in_it_interrupts_the_statement() -> None:
    started = time.monotonic()
    calls: list[int] = []

    def progress(stage: Words, done: int, total: int | None) -> None:
        calls.append(done)
        if len(calls) > 1:
            raise KeyboardInterrupt

    connection = duckdb.connect()
    with pytest.raises(KeyboardInterrupt):
        watched(connection, LONG, stage=STAGE, rows=10, progress=progress)
    assert time.monotonic() - started < 30
    assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_failing_statement_raises_its_own_error() -> None:
    with pytest.raises(duckdb.CatalogException):
        watched(duckdb.connect(), "SELECT * FROM nowhere", stage=STAGE, rows=None, progress=silent)
