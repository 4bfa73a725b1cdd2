"""Noting: what people write about customers, added, changed, removed, listed and searched."""

from __future__ import annotations

from titian.app import paging
from titian.app.answers.notes import NoteAsked, WrittenNote, WrittenNotes
from titian.app.desk import Desk, Reading
from titian.app.known import need
from titian.app.texts import LONGEST_NOTE, storable, text
from titian.domain.customer_note import CustomerNote

MOST = 200
"""Notes on one page."""
LONGEST_SEARCH = 200


def add(reading: Reading, customer_id: str, asked: NoteAsked) -> WrittenNote:
    """Write a note about a customer. Raises NotFoundError for nobody's id, InputError for a text that can't be kept."""
    said = _said(asked)
    need(reading, customer_id)
    return _shown(reading.desk, reading.desk.notes.add(customer_id, said))


def change(desk: Desk, key: str, asked: NoteAsked) -> WrittenNote:
    """Give a note another text. Raises NotFoundError, InputError."""
    return _shown(desk, desk.notes.change(key, _said(asked)))


def remove(desk: Desk, key: str) -> None:
    """Take a note away. Raises NotFoundError."""
    desk.notes.remove(key)


def of_customer(reading: Reading, customer_id: str, cursor: str | None, limit: int, words: str = "") -> WrittenNotes:
    """The notes about a customer in which all of the words stand, the newest first. Raises NotFoundError for nobody's id."""
    if not storable(customer_id):
        need(reading, customer_id)
    found = _page(reading.desk, customer_id, text(words, "search", LONGEST_SEARCH), cursor, limit)
    if not found.total:
        need(reading, customer_id)
    return found


def search(desk: Desk, words: str, cursor: str | None, limit: int) -> WrittenNotes:
    """The notes in which all of the words stand, the newest first; all notes without words."""
    return _page(desk, None, text(words, "search", LONGEST_SEARCH), cursor, limit)


def _page(desk: Desk, customer_id: str | None, words: str, cursor: str | None, limit: int) -> WrittenNotes:
    found, total = desk.notes.listed(
        customer_id=customer_id, search=words, after=paging.unpacked_moment(cursor), most=limit + 1
    )
    shown = found[:limit]
    return WrittenNotes(
        total=total,
        notes=tuple(_shown(desk, one) for one in shown),
        next_cursor=paging.packed_moment(shown[-1].at, shown[-1].id) if len(found) > limit else None,
    )


def _said(asked: NoteAsked) -> str:
    return text(asked.text, "text", LONGEST_NOTE, needed=True)


def _shown(desk: Desk, note: CustomerNote) -> WrittenNote:
    zone = desk.workspace.zone
    return WrittenNote(
        id=note.id,
        customer_id=note.customer_id,
        text=note.text,
        by=note.by,
        at=note.at.astimezone(zone),
        changed_at=note.changed_at and note.changed_at.astimezone(zone),
    )
