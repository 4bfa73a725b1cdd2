"""Dispatchers: the processes that send, each counting its beats, so that others see whether it lives without asking a clock."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from titian.store.instants import written
from titian.store.reach_tables import DISPATCHERS


def enter(connection: Connection, worker: str, place: str, now: datetime) -> None:
    """A process begins to send."""
    at = written(now)
    connection.execute(insert(DISPATCHERS), {"worker": worker, "beat": 0, "place": place, "since": at, "seen_at": at})


def beat(connection: Connection, worker: str, now: datetime) -> bool:
    """Count one beat; False where others took the worker for dead and off the list."""
    mine = update(DISPATCHERS).where(DISPATCHERS.c.worker == worker)
    return connection.execute(mine.values(beat=DISPATCHERS.c.beat + 1, seen_at=written(now))).rowcount > 0


def beats(connection: Connection) -> dict[str, int]:
    """How far everybody has counted."""
    return {row.worker: row.beat for row in connection.execute(select(DISPATCHERS.c.worker, DISPATCHERS.c.beat))}


def leave(connection: Connection, workers: Collection[str] | None) -> None:
    """Take workers off the list; None: all of them."""
    gone = delete(DISPATCHERS)
    connection.execute(gone if workers is None else gone.where(DISPATCHERS.c.worker.in_(list(workers))))
