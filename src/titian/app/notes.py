"""The notes of a workspace in its store: each change in one transaction with its line in the audit log.

A line tells the note by its number and its length: neither what it says nor of whom.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from titian.app.acting import acting
from titian.app.trail import Trail
from titian.domain.customer_note import CustomerNote
from titian.store import notes
from titian.store.database import Store
from titian.store.notes import Seen


class Notes:
    """What people wrote about customers."""

    def __init__(self, store: Store, trail: Trail) -> None:
        self._store = store
        self._trail = trail

    def add(self, customer_id: str, text: str) -> CustomerNote:
        """Write a note."""
        now = datetime.now(UTC)
        note = CustomerNote(id=uuid4().hex, customer_id=customer_id, text=text, by=acting.get(), at=now)
        with self._trail.of("note.add", note.id, characters=len(text)) as connection:
            notes.add(connection, note)
        return note

    def change(self, key: str, text: str) -> CustomerNote:
        """Give a note another text. Raises NotFoundError."""
        with self._trail.telling("note.change", key) as telling:
            held = notes.note(telling.connection, key)
            if held.text == text:
                return held
            telling.tell(characters=len(text))
            return notes.change(telling.connection, key, text, datetime.now(UTC))

    def remove(self, key: str) -> None:
        """Take a note away. Raises NotFoundError."""
        with self._trail.of("note.remove", key) as connection:
            notes.remove(connection, key)

    def listed(
        self, *, customer_id: str | None = None, search: str = "", after: tuple[datetime, str] | None, most: int
    ) -> tuple[list[CustomerNote], int]:
        """The newest first, after the instant and id of one, and how many there are in all."""
        seen = None if after is None else Seen(*after)
        with self._store.reading() as connection:
            found = notes.listed(connection, customer_id=customer_id, search=search, after=seen, most=most)
            return found, notes.count(connection, customer_id=customer_id, search=search)
