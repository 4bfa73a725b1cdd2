"""Definitions: every published version of what a team defines, and which of them is in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from titian.app import texts
from titian.app.definition import DEEDS, Definition, Published, Sort, absent, published, stale, taken
from titian.app.stored import Stored
from titian.errors import NotFoundError

if TYPE_CHECKING:
    from titian.app.change import Change
    from titian.store.database import Connection

HOUSE = "titian"
"""Who made what held before anybody published anything."""
Beside = Callable[["Connection"], object]
"""What else is done in a transaction."""
Check = Callable[["Change"], None]
"""Raises where what would be in force after a change could not stand together."""


def unchecked(_change: Change) -> None:
    """The check of those that may stand beside any others."""


def _nothing(_connection: Connection) -> None:
    pass


class Definitions:
    """The definitions of one sort in a workspace."""

    def __init__(self, sort: Sort, stored: Stored) -> None:
        self.sort = sort
        self._stored = stored

    def current(self) -> dict[str, Definition]:
        """All definitions in force by key, in the order of their keys."""
        return {key: held.definition for key, held in self.in_force().items()}

    def in_force(self) -> dict[str, Published]:
        """The same, each with who published it, and when."""
        if (store := self._stored.there) is None:
            return {}
        from titian.store import definitions as kept

        with store.reading() as connection:
            return {one.key: published(one) for one in kept.in_force(connection, self.sort)}

    def numbers(self) -> dict[str, int]:
        """Which version of each is in force."""
        if (store := self._stored.there) is None:
            return {}
        from titian.store import definitions as kept

        with store.reading() as connection:
            return kept.numbers_in_force(connection, self.sort)

    def versions(self, key: str) -> tuple[int, ...]:
        """The published versions of `key`, ascending; empty when it was never published."""
        return tuple(one.definition.version for one in self.history(key))

    def history(self, key: str) -> list[Published]:
        """The published versions of `key` with who published them, ascending."""
        if (store := self._stored.there) is None:
            return []
        from titian.store import definitions as kept

        with store.reading() as connection:
            return [published(one) for one in kept.versions(connection, self.sort, key)]

    def gone(self) -> list[Definition]:
        """The newest versions of what was published and is in force no more, in the order of keys."""
        if (store := self._stored.there) is None:
            return []
        from titian.store import definitions as kept

        with store.reading() as connection:
            return [published(one).definition for one in kept.gone(connection, self.sort)]

    def version(self, key: str, number: int) -> Definition:
        """One version of `key`. Raises NotFoundError with the versions that there are."""
        found = {one.definition.version: one.definition for one in self.history(key)}
        if number in found:
            return found[number]
        there = ", ".join(str(n) for n in found) or "none"
        raise NotFoundError(
            f"{key} has no version {number}",
            f"versions there are: {there}",
            zh=f"{key} 没有第 {number} 版",
            hint_zh=f"现有版本：{there}",
            key=key,
            version=number,
        )

    def publish(
        self,
        made: Definition,
        base: Definition,
        *,
        beside: Beside = _nothing,
        check: Check = unchecked,
        always: bool = False,
        **details: Any,
    ) -> Definition:
        """Put `made`, which was made from `base`, in force as the next version.

        `beside` is done in the same transaction, in which `check` looks at all that would be in force; `details` are told in
        the audit log. `always`: the base holds where nothing is published. Raises ConflictError when another version came into
        force meanwhile, NotFoundError when it was removed.
        """
        with self._changing("publish", texts.key(made.key)) as change:
            if change.present is None and change.kept and not always:
                raise absent(made.key)
            present = change.present or base
            if present.version != base.version:
                raise stale(made.key, base.version, present.version)
            change.keep(present, by=HOUSE)
            newer = made.model_copy(update={"version": change.newest + 1})
            beside(change.connection)
            change.put(newer)
            check(change)
            change.tell(base_version=base.version, **details)
        return newer

    def create(
        self, made: Definition, *, beside: Beside = _nothing, check: Check = unchecked, **details: Any
    ) -> Definition:
        """Put a definition under a key that is free in force, with the number after those that the key once had.

        Saying the same again changes nothing. `beside`, `check` and `details` are as those of `publish`. Raises
        ConflictError when the key stands for something else.
        """
        with self._changing("create", texts.key(made.key)) as change:
            if change.present is not None:
                if made.same(change.present):
                    return change.present
                raise taken(made.key)
            created = made.model_copy(update={"version": change.newest + 1})
            beside(change.connection)
            change.put(created)
            check(change)
            change.tell(kind=made.kind, **details)
        return created

    def remove(self, key: str, *, check: Check = unchecked) -> None:
        """Put a definition out of force; its versions are kept. Raises NotFoundError when it is not in force."""
        with self._changing("remove", key) as change:
            if change.present is None:
                raise absent(key)
            change.drop()
            check(change)
            change.tell(version=change.present.version)

    def restore(self, key: str, *, check: Check = unchecked) -> Definition:
        """Put the last version of a removed definition in force again; one in force stays as it is.

        Raises NotFoundError for a key that never was.
        """
        with self._changing("restore", key) as change:
            if change.present is not None:
                return change.present
            if not change.newest:
                raise absent(key)
            last = change.kept[change.newest]
            change.put(last)
            check(change)
            change.tell(version=last.version)
        return last

    @contextmanager
    def _changing(self, deed: str, key: str) -> Iterator[Change]:
        # What comes from the store takes half a second to load, which nobody waits for who only looks at customers.
        from titian.app.change import Change
        from titian.app.trail import Trail

        with Trail(self._stored.store).telling(f"{DEEDS[self.sort]}.{deed}", key) as telling:
            yield Change(telling, self.sort, key)
