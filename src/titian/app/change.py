"""A change of one definition in the store, while others wait."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from titian.app.acting import acting
from titian.app.definition import Definition, Sort, published
from titian.app.tags_in_force import DROP, PUT
from titian.app.trail import Telling
from titian.store import definitions as kept
from titian.store.database import Connection
from titian.store.definitions import Origin, Version


class Change:
    """A change of one key that is being made; others wait."""

    def __init__(self, telling: Telling, sort: Sort, key: str, origin: Origin = "here") -> None:
        self._telling, self.connection = telling, telling.connection
        self.sort, self.key, self._origin = sort, key, origin
        self.kept = {one.version: published(one).definition for one in kept.versions(telling.connection, sort, key)}
        number = kept.numbers_in_force(telling.connection, sort).get(key)
        self.present = None if number is None else self.kept[number]

    @property
    def newest(self) -> int:
        """The number of the newest version; 0 when there never was one."""
        return max(self.kept, default=0)

    def keep(self, definition: Definition, by: str | None = None) -> None:
        """Keep a version, unless it is kept already; `by` made it, else whoever acts."""
        if definition.version not in self.kept:
            made = Version(
                self.key,
                definition.version,
                definition.model_dump_json(),
                by or acting.get(),
                datetime.now(UTC),
                self._origin,
            )
            kept.add(self.connection, self.sort, made)
            self.kept[definition.version] = definition

    def put(self, definition: Definition) -> None:
        """Put a version in force, and keep it."""
        self.keep(definition)
        kept.put_in_force(self.connection, self.sort, self.key, definition.version)
        if self.sort in PUT:
            PUT[self.sort](self.connection, definition)

    def drop(self) -> None:
        """Leave none in force."""
        kept.out_of_force(self.connection, self.sort, self.key)
        if self.sort in DROP:
            DROP[self.sort](self.connection, self.key)

    def tell(self, **details: Any) -> None:
        """Say in the audit log what was done."""
        self._telling.tell(**details)


def in_force(connection: Connection, sort: Sort) -> dict[str, Definition]:
    """All of a sort that is in force as a transaction sees it, by key."""
    return {one.key: published(one).definition for one in kept.in_force(connection, sort)}
