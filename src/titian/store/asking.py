"""The customers of one call, put into the database as long as it lasts: statements then name them however many they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, MetaData, String, Table, delete, insert

from titian.store.tables import LONGEST_ID

ASKED = Table(
    "asked_customers",
    MetaData(),
    Column("customer_id", String(LONGEST_ID), primary_key=True),
    prefixes=["TEMPORARY"],
)
"""Whom a call is about."""


@contextmanager
def asked(connection: Connection, customers: Iterable[str]) -> Iterator[int]:
    """The different customers of a call in ASKED, and how many they are; a transaction that fails takes it along."""
    rows = [{"customer_id": one} for one in dict.fromkeys(customers)]
    ASKED.create(connection)
    if rows:
        connection.execute(insert(ASKED), rows)
    yield len(rows)
    ASKED.drop(connection)


def spare(connection: Connection, who: Any) -> int:
    """Leave some of the asked customers alone; how many they are."""
    return connection.execute(delete(ASKED).where(who)).rowcount
