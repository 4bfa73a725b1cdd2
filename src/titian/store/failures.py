"""Failures to sign in, counted in windows of time by whom it was tried for and from where."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from titian.store.instants import read, written
from titian.store.tables import FAILURES


def count(connection: Connection, bucket: str, now: datetime, window: timedelta) -> tuple[int, datetime]:
    """How often it failed in the window that runs, and when that began; none in one that is over or yet to come."""
    row = connection.execute(select(FAILURES).where(FAILURES.c.bucket == bucket)).one_or_none()
    if row is None or not read(row.since) <= now < read(row.since) + window:
        # A clock that was set back would leave a window that begins in the future: it does not count.
        return 0, now
    return int(row.tries), read(row.since)


def add(connection: Connection, bucket: str, now: datetime, window: timedelta) -> int:
    """Count one more; how many they are now."""
    before, since = count(connection, bucket, now, window)
    if before:
        connection.execute(update(FAILURES).where(FAILURES.c.bucket == bucket).values(tries=before + 1))
    else:
        clear(connection, bucket)
        connection.execute(insert(FAILURES), {"bucket": bucket, "tries": 1, "since": written(since)})
    return before + 1


def take_back(connection: Connection, bucket: str) -> None:
    """Count one less: it was none."""
    connection.execute(
        update(FAILURES).where(FAILURES.c.bucket == bucket, FAILURES.c.tries > 0).values(tries=FAILURES.c.tries - 1)
    )


def clear(connection: Connection, bucket: str) -> None:
    """Forget what failed."""
    connection.execute(delete(FAILURES).where(FAILURES.c.bucket == bucket))


def sweep(connection: Connection, now: datetime, window: timedelta) -> None:
    """Take away windows that are over."""
    connection.execute(delete(FAILURES).where(FAILURES.c.since < written(now - window)))
