"""Definitions that were published: every version as it was, and which of them is in force.

Versions are neither changed nor removed. What changes anything here belongs into a transaction that waited for others
(`audit.wait_for_others`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from titian.store.instants import read, written
from titian.store.tables import DEFINITIONS, IN_FORCE

Origin = Literal["here", "file"]
"""Where a version was made: in the workspace (console, API, command line), or in a file that was applied."""


@dataclass(frozen=True)
class Version:
    """A published version; `body` is the definition as JSON."""

    key: str
    version: int
    body: str
    by: str
    at: datetime
    origin: Origin


def in_force(connection: Connection, sort: str) -> list[Version]:
    """What is in force of a sort, in the order of keys."""
    same = and_(*(IN_FORCE.c[name] == DEFINITIONS.c[name] for name in ("sort", "key", "version")))
    rows = connection.execute(select(DEFINITIONS).join(IN_FORCE, same).where(IN_FORCE.c.sort == sort))
    return sorted((_version(row) for row in rows), key=lambda one: one.key)


def numbers_in_force(connection: Connection, sort: str) -> dict[str, int]:
    """Which version of what is in force."""
    rows = connection.execute(select(IN_FORCE.c.key, IN_FORCE.c.version).where(IN_FORCE.c.sort == sort))
    return {row.key: row.version for row in rows}


def gone(connection: Connection, sort: str) -> list[Version]:
    """The newest versions of what is in force no more, in the order of keys."""
    newest = select(DEFINITIONS.c.key, func.max(DEFINITIONS.c.version).label("version"))
    newest_of = newest.where(DEFINITIONS.c.sort == sort).group_by(DEFINITIONS.c.key).subquery()
    held = select(IN_FORCE.c.key).where(IN_FORCE.c.sort == sort)
    same = and_(DEFINITIONS.c.key == newest_of.c.key, DEFINITIONS.c.version == newest_of.c.version)
    asked = select(DEFINITIONS).join(newest_of, same)
    rows = connection.execute(asked.where(DEFINITIONS.c.sort == sort, DEFINITIONS.c.key.not_in(held)))
    return sorted((_version(row) for row in rows), key=lambda one: one.key)


def versions(connection: Connection, sort: str, key: str) -> list[Version]:
    """All versions of a key, ascending."""
    asked = select(DEFINITIONS).where(DEFINITIONS.c.sort == sort, DEFINITIONS.c.key == key)
    return [_version(row) for row in connection.execute(asked.order_by(DEFINITIONS.c.version))]


def add(connection: Connection, sort: str, made: Version) -> None:
    """Keep a version."""
    row = {"sort": sort, "key": made.key, "version": made.version, "body": made.body}
    connection.execute(insert(DEFINITIONS), {**row, "by": made.by, "at": written(made.at), "origin": made.origin})


def put_in_force(connection: Connection, sort: str, key: str, version: int) -> None:
    """Put a kept version in force, instead of another if one is."""
    meant = and_(IN_FORCE.c.sort == sort, IN_FORCE.c.key == key)
    if not connection.execute(update(IN_FORCE).where(meant).values(version=version)).rowcount:
        connection.execute(insert(IN_FORCE), {"sort": sort, "key": key, "version": version})


def out_of_force(connection: Connection, sort: str, key: str) -> None:
    """Leave no version of a key in force."""
    connection.execute(delete(IN_FORCE).where(IN_FORCE.c.sort == sort, IN_FORCE.c.key == key))


def _version(row: Row[Any]) -> Version:
    return Version(row.key, row.version, row.body, row.by, read(row.at), row.origin)
