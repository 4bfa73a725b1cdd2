"""Making: the tables of the Tea House, part by part of its customers, in the engine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import duckdb
import pyarrow as pa

from titian.warehouse import sql
from titian.warehouse.zones import local_steps

PACKAGE = "titian.samples.tea"
BY_CUSTOMER = (
    "customers",
    "customer_changes",
    "orders",
    "order_items",
    "events",
    "links",
    "invites",
    "answers",
    "identities",
)
COSTS = "costs"
TRUTH = "truth"
TABLES = (*BY_CUSTOMER, COSTS)
ALL = (*TABLES, TRUTH)

PART = 5_000
"""Customers made at once. Files have one row group a part, so it is part of what makes their bytes."""
WORKERS = 4
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (wall times are counted from it too)

Part = dict[str, pa.Table]


@dataclass(frozen=True)
class Plan:
    """What the whole shop follows from."""

    customers: int
    seed: int
    start: date
    days: int
    timezone: str


def parts(plan: Plan, wanted: Sequence[str]) -> Iterator[Part]:
    """The wanted tables of one part of the customers after the other, always in the same order; costs come last.

    A few parts are made at once, each on a thread of its own; no more of them are held than there are threads.
    """
    with closing(duckdb.connect()) as connection:
        _open(connection, plan)
        workers = min(WORKERS, os.cpu_count() or 1)
        waiting: deque[Future[Part]] = deque()
        with ThreadPoolExecutor(workers, thread_name_prefix="titian-tea") as pool:
            for first in range(0, plan.customers, PART):
                last = min(first + PART, plan.customers)
                waiting.append(pool.submit(_part, connection.cursor(), plan, first, last, wanted))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        if COSTS in wanted:
            yield {COSTS: _rows(connection, sql.statements("tables.sql", PACKAGE)[COSTS])}


def _open(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """What all parts share: macros, the planted tables, and the customers whom others follow."""
    _set(connection, _settings(plan))
    people = sql.statements("people.sql", PACKAGE)
    for statement in (
        *sql.statements("draws.sql", PACKAGE).values(),
        *sql.statements("planted.sql", PACKAGE).values(),
        *(people[name] for name in ("person", "stars", "arrivals")),
    ):
        connection.execute(statement)
    _set(connection, {"stars": _stars(connection)})


def _part(cursor: duckdb.DuckDBPyConnection, plan: Plan, first: int, last: int, wanted: Sequence[str]) -> Part:
    """The customers `first` to `last` − 1."""
    with closing(cursor):
        _set(cursor, {**_settings(plan), "first": first, "last": last, "stars": _stars(cursor)})
        people = sql.statements("people.sql", PACKAGE)
        doings = sql.statements("doings.sql", PACKAGE)
        for statement in (people["people"], people["count_arrivals"], *doings.values()):
            cursor.execute(statement)
        tables = sql.statements("tables.sql", PACKAGE)
        return {name: _rows(cursor, tables[name]) for name in wanted if name != COSTS}


def _settings(plan: Plan) -> dict[str, object]:
    start = datetime.combine(plan.start, time())
    steps = local_steps(plan.timezone, start - timedelta(days=1), start + timedelta(days=plan.days + 1))
    return {
        "customers": plan.customers,
        "seed": plan.seed,
        "days": plan.days,
        "first_date": plan.start,
        "start_weekday": plan.start.weekday(),
        "start_s": _seconds(start),
        "thresholds": [_seconds(at) for at in steps.thresholds],
        "offsets": list(steps.offsets),
    }


_TYPES = {"first_date": "DATE", "thresholds": "BIGINT[]", "offsets": "BIGINT[]"}


def _set(connection: duckdb.DuckDBPyConnection, settings: dict[str, object]) -> None:
    for name, value in settings.items():
        connection.execute(f"SET VARIABLE {sql.name(name)} = ?::{_TYPES.get(name, 'BIGINT')}", [value])


def _stars(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.table("stars").count("*").fetchall()[0][0])


def _seconds(wall: datetime) -> int:
    return int((wall - _EPOCH).total_seconds())


def _rows(connection: duckdb.DuckDBPyConnection, statement: str) -> pa.Table:
    """The rows with instants that carry their zone."""
    found = connection.execute(statement).to_arrow_table()
    zoned = [
        field.with_type(pa.timestamp("us", tz="UTC")) if pa.types.is_timestamp(field.type) else field
        for field in found.schema
    ]
    return found.cast(pa.schema(zoned))
