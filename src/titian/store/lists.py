"""Fixed lists of customers, each named by what is in it.

What changes anything here belongs into a transaction that waited for others (`audit.wait_for_others`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, insert, select

from titian.domain.audience import list_name
from titian.store.instants import written
from titian.store.tables import LISTED, LISTS


def keep(connection: Connection, customers: Collection[str], at: datetime) -> str:
    """Keep a list, once; its name."""
    ids = sorted(set(customers))
    name = list_name(ids)
    if connection.execute(select(LISTS.c.id).where(LISTS.c.id == name)).first() is None:
        connection.execute(insert(LISTS), {"id": name, "customers": len(ids), "at": written(at)})
        if ids:
            connection.execute(insert(LISTED), [{"list": name, "customer_id": one} for one in ids])
    return name


def customers(connection: Connection, name: str) -> list[str]:
    """Who is in a list."""
    return list(connection.execute(select(LISTED.c.customer_id).where(LISTED.c.list == name)).scalars())


def holding(connection: Connection, customer_id: str) -> frozenset[str]:
    """The lists that a customer is in."""
    return frozenset(connection.execute(select(LISTED.c.list).where(LISTED.c.customer_id == customer_id)).scalars())
