"""`python -m bench selecting`: the live count of a rule of five conditions beside hand-written SQL, in the same process.

Of a workspace with a crowd's orders and events, beside the same rows as tables in memory for SQL. Every count is of another
rule: of other windows, for which days are counted again, or of other values, as when somebody types them.
"""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from bench import crowd, whole
from bench.clock import timed
from bench.histories import CUSTOMERS
from bench.worker import bind

AS_OF = "2023-12-01"
SQL = (Path(__file__).parent / "selecting.sql").read_text(encoding="utf-8")
SECONDS_AT_MOST, TIMES_AT_MOST = 0.3, 1.5
WORTH_COMPARING_S = 0.2
"""Below that, writing the query takes longer than answering it."""


def rule(view_days: int, cart_days: int, spent: int, silent: int) -> dict[str, Any]:
    """Five conditions, two event windows among them."""
    return {
        "all": [
            {"trait": "spend_365d", "op": ">=", "value": spent},
            {"trait": "recency_days", "op": "<=", "value": silent},
            {"trait": "recency_days", "op": ">", "value": 3},
            {"did": "view", "within_days": view_days},
            {"did": "cart", "within_days": cart_days},
        ]
    }


def compare(size: str, repeats: int) -> dict[str, float]:
    """Median seconds of a count with new windows and with new values, and of the same in SQL."""
    import titian as tt

    bind()
    data = tt.Dataset.open(whole.shop(size))
    with duckdb.connect() as connection:
        for table in ("orders", "events"):
            path = crowd.parquet(table, CUSTOMERS[size])
            connection.execute(f"CREATE TABLE {table} AS FROM read_parquet(?)", [str(path)])
        found = {}
        for name, (first, *others) in edits(repeats).items():
            # Somebody has opened the rule before they change it.
            pair(data, connection, tt.select, first)
            found[name] = [pair(data, connection, tt.select, asked) for asked in others]
    return {
        f"{name}_{who}_s": statistics.median(seconds[place] for seconds in pairs)
        for name, pairs in found.items()
        for place, who in enumerate(("titian", "sql"))
    }


def edits(repeats: int) -> dict[str, list[tuple[int, int, int, int]]]:
    """Rules of which each differs from the one before in what the name says, the first of each as it was opened."""
    numbers = range(repeats + 1)
    return {
        "short windows": [(30 + n, 90 + n, 200, 180) for n in numbers],
        "a window of a year": [(300 + n, 365, 200, 180) for n in numbers],
        "two windows of a year": [(310 + n, 364 - n, 200, 180) for n in numbers],
        "values": [(300, 365, 200 + n, 180 - n) for n in numbers],
    }


def pair(data: Any, connection: duckdb.DuckDBPyConnection, select: Any, asked: tuple[int, ...]) -> tuple[float, float]:
    """Seconds of both, which have to find as many."""
    names = ("view_days", "cart_days", "spent", "silent")
    ours, found = timed(lambda: select(rule(*asked), data, as_of=AS_OF).count())
    theirs, row = timed(partial(_counted, connection, dict(zip(names, asked, strict=True))))
    if found != row:
        raise AssertionError(f"{asked}: {found} customers, by SQL {row}")
    return ours, theirs


def _counted(connection: duckdb.DuckDBPyConnection, values: dict[str, int]) -> int:
    row = connection.execute(SQL, values).fetchone()
    assert row is not None
    return int(row[0])


def table(found: dict[str, float], size: str) -> Table:
    """The comparison for people."""
    title = f"Count of a rule of five conditions, {size} orders and twice as many events"
    made = Table(title=title, title_justify="left")
    for column in ("a rule with other", "Titian s", "SQL s", "in times of it"):
        made.add_column(column, justify="left" if column.startswith("a rule") else "right")
    for name in edits(0):
        ours, theirs = found[f"{name}_titian_s"], found[f"{name}_sql_s"]
        made.add_row(name, f"{ours:.3f}", f"{theirs:.3f}", f"{ours / theirs:.2f} ×")
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    lines = []
    for name in edits(0):
        ours, theirs = found[f"{name}_titian_s"], found[f"{name}_sql_s"]
        if ours > SECONDS_AT_MOST or ours > TIMES_AT_MOST * max(theirs, WORTH_COMPARING_S):
            lines.append(
                f"a rule with other {name} took {ours:.2f} s, {ours / theirs:.2f} × SQL; 0.3 s and 1.5 × wanted"
            )
    return lines
