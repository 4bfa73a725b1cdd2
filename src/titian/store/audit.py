"""The audit log: who did what when, each line bound to the one before it by a digest, so that a change shows.

A line's digest is the SHA-256 of the line and of the digest before it: who changes a line has to change all after it.
Lines at the end that were cut off do not show by themselves; whoever keeps a digest elsewhere can tell.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, Row, Select, func, insert, or_, select, text

from titian.store.instants import written
from titian.store.tables import AUDIT

BEGINNING = "0" * 64
"""What stands before the first line."""
READ_AT_ONCE = 5_000


class Deed(BaseModel):
    """Something that was done, or tried.

    `action` names it (layering.save, import.load …), `subject` is what it was done to, and `details` tell the rest:
    figures and names of the house, never what customers are called or how they are reached.
    """

    model_config = ConfigDict(frozen=True)

    actor: str = Field(min_length=1, max_length=200)
    action: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=80)
    subject: str
    details: dict[str, Any] = {}


class Line(Deed):
    """A line of the log. `at` is the instant (UTC) in ISO 8601, to the microsecond."""

    number: int
    at: str
    previous: str
    digest: str


class Broken(BaseModel):
    """The first line that is not as it was written."""

    model_config = ConfigDict(frozen=True)

    number: int
    why: str
    """gap: lines before it are missing; chain: the line before it was changed; content: it was changed itself."""


def wait_for_others(connection: Connection) -> None:
    """Do what follows in this transaction after all deeds that began before, and before all that begin later."""
    if connection.dialect.name == "postgresql":
        # Two who add at once must not follow the same line. SQLite has one writer at a time anyway.
        connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))


def append(connection: Connection, deed: Deed, at: datetime) -> Line:
    """Add a line to the log, in the transaction that does the deed."""
    wait_for_others(connection)
    newest = select(AUDIT.c.number, AUDIT.c.digest).order_by(AUDIT.c.number.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    number, previous = (last.number + 1, last.digest) if last else (1, BEGINNING)
    values = {
        "number": number,
        "at": written(at),
        "actor": deed.actor,
        "action": deed.action,
        "subject": deed.subject,
        "details": _canonical(deed.details),
        "previous": previous,
    }
    values["digest"] = _digest(values)
    connection.execute(insert(AUDIT), values)
    return _line(values)


def lines(connection: Connection, *, before: int | None = None, most: int | None = 100, search: str = "") -> list[Line]:
    """The newest lines first, those before a number; only those in which every word of `search` stands, if given."""
    asked = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(most)
    if before is not None:
        asked = asked.where(AUDIT.c.number < before)
    return [_line(row._asdict()) for row in connection.execute(_searched(asked, search))]


def of_actions(connection: Connection, actions: Collection[str]) -> list[Line]:
    """All lines of some actions, the newest first."""
    asked = select(AUDIT).where(AUDIT.c.action.in_(actions)).order_by(AUDIT.c.number.desc())
    return [_line(row._asdict()) for row in connection.execute(asked)]


def count(connection: Connection, search: str = "") -> int:
    """How many lines there are, or how many a search finds."""
    return int(connection.execute(_searched(select(func.count()).select_from(AUDIT), search)).scalar_one())


def broken(connection: Connection) -> Broken | None:
    """The first line that is not as it was written, of all of them; None where the log is whole."""
    number, previous = 0, BEGINNING
    while rows := _after(connection, number):
        for row in rows:
            if row.number != number + 1:
                return Broken(number=row.number, why="gap")
            if row.previous != previous:
                return Broken(number=row.number, why="chain")
            if row.digest != _digest(row._asdict()):
                return Broken(number=row.number, why="content")
            number, previous = row.number, row.digest
    return None


def _after(connection: Connection, number: int) -> Sequence[Row[Any]]:
    asked = select(AUDIT).where(AUDIT.c.number > number).order_by(AUDIT.c.number).limit(READ_AT_ONCE)
    return connection.execute(asked).all()


def _searched(asked: Select[Any], search: str) -> Select[Any]:
    texts = (AUDIT.c.actor, AUDIT.c.action, AUDIT.c.subject, AUDIT.c.details)
    for word in search.split():
        asked = asked.where(or_(*(column.icontains(word, autoescape=True) for column in texts)))
    return asked


def _line(values: Mapping[str, Any]) -> Line:
    return Line(**{**values, "details": json.loads(values["details"])})


def _digest(values: Mapping[str, Any]) -> str:
    told = [values[name] for name in ("number", "at", "actor", "action", "subject", "details", "previous")]
    return hashlib.sha256(_canonical(told).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
