"""Dataset: the canonical tables on one engine, with the workspace's time zone and currency."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal, Protocol, Self

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from titian.domain.instants import local_day, zone
from titian.domain.meanings import USUAL, Meanings
from titian.errors import MissingDataError
from titian.warehouse.engine import Engine
from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.event_days import EventDays
from titian.warehouse.group import Group
from titian.warehouse.tables import TABLES
from titian.warehouse.tables import table as canonical_table

Outside = Literal["excluded", "other_store"]
Changes = Callable[[str, Iterable[str]], Mapping[str, datetime] | None]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_NAMES = 5000
"""Names of events that are looked at one by one."""
DATING = ("orders", "events")
"""The tables whose rows say how far the data reach."""


def state_name(version: str, timezone: str, meanings: Meanings) -> str:
    """What names a state of data at `version`: the zone decides which days a trait counts, meanings which events."""
    return f"{timezone} {meanings.digest} {version}"


@dataclass(frozen=True)
class Extent:
    """How many rows a table holds, and the instants of its first and last one."""

    rows: int
    first: datetime | None
    last: datetime | None


class Exclusion(Protocol):
    """Who is left out of every fit and count."""

    def out(self, data: Dataset, as_of: datetime) -> Group | None:
        """Those of all customers who are out as of an instant; None where nobody is."""


class Dataset:
    """The data of one workspace: canonical tables, an engine, a time zone, a currency and what event names mean.

    `tables` are Ibis tables on `engine`; a table left out is empty. `version` names the state of the data: the same
    version always gives the same answers. `changes` tells what `changed_since` returns, where somebody keeps count.
    `event_days` are the events of these tables by local day, where they are kept.
    """

    def __init__(
        self,
        engine: Engine,
        tables: Mapping[str, ir.Table],
        *,
        timezone: str,
        currency: str,
        version: str,
        meanings: Meanings = USUAL,
        changes: Changes | None = None,
        event_days: EventDays | None = None,
    ) -> None:
        zone(timezone)
        self.engine = engine
        self.timezone = timezone
        self.currency = currency
        self.version = version
        self.meanings = meanings
        self.exclusion: Exclusion | None = None
        self.store_id: str | None = None
        self.event_days = event_days
        self._tables = tables
        self._changes = changes

    def __repr__(self) -> str:
        held = ", ".join(f"{name} {found.rows:,}" for name, found in self._extents.items())
        return f"<Dataset {held or 'empty'}; {self.timezone}, {self.currency}>"

    @classmethod
    def on(
        cls,
        connection: duckdb.DuckDBPyConnection,
        names: dict[str, str | tuple[str, str, str]],
        *,
        timezone: str,
        currency: str,
        version: str,
        meanings: Meanings = USUAL,
    ) -> Dataset:
        """The canonical tables as they are called in a DuckDB database: a name, or (catalogue, schema, name)."""
        engine = DuckDBEngine(connection)
        tables = {table: _table(engine, name) for table, name in names.items()}
        return cls(engine, tables, timezone=timezone, currency=currency, version=version, meanings=meanings)

    def fork(self) -> Dataset:
        """The same data on a connection of its own, for another thread; what was computed is shared."""
        forked = copy.copy(self)
        forked.engine = self.engine.fork()
        return forked

    def excluding(self, exclusion: Exclusion | None) -> Self:
        """The same data, of which nobody counts who is out; None: everybody does again."""
        limited = copy.copy(self)
        limited.exclusion = exclusion
        return limited

    def of_store(self, store_id: str | None) -> Self:
        """The same data, of which only the customers of one store count; None: those of all stores.

        A customer belongs to the store that their row names as of the day asked, else to that of their first order.
        """
        limited = copy.copy(self)
        limited.store_id = None if store_id is None else str(store_id)
        return limited

    @property
    def part(self) -> str:
        """What names the customers that it is of; empty for all of them."""
        return ""

    @property
    def excluded(self) -> int:
        """How many customers are left out of it."""
        return 0

    def outside(self, customer_id: str) -> Outside | None:  # noqa: ARG002
        """Why nothing of a customer is in it; None of one of whom something may be."""
        return None

    @contextmanager
    def beside(self, tables: Mapping[str, pa.Table]) -> Iterator[Beside]:
        """Other rows, few of them, as a dataset with the same calendar, inside this process while the context lasts."""
        # A connection more is had at once, a database more only after a while.
        near = self.engine.connection.cursor() if isinstance(self.engine, DuckDBEngine) else duckdb.connect()
        with near as connection:
            for name, rows in tables.items():
                connection.register(name, rows)
            yield Beside(connection, list(tables), self)

    def handed(self, name: str) -> ir.Table | None:
        """The canonical table called `name`; None where none was handed in."""
        return self._tables.get(name)

    def table(self, name: str) -> ir.Table:
        """The canonical table called `name`; empty when there is none. Raises UnknownNameError."""
        declared = canonical_table(name)
        if name in self._tables:
            return self._tables[name]
        return self.engine.empty(declared)

    def has(self, name: str) -> bool:
        """Whether the table holds at least one row."""
        found = self._extents.get(canonical_table(name).name)
        return found is not None and found.rows > 0

    def names_of(self, event: str) -> tuple[str, ...]:
        """What the data call an event: of all names that mean it those that are there, its first one where none is."""
        known, there = self.meanings.names(event), self._event_names()
        return known if there is None else tuple(name for name in known if name in there) or known[:1]

    def _event_names(self) -> frozenset[str] | None:
        """What events are called; None where it is more than one cares to list."""
        rows = self.table("events") if self.event_days is None else self.event_days.rows
        names, kept = self.engine.keep(
            (self.version, "event names"), lambda: rows.select("event").distinct().limit(MOST_NAMES + 1)
        )
        found = {str(row["event"]) for row in self.execute(names)}
        del kept
        return frozenset(found) if len(found) <= MOST_NAMES else None

    def need(self, *names: str) -> None:
        """Raise MissingDataError, in words, when none of these was ever handed in; an empty one that was is an answer."""
        if any(name in self._tables for name in names):
            return
        words = [canonical_table(name).words for name in names]
        zh, en = "或".join(one.zh for one in words), " or ".join(one.en for one in words)
        raise MissingDataError(
            f"this needs {en}, and there are none yet",
            f"load some: titian load FILE --table {names[0]}",
            zh=f"这里需要{zh}数据，目前还没有",
            hint_zh=f"请先导入：titian load 文件 --table {names[0]}",
            table=names[0],
        )

    def changed_since(self, version: str, tables: Iterable[str]) -> Mapping[str, datetime] | None:
        """Those of the tables whose rows are others than in an earlier version, each with the earliest instant of such a row.

        Rows that were added, corrected or withdrawn; 1970 where one has no instant. None when nobody knows.
        """
        return None if self._changes is None else self._changes(version, tables)

    def arrow(self, expression: ir.Table) -> pa.Table:
        """A result as Arrow; instants leave the engine with their zone, UTC."""
        found = self.engine.arrow(expression)
        zoned = [
            field.with_type(pa.timestamp("us", tz="UTC")) if pa.types.is_timestamp(field.type) else field
            for field in found.schema
        ]
        return found.cast(pa.schema(zoned))

    def execute(self, expression: ir.Table) -> list[dict[str, object]]:
        """The rows of a small result as dictionaries, instants as the warehouse stores them."""
        rows: list[dict[str, object]] = self.engine.arrow(expression).to_pylist()
        return rows

    @property
    def earliest(self) -> datetime:
        """The earliest instant of orders and events; 1970 when there is none."""
        return min((first for first, _ in self._spans), default=EPOCH)

    def end(self) -> datetime | None:
        """The newest instant of orders and events, or None without data."""
        return max((last for _, last in self._spans), default=None)

    def newest_day_end(self, most: datetime | None = None) -> datetime | None:
        """The local midnight after the newest order or event: the as_of that sees everything.

        Of those before `most`, if any are; else `most` itself.
        """
        newest = self.end()
        if newest is None:
            return None
        if most is not None and newest >= most:
            newest = self._newest_before(most)
            if newest is None:
                return most
        midnight = datetime.combine(local_day(newest, self.timezone), datetime.min.time())
        from_zone = zone(self.timezone)
        return _next_day(midnight).replace(tzinfo=from_zone).astimezone(UTC)

    def _newest_before(self, most: datetime) -> datetime | None:
        """The newest instant of orders and events before one, asked for only where some lie after it."""
        stored = ibis.literal(most.astimezone(UTC).replace(tzinfo=None))
        found: list[datetime | None] = []
        for name in (name for name in self._tables if name in DATING):
            at = self._tables[name][str(TABLES[name].at)]
            rows = self._tables[name].filter(at < stored)
            (row,) = self.execute(rows.aggregate(newest=rows[at.get_name()].max().cast("timestamp")))
            found.append(_aware(row["newest"]))
        return max((at for at in found if at is not None), default=None)

    @property
    def _spans(self) -> list[tuple[datetime, datetime]]:
        return [(found.first, found.last) for found in self._extents.values() if found.first and found.last]

    @cached_property
    def _extents(self) -> dict[str, Extent]:
        """How much each table holds, and from when to when those that date the data reach: one question for all."""
        asked = [_extent(name, rows) for name, rows in self._tables.items()]
        found = self.execute(asked[0].union(*asked[1:]) if len(asked) > 1 else asked[0]) if asked else []
        return {
            str(row["name"]): Extent(int(str(row["n"])), _aware(row["first"]), _aware(row["last"])) for row in found
        }


class Beside(Dataset):
    """Other rows beside a dataset, with its tables and calendar: a question is the same SQL for whatever rows."""

    engine: DuckDBEngine

    def __init__(self, connection: duckdb.DuckDBPyConnection, names: list[str], of: Dataset) -> None:
        engine = DuckDBEngine(connection)
        # Named and not looked up: DuckDB takes longer to tell columns that are known than to answer for so few rows.
        tables = {name: ibis.table(of.table(name).schema(), name=name) for name in names}
        super().__init__(
            engine, tables, timezone=of.timezone, currency=of.currency, version="beside", meanings=of.meanings
        )
        self._of = of

    def has(self, name: str) -> bool:
        """Whether the whole has rows of this table, and some could be here."""
        return name in self._tables and self._of.has(name)

    @property
    def earliest(self) -> datetime:
        """The earliest instant of the whole."""
        return self._of.earliest


def _extent(name: str, rows: ir.Table) -> ir.Table:
    never = ibis.null("timestamp")
    at = rows[str(TABLES[name].at)] if name in DATING else None
    first, last = (never, never) if at is None else (at.min().cast("timestamp"), at.max().cast("timestamp"))
    counted = rows.aggregate(n=rows.count(), first=first, last=last)
    return counted.select(name=ibis.literal(name), n="n", first="first", last="last")


def _aware(stored: object) -> datetime | None:
    return stored.replace(tzinfo=UTC) if isinstance(stored, datetime) else None


def _next_day(midnight: datetime) -> datetime:
    return datetime.fromordinal(midnight.toordinal() + 1)


def _table(engine: DuckDBEngine, name: str | tuple[str, str, str]) -> ir.Table:
    if isinstance(name, str):
        return engine.backend.table(name)
    catalogue, schema, table = name
    return engine.backend.table(table, database=(catalogue, schema))
