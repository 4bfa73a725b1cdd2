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
from titian.store.database import Connection, Store


class Telling:
    """A deed in the store that is being done: `connection` does it, `tell` says what came of it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.details: dict[str, Any] | None = None

    def tell(self, **details: Any) -> None:
        """Something was done; these figures and keys go into its line."""
        self.details = details


class Trail:
    """The audit log of one workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def of(self, action: str, subject: str, **details: Any) -> Iterator[Connection]:
        """Around a deed: its line is written with it. Raises StorageError, before anything is done, where it can't be.

        What is done on the connection that it gives holds with the line, or not at all.
        """
        with self._store.writing() as connection:
            _append(connection, action, subject, details)
            yield connection

    @contextmanager
    def telling(self, action: str, subject: str) -> Iterator[Telling]:
        """Around a deed in the store whose figures show when it is done; its line is written then, in one transaction.

        Deeds wait for each other. One that tells nothing changed nothing, and leaves no line.
        """
        with self._store.writing() as connection:
            audit.wait_for_others(connection)
            telling = Telling(connection)
            yield telling
            if telling.details is not None:
                _append(connection, action, subject, telling.details)

    def note(self, action: str, subject: str, **details: Any) -> None:
        """Note a deed that begins."""
        with self.of(action, subject, **details):
            pass

    def lines(self, search: str, before: int | None, most: int | None) -> tuple[list[Line], int]:
        """The newest lines that a search finds, before a number (all: None), and how many it finds in all."""
        with self._store.reading() as connection:
            return audit.lines(connection, before=before, most=most, search=search), audit.count(connection, search)

    def of_actions(self, *actions: str) -> list[Line]:
        """All lines of some actions, the newest first."""
        with self._store.reading() as connection:
            return audit.of_actions(connection, actions)

    def broken(self) -> Broken | None:
        """The first line that is not as it was written."""
        with self._store.reading() as connection:
            return audit.broken(connection)


def _append(connection: Connection, action: str, subject: str, details: dict[str, Any]) -> None:
    deed = Deed(actor=acting.get(), action=action, subject=subject, details=details)
    audit.append(connection, deed, datetime.now(UTC))
