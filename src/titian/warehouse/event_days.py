"""Event days: how often each customer did each event on each local day, kept in step with the events of the lake.

They are written in the transaction that changes the events, so that every snapshot has both. Customers have numbers there:
the engine adds up by small whole numbers in a fraction of the time that it takes by texts.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import ibis
import ibis.expr.types as ir

from titian.warehouse import sql
from titian.warehouse.dialects import DUCKDB
from titian.warehouse.zones import utc_to_local

FILE = "event_days.sql"
NUMBERS, ROWS, ZONE = "customer_numbers", "event_days", "event_days_zone"
KEPT_TABLES = (NUMBERS, ROWS, ZONE)
EVENTS = "lake.events"
PLACE = "rows to date"
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class EventDays:
    """What is kept, as the engine reads it.

    `numbers` has customer_id and `number`, one row each. `rows` has number, event, day (since 1970, in the zone of the
    data) and times, one row or several for what a customer did on a day.
    """

    numbers: ir.Table
    rows: ir.Table


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are not there yet."""
    for statement in sql.statements(FILE)["tables"].split(";"):
        connection.execute(statement)


def tables_there(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The tables that are kept here: all, or none in a warehouse from before there were any."""
    found = connection.execute(sql.statements(FILE)["there"]).fetchone()
    return KEPT_TABLES if found and found[0] else ()


def kept_zone(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The zone whose days are counted; None where nothing is."""
    if not tables_there(connection):
        return None
    row = connection.execute(sql.statements(FILE)["zone"]).fetchone()
    return None if row is None else str(row[0])


def count(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    """Count all events, all or nothing."""
    connection.begin()
    try:
        Following(connection, zone).arrived(None)
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):
            connection.rollback()
        raise


class Following:
    """Follows one change of the events, inside its transaction.

    Say which rows are `leaving` before they go, then `arrived` when the new ones are there. Without a zone nothing is
    counted any more, since nobody would know of which days.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, zone: str | None) -> None:
        self._connection, self._zone = connection, zone
        self._said = sql.statements(FILE)
        self._counted = kept_zone(connection)
        self._stirred: tuple[datetime, datetime] | None = None

    @property
    def _goes_on(self) -> bool:
        """Whether what is kept is gone on with; else it is counted anew, or given up."""
        return self._zone is not None and self._zone == self._counted

    def replaced(self, key: str) -> None:
        """Rows of `changed` that are not fresh are about to take the places of others."""
        if self._goes_on:
            self._connection.execute(self._said["leaving"].format(key=key))
            self.leaving("leaving")

    def leaving(self, rows: str) -> None:
        """The rows of a relation go."""
        first, last = self._span(rows)
        if self._goes_on and first is not None and last is not None:
            self._stirred = (first - A_DAY * 2, last + A_DAY * 2)
            self._look_at(rows)
            self._connection.execute(self._said["stirred"])

    def arrived(self, rows: str | None) -> None:
        """The rows of a relation came: those of `leaving` are gone."""
        if self._zone is None:
            self._give_up()
        elif not self._goes_on:
            self._count_anew()
        else:
            self._recount()
            if rows is not None:
                self._look_at(rows)
                self._connection.execute(self._said["number"])
                self._count("" if self._stirred is None else self._said["others_only"])

    def _recount(self) -> None:
        """Count the days of which rows went again, from the rows that are there now."""
        if self._stirred is not None:
            self._connection.execute(self._said["uncount"])
            since, until = (f"TIMESTAMP {sql.literal(str(at))}" for at in self._stirred)
            self._look_at(self._said["near"].format(since=since, until=until))
            self._connection.execute(self._said["number"])
            self._count(self._said["stirred_only"])

    def _count_anew(self) -> None:
        make_tables(self._connection)
        self._connection.execute(self._said["forget"])
        self._connection.execute(self._said["empty"])
        self._look_at(EVENTS)
        self._connection.execute(self._said["number"])
        self._count("")
        self._connection.execute(self._said["note_zone"], [self._zone])

    def _give_up(self) -> None:
        if self._counted is not None:
            self._connection.execute(self._said["forget"])

    def _count(self, of: str) -> None:
        self._connection.execute(self._said["count"].format(of=of))

    def _span(self, rows: str) -> tuple[datetime | None, datetime | None]:
        return self._connection.execute(self._said["range"].format(rows=rows)).fetchone() or (None, None)

    def _look_at(self, rows: str) -> None:
        """Let `dated` be the rows of a relation."""
        assert self._zone is not None
        with suppress(duckdb.CatalogException):
            self._connection.execute("DROP VIEW IF EXISTS temp.dated")
        days = dated(rows, self._zone, *self._span(rows))
        self._connection.execute(self._said["dated"].format(days=days))


def dated(rows: str, zone: str, since: datetime | None, until: datetime | None) -> str:
    """The query of customer_id, event and local day of events that lie between two instants (naive UTC)."""
    events = ibis.table({"customer_id": "string", "event": "string", "occurred_at": "timestamp"}, name=PLACE)
    day = utc_to_local(events.occurred_at, zone, since, until).date().epoch_days().cast("int32")
    query = DUCKDB.to_sqlglot(events.select("customer_id", "event", day=day)).sql(dialect="duckdb")
    return str(query).replace(sql.name(PLACE), rows)
