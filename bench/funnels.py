"""`python -m bench funnels`: a funnel of five steps beside hand-written SQL, in the same process.

Of a crowd's events as a table in memory, and of a workspace; the SQL reads the same table, or the Parquet files of the
workspace. Each run has a limit of its own, so that nothing that was computed before helps.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from bench import crowd, whole
from bench.clock import timed
from bench.histories import CUSTOMERS
from bench.worker import THREADS, bind, cpu_s

SQL = (Path(__file__).parent / "funnels.sql").read_text(encoding="utf-8")
STEPS = ["view", "search", "favourite", "cart", "share"]
PERIODS = {"two years": ("2022-01-01", "2024-01-01"), "a quarter": ("2023-04-01", "2023-07-01")}
DAYS = 30
TIMES_AT_MOST = 1.3


def compare(size: str, repeats: int) -> dict[str, float]:
    """Median seconds and processor seconds of each funnel by Titian and by SQL."""
    import titian as tt

    bind()
    path = crowd.parquet("events", CUSTOMERS[size])
    files = str(whole.shop(size) / "warehouse" / "data" / "main" / "events" / "*.parquet")
    places: dict[str, tuple[Callable[[], Any], str]] = {
        "a table": (
            lambda: tt.Dataset(events=path, timezone="UTC"),
            f"CREATE TABLE events AS FROM read_parquet('{path}')",
        ),
        "a workspace": (
            lambda: tt.Dataset.open(whole.shop(size)),
            f"CREATE VIEW events AS FROM read_parquet('{files}')",
        ),
    }
    found: dict[str, float] = {}
    for place, (opened, made) in places.items():
        data = opened()
        with duckdb.connect(config={"threads": THREADS}) as connection:
            connection.execute(made)
            for period in PERIODS:
                found |= medians(f"{place}, {period}", [pair(data, connection, period, n) for n in range(repeats)])
    return found


def medians(name: str, runs: list[tuple[float, ...]]) -> dict[str, float]:
    """The median of each column of the runs."""
    columns = ("titian_s", "sql_s", "titian_cpu_s", "sql_cpu_s")
    return {f"{name}_{what}": statistics.median(run[n] for run in runs) for n, what in enumerate(columns)}


def pair(data: Any, connection: duckdb.DuckDBPyConnection, period: str, number: int) -> tuple[float, ...]:
    """Seconds and processor seconds of both, which have to find the same."""
    import titian as tt

    start, end = PERIODS[period]
    days, zone = DAYS + number, data.timezone
    asked = partial(tt.funnel, data, steps=STEPS, within_days=days, start=start, end=end)
    began = cpu_s()
    ours, found = timed(asked)
    between = cpu_s()
    theirs, row = timed(partial(by_sql, connection, local(start, zone), local(end, zone), days))
    ended = cpu_s()
    if said(found) != row:
        raise AssertionError(f"{period}: {said(found)}, by SQL {row}")
    return ours, theirs, between - began, ended - between


def local(day: str, zone: str) -> datetime:
    """The beginning of a local day as the warehouse stores instants."""
    from titian.domain.instants import instant

    return instant(day, zone).replace(tzinfo=None)


def by_sql(connection: duckdb.DuckDBPyConnection, start: datetime, until: datetime, days: int) -> list[Any]:
    """Counts and times."""
    row = connection.execute(SQL, {"start": start, "until": until, "days": days}).fetchone()
    assert row is not None
    return [*row[:5], *([one / 1e6 for one in times] if times else [None] * 4 for times in row[5:])]


def said(found: Any) -> list[Any]:
    """The same of a funnel."""
    steps = found.everybody.steps

    def listed(times: Any) -> list[float | None]:
        return [times.q25_s, times.median_s, times.q75_s, times.q90_s]

    return [
        *(step.customers for step in steps),
        *(listed(step.from_before) for step in steps[1:]),
        *(listed(step.from_first) for step in steps[2:]),
    ]


def table(found: dict[str, float], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"Funnel of five steps, {size} orders and twice as many events", title_justify="left")
    for column in ("of", "Titian s", "SQL s", "in times of it", "processor s", "of SQL", "in times of it"):
        made.add_column(column, justify="left" if column == "of" else "right")
    for name in names(found):
        ours, theirs, used, other = (
            found[f"{name}_{what}"] for what in ("titian_s", "sql_s", "titian_cpu_s", "sql_cpu_s")
        )
        made.add_row(
            name,
            f"{ours:.2f}",
            f"{theirs:.2f}",
            f"{ours / theirs:.2f} ×",
            f"{used:.2f}",
            f"{other:.2f}",
            f"{used / other:.2f} ×",
        )
    return made


def names(found: dict[str, float]) -> list[str]:
    """What was compared."""
    return [name.removesuffix("_titian_s") for name in found if name.endswith("_titian_s")]


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    times = {name: found[f"{name}_titian_cpu_s"] / found[f"{name}_sql_cpu_s"] for name in names(found)}
    return [
        f"a funnel of {name} took {ratio:.2f} × SQL; {TIMES_AT_MOST} × wanted"
        for name, ratio in times.items()
        if ratio > TIMES_AT_MOST
    ]
