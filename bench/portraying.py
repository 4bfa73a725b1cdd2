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

from bench import crowd, whole
from bench.clock import timed
from bench.histories import CUSTOMERS
from bench.worker import bind

DAY = date(2023, 12, 1)
SQL = (Path(__file__).parent / "portraying.sql").read_text(encoding="utf-8")
TRAITS = ("recency_days", "order_count", "order_count_30d", "spend", "spend_90d", "average_order_value")
THIRTY = (
    *TRAITS,
    *(f"{what}_{days}d" for what in ("spend", "order_count") for days in (60, 180, 365)),
    *(
        "tenure_days",
        "refund_share",
        "discount_share",
        "registered_at",
        "gender",
        "age_years",
        "city",
        "province",
        "channel",
    ),
    *("view_count_30d", "view_count_365d", "cart_count_90d", "search_count_90d", "share_count_365d", "days_since_view"),
    *("days_since_cart", "login_count_30d", "post_count_365d"),
)
"""By which an audience of the whole shop is portrayed."""
TIMES_AT_MOST, SECONDS_AT_MOST = 1.5, 2.0

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
    return thirty(size) | {
        f"{name}_{who}_s": statistics.median(pairs[group][side] for pairs in found)
        for group, name in enumerate(("first", "other"))
        for side, who in enumerate(("titian", "sql"))
    }


def thirty(size: str) -> dict[str, float]:
    """Seconds of the portrait of an audience of the whole shop by thirty traits: the first of a day, and the median of others."""
    import titian as tt

    data = tt.Dataset.open(whole.shop(size))
    rules = [{"trait": "spend_365d", "op": ">=", "value": spent} for spent in (2000, 1500, 2500, 3000, 4000, 5000)]
    first, *others = [timed(partial(tt.portrait, rule, data, as_of=DAY, traits=THIRTY))[0] for rule in rules]
    return {"thirty_first_s": first, "thirty_other_s": statistics.median(others)}


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
    for name, shown in (
        ("first", "by thirty traits, the first of a day"),
        ("other", "by thirty traits, of another group"),
    ):
        made.add_row(shown, f"{found[f'thirty_{name}_s']:.3f}", "", "")
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    times, seconds = found["first_titian_s"] / found["first_sql_s"], found["thirty_other_s"]
    lines = [f"the first portrait of a day took {times:.2f} × SQL; 1.5 × wanted"] if times > TIMES_AT_MOST else []
    if seconds > SECONDS_AT_MOST:
        lines.append(f"a portrait by thirty traits took {seconds:.2f} s; {SECONDS_AT_MOST} s wanted")
    return lines
