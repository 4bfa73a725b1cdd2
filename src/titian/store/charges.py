"""Who of the team is in charge of which customers: one at most of each; many at once, and taken back again.

What changes anything here belongs into a transaction that waited for others (`audit.wait_for_others`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, delete, exists, func, insert, literal, select, update

from titian.domain.charge import Charge
from titian.errors import NotFoundError
from titian.store.asking import ASKED, asked, spare
from titian.store.instants import read, written
from titian.store.tables import CHARGE_BATCHES, IN_CHARGE, RELIEVED

KEPT = [column.name for column in IN_CHARGE.c]
AT_ONCE = 500
"""Ids of one statement: SQLite binds 999 at least."""


@dataclass(frozen=True)
class Stamp:
    """What is kept with every customer of a call; `batch` names the call."""

    batch: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Charged:
    """What came of a call: customers that changed, that were so before, and changed ones taken from somebody."""

    changed: int
    already: int
    taken_over: int


@dataclass(frozen=True)
class TakenBack:
    """What came of taking a batch back: customers that it gave, and customers who are with whom they were before."""

    removed: int
    restored: int
    repeated: bool
    """It had been taken back before."""


def put(connection: Connection, staff: str | None, customers: Iterable[str], stamp: Stamp) -> Charged:
    """Put somebody in charge of customers, or nobody; where nothing would change there is no batch."""
    with asked(connection, customers) as count:
        theirs = select(IN_CHARGE.c.customer_id)
        same = ASKED.c.customer_id.not_in(theirs)
        if staff is not None:
            same = ASKED.c.customer_id.in_(theirs.where(IN_CHARGE.c.staff == staff))
        already = spare(connection, same)
        taken_over = 0
        if changed := count - already:
            row = {"id": stamp.batch, "staff": staff, "customers": changed, "by": stamp.by, "at": written(stamp.at)}
            connection.execute(insert(CHARGE_BATCHES), row)
            taken_over = _relieve(connection, stamp.batch)
            if staff is not None:
                _charge(connection, staff, stamp)
    return Charged(changed, already, taken_over)


def take_back(connection: Connection, batch: str, at: datetime) -> TakenBack:
    """Undo a batch: what it gave goes, what it took returns unless somebody is in charge since. Raises NotFoundError."""
    found = connection.execute(select(CHARGE_BATCHES).where(CHARGE_BATCHES.c.id == batch)).one_or_none()
    if found is None:
        raise _no_batch(batch)
    if found.taken_back_at is not None:
        return TakenBack(0, 0, repeated=True)
    removed = connection.execute(delete(IN_CHARGE).where(IN_CHARGE.c.batch == batch)).rowcount
    free = ~exists().where(IN_CHARGE.c.customer_id == RELIEVED.c.customer_id)
    returning = select(*(RELIEVED.c[name] for name in KEPT)).where(RELIEVED.c.removed_by == batch, free)
    restored = connection.execute(select(func.count()).select_from(returning.subquery())).scalar_one()
    connection.execute(insert(IN_CHARGE).from_select(KEPT, returning))
    connection.execute(delete(RELIEVED).where(RELIEVED.c.removed_by == batch))
    connection.execute(update(CHARGE_BATCHES).where(CHARGE_BATCHES.c.id == batch).values(taken_back_at=written(at)))
    return TakenBack(removed, int(restored), repeated=False)


def of_customer(connection: Connection, customer_id: str) -> Charge | None:
    """Who is in charge of a customer."""
    found = connection.execute(select(IN_CHARGE).where(IN_CHARGE.c.customer_id == customer_id)).one_or_none()
    return None if found is None else _charge_of(found)


def of_customers(connection: Connection, customers: Collection[str]) -> dict[str, str]:
    """Who is in charge of these, where anybody is."""
    ids = sorted(customers)
    found: dict[str, str] = {}
    for at in range(0, len(ids), AT_ONCE):
        some = IN_CHARGE.c.customer_id.in_(ids[at : at + AT_ONCE])
        rows = connection.execute(select(IN_CHARGE.c.customer_id, IN_CHARGE.c.staff).where(some))
        found |= {row.customer_id: row.staff for row in rows}
    return found


def of_everyone(connection: Connection, staff: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Customers and who is in charge of each, all or of some of the team."""
    wanted = select(IN_CHARGE.c.customer_id, IN_CHARGE.c.staff)
    for row in connection.execute(wanted if staff is None else wanted.where(IN_CHARGE.c.staff.in_(staff))):
        yield row.customer_id, row.staff


def counted(connection: Connection) -> list[tuple[str, int]]:
    """Everybody in charge of anybody, in the order of their names, with the number of their customers."""
    rows = connection.execute(select(IN_CHARGE.c.staff, func.count().label("customers")).group_by(IN_CHARGE.c.staff))
    return sorted((row.staff, row.customers) for row in rows)


def _relieve(connection: Connection, batch: str) -> int:
    """Take the asked customers from whom they are with, so that they can be put back; how many had somebody."""
    meant = IN_CHARGE.c.customer_id.in_(select(ASKED.c.customer_id))
    rows = select(literal(batch, String), *(IN_CHARGE.c[name] for name in KEPT)).where(meant)
    connection.execute(insert(RELIEVED).from_select(["removed_by", *KEPT], rows))
    return connection.execute(delete(IN_CHARGE).where(meant)).rowcount


def _charge(connection: Connection, staff: str, stamp: Stamp) -> None:
    told = [staff, written(stamp.at), stamp.by, stamp.batch]
    rows = select(ASKED.c.customer_id, *(literal(value, String) for value in told))
    connection.execute(insert(IN_CHARGE).from_select(KEPT, rows))


def _charge_of(row: Row[Any]) -> Charge:
    return Charge(**{**row._asdict(), "since": read(row.since)})


def _no_batch(batch: str) -> NotFoundError:
    return NotFoundError(
        f"no batch {batch!r} put anybody in charge",
        "use the batch that the report names",
        zh=f"没有分配批次 {batch!r}",
        hint_zh="请使用分配结果中给出的批次号",
        batch=batch,
    )
