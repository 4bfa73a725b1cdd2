"""Notes about customers: added, changed, removed, listed and searched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, or_, select, update

from titian.domain.customer_note import CustomerNote
from titian.errors import NotFoundError
from titian.store.instants import read, written
from titian.store.tables import NOTES


@dataclass(frozen=True)
class Seen:
    """The last note that was seen of a list, the newest first."""

    at: datetime
    id: str


def add(connection: Connection, note: CustomerNote) -> None:
    """Write a note down."""
    row = note.model_dump() | {"at": written(note.at), "changed_at": note.changed_at and written(note.changed_at)}
    connection.execute(insert(NOTES), row)


def note(connection: Connection, key: str) -> CustomerNote:
    """One note. Raises NotFoundError."""
    found = connection.execute(select(NOTES).where(NOTES.c.id == key)).one_or_none()
    if found is None:
        raise NotFoundError(
            f"there is no note {key!r}",
            "it may have been removed; list the notes of the customer",
            zh=f"没有备注 {key!r}",
            hint_zh="备注可能已被删除，请查看该客户的备注列表",
            note=key,
        )
    return _note(found)


def change(connection: Connection, key: str, text: str, at: datetime) -> CustomerNote:
    """Give a note another text. Raises NotFoundError."""
    connection.execute(update(NOTES).where(NOTES.c.id == key).values(text=text, changed_at=written(at)))
    return note(connection, key)


def remove(connection: Connection, key: str) -> None:
    """Take a note away. Raises NotFoundError."""
    note(connection, key)
    connection.execute(delete(NOTES).where(NOTES.c.id == key))


def listed(
    connection: Connection, *, customer_id: str | None = None, search: str = "", after: Seen | None, most: int
) -> list[CustomerNote]:
    """The newest first, after one that was seen: of one customer, and those in which every word of `search` stands."""
    asked = _meant(select(NOTES), customer_id, search).order_by(NOTES.c.at.desc(), NOTES.c.id.desc()).limit(most)
    if after is not None:
        at = written(after.at)
        asked = asked.where(or_(NOTES.c.at < at, and_(NOTES.c.at == at, NOTES.c.id < after.id)))
    return [_note(row) for row in connection.execute(asked)]


def count(connection: Connection, *, customer_id: str | None = None, search: str = "") -> int:
    """How many there are of a customer, or how many a search finds."""
    asked = _meant(select(func.count()).select_from(NOTES), customer_id, search)
    return int(connection.execute(asked).scalar_one())


def _meant(asked: Select[Any], customer_id: str | None, search: str) -> Select[Any]:
    if customer_id is not None:
        asked = asked.where(NOTES.c.customer_id == customer_id)
    for word in search.split():
        asked = asked.where(NOTES.c.text.icontains(word, autoescape=True))
    return asked


def _note(row: Row[Any]) -> CustomerNote:
    return CustomerNote(**{**row._asdict(), "at": read(row.at), "changed_at": row.changed_at and read(row.changed_at)})
