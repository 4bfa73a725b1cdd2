"""`python -m bench portraying`: the portrait of a group by six traits beside hand-written SQL, in the same process.

Of a crowd's orders in memory, on one day after the other. The first portrait of a day computes the traits of everybody,
as SQL does; they are held for that of another group, as when somebody looks at one layer after the other.
"""

from __future__ import annotations

import statistics
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from bench import crowd
from bench.clock import timed
from bench.histories import CUSTOMERS
from bench.worker import bind

DAY = date(2023, 12, 1)
SQL = (Path(__file__).parent / "portraying.sql").read_text(encoding="utf-8")
TRAITS = ("recency_days", "order_count", "order_count_30d", "spend", "spend_90d", "average_order_value")
TIMES_AT_MOST = 1.5

Counts = list[tuple[str, int, int]]
"""Trait, customers inside and in all of each bin, in their order."""


def compare(size: str, repeats: int) -> dict[str, float]:
    """Median seconds of the first portrait of a day, of that of another group, and of either in SQL."""
    import titian as tt

    bind()
    path = crowd.parquet("orders", CUSTOMERS[size])
    data = tt.Dataset(orders=path, timezone="Asia/Shanghai", currency="CNY")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE orders AS FROM read_parquet(?)", [str(path)])
        days = [DAY - timedelta(days=number) for number in range(repeats + 1)]
        # The first day reads the file, which SQL has in a table.
        found = [[pair(data, connection, day, spent) for spent in (2000, 3000)] for day in days][1:]
    return {
        f"{name}_{who}_s": statistics.median(pairs[group][side] for pairs in found)
        for group, name in enumerate(("first", "other"))
        for side, who in enumerate(("titian", "sql"))
    }


def pair(data: Any, connection: duckdb.DuckDBPyConnection, day: date, spent: int) -> tuple[float, float]:
    """Seconds of both, which have to count the same."""
    import titian as tt

    rule = {"trait": "spend_365d", "op": ">=", "value": spent}
    ours, found = timed(lambda: tt.portrait(rule, data, as_of=day, traits=TRAITS))
    theirs, counts = timed(partial(_counted, connection, day, spent))
    if (said := _said(found)) != counts:
        raise AssertionError(f"{day}, {spent}: {said} by Titian, {counts} by SQL")
    return ours, theirs


def _said(found: Any) -> Counts:
    bins = {one.trait.column: [(part.inside, part.everyone) for part in one.bins] for one in found.traits}
    return [(trait, *sizes) for trait in sorted(bins) for sizes in bins[trait]]


def _counted(connection: duckdb.DuckDBPyConnection, day: date, spent: int) -> Counts:
    rows = connection.execute(SQL, {"day": day, "spent": spent}).fetchall()
    return [(row[0], row[4], row[5]) for row in rows]


def table(found: dict[str, float], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"Portrait of a group by six traits, {size} orders", title_justify="left")
    for column in ("portrait", "Titian s", "SQL s", "in times of it"):
        made.add_column(column, justify="left" if column == "portrait" else "right")
    for name, shown in (("first", "the first of a day"), ("other", "of another group")):
        ours, theirs = found[f"{name}_titian_s"], found[f"{name}_sql_s"]
        made.add_row(shown, f"{ours:.3f}", f"{theirs:.3f}", f"{ours / theirs:.2f} ×")
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    times = found["first_titian_s"] / found["first_sql_s"]
    return [f"the first portrait of a day took {times:.2f} × SQL; 1.5 × wanted"] if times > TIMES_AT_MOST else []
