"""The trail: what people do in a workspace, written into the audit log of its store.

A deed that changes something waits for the log, and the log for the deed: where no line can be written nothing is done,
and where nothing was done there is no line. What takes long, as an import, is noted when it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from titian.app.acting import acting
from titian.store import audit
from titian.store.audit import Broken, Deed, Line
from titian.store.database import Store


class Trail:
    """The audit log of one workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def of(self, action: str, subject: str, **details: Any) -> Iterator[None]:
        """Around a deed: its line is written with it. Raises StorageError, before anything is done, where it can't be."""
        with self._store.writing() as connection:
            deed = Deed(actor=acting.get(), action=action, subject=subject, details=details)
            audit.append(connection, deed, datetime.now(UTC))
            yield

    def note(self, action: str, subject: str, **details: Any) -> None:
        """Note a deed that begins."""
        with self.of(action, subject, **details):
            pass

    def lines(self, search: str, before: int | None, most: int | None) -> tuple[list[Line], int]:
        """The newest lines that a search finds, before a number (all: None), and how many it finds in all."""
        with self._store.reading() as connection:
            return audit.lines(connection, before=before, most=most, search=search), audit.count(connection, search)

    def broken(self) -> Broken | None:
        """The first line that is not as it was written."""
        with self._store.reading() as connection:
            return audit.broken(connection)
