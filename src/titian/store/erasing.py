"""Erasing: customers taken out of all that people decided, and out of the files of the database, too."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Connection, Table, delete, func, select, update

from titian.store.reach_tables import CONSENTS, OUTBOX, TASKS
from titian.store.tables import IN_CHARGE, KNOWN, LISTED, LISTS, NOTES, RELIEVED, TAGGED, UNTAGGED

OF_CUSTOMERS: dict[str, Table] = {
    "tagged": TAGGED,
    "untagged": UNTAGGED,
    "notes": NOTES,
    "listed": LISTED,
    "known": KNOWN,
    "in_charge": IN_CHARGE,
    "relieved": RELIEVED,
    "outbox": OUTBOX,
    "consents": CONSENTS,
    "staff_tasks": TASKS,
}
"""Tables whose rows are of customers."""
AT_ONCE = 500
"""Ids of one statement: SQLite binds 999 at least."""


def erase(connection: Connection, customers: Collection[str]) -> dict[str, int]:
    """Remove all rows of these customers; how many went, by table."""
    gone = {
        name: _remove(connection, table, table.c.customer_id, sorted(customers)) for name, table in OF_CUSTOMERS.items()
    }
    counted = select(func.count()).where(LISTED.c.list == LISTS.c.id).scalar_subquery()
    connection.execute(update(LISTS).values(customers=counted))
    return gone


def _remove(connection: Connection, table: Table, column: Column[str], ids: list[str]) -> int:
    parts = (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
    return sum(connection.execute(delete(table).where(column.in_(part))).rowcount for part in parts)
