"""The tags of a workspace in its store: each change in one transaction with its line in the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import uuid4

from titian.app.acting import acting
from titian.app.change import Change, in_force
from titian.app.definitions import Check
from titian.app.tag_definition import look_of, without_group
from titian.app.trail import Trail
from titian.domain.tag import Source, Tag, Tagged, TagGroup
from titian.store import tagged, tags
from titian.store.database import Store
from titian.store.tagged import Followed, Given, Merged, Stamp, TakenBack
from titian.store.tags import Counted


class Tags:
    """What can be said of customers, and of whom it is said. A change that changes nothing leaves no line.

    What a tag is, its definition says; here is what becomes of those who have it. Each `check` looks at what would be in force.
    """

    def __init__(self, store: Store, trail: Trail) -> None:
        self._store = store
        self._trail = trail

    def all(self) -> tuple[list[Counted], list[TagGroup]]:
        """All tags with their customers, and all groups."""
        with self._store.reading() as connection:
            return tags.counted(connection), tags.groups(connection)

    def one(self, key: str) -> Counted:
        """A tag. Raises UnknownNameError."""
        with self._store.reading() as connection:
            return Counted(tags.tag(connection, key), tags.count(connection, key))

    def remove(self, key: str, *, check: Check) -> Counted:
        """Take a tag away; what it was, and how many customers had it. Raises UnknownNameError."""
        with self._trail.telling("tag.remove", key) as telling:
            gone = Counted(tags.tag(telling.connection, key), tags.count(telling.connection, key))
            change = Change(telling, "tags", key)
            change.drop()
            check(change)
            telling.tell(version=gone.tag.version, customers=gone.customers)
        return gone

    def merge(self, key: str, into: str, *, check: Check) -> Merged:
        """Give the customers of one tag another instead, and remove it. Raises UnknownNameError, InputError."""
        with self._trail.telling("tag.merge", key) as telling:
            merged = tagged.merge(telling.connection, key, into)
            change = Change(telling, "tags", key)
            change.drop()
            check(change)
            telling.tell(into=into, moved=merged.moved, already=merged.already, taken_out=merged.taken_out)
        return merged

    def remove_group(self, key: str, *, check: Check) -> tuple[TagGroup, int]:
        """Take a group away, and its tags out of it, each as a version of its own; what it was, and how many they were.

        Raises UnknownNameError.
        """
        with self._trail.telling("tag_group.remove", key) as telling:
            group, freed = tags.group(telling.connection, key), 0
            for one in in_force(telling.connection, "tags").values():
                if look_of(one).group == key:
                    change = Change(telling, "tags", one.key)
                    change.put(without_group(one).model_copy(update={"version": change.newest + 1}))
                    freed += 1
            change = Change(telling, "tag_groups", key)
            change.drop()
            check(change)
            telling.tell(version=group.version, tags=freed)
        return group, freed

    def give(self, key: str, customers: Iterable[str], why: str, source: Source) -> tuple[Given, str | None]:
        """Tag customers; what came of it and the batch, if anybody was tagged. Raises UnknownNameError."""
        stamp = _stamp(why, source)
        with self._trail.telling("tag.give", key) as telling:
            given = tagged.give(telling.connection, key, customers, stamp)
            if not given.tagged:
                return given, None
            telling.tell(tagged=given.tagged, already=given.already, taken_out=given.taken_out, batch=stamp.batch)
        return given, stamp.batch

    def take(self, key: str, customers: Iterable[str]) -> tuple[frozenset[str], str | None]:
        """Take a tag from customers; who had it, and the batch if anybody did. Raises UnknownNameError."""
        stamp = _stamp("", "hand")
        with self._trail.telling("tag.take", key) as telling:
            had = tagged.take(telling.connection, key, customers, stamp)
            if not had:
                return had, None
            telling.tell(untagged=len(had), batch=stamp.batch)
        return had, stamp.batch

    def follow(self, members: Mapping[str, Iterable[str]]) -> dict[str, Followed]:
        """Let tags be of exactly these customers, all tags or none; what came of each. Raises UnknownNameError."""
        stamp = _stamp("", "rule")
        with self._trail.telling("tag.follow", ", ".join(list(members)[:10])) as telling:
            found = {key: tagged.follow(telling.connection, key, ids, stamp) for key, ids in members.items()}
            changed = {key: {"came": one.came, "gone": one.gone} for key, one in found.items() if one.came or one.gone}
            if changed:
                telling.tell(**changed)
        return found

    def take_back(self, batch: str) -> TakenBack:
        """Undo a batch. Raises NotFoundError."""
        with self._trail.telling("tag.undo", batch) as telling:
            undone = tagged.take_back(telling.connection, batch, datetime.now(UTC))
            if not undone.repeated:
                telling.tell(removed=undone.removed, restored=undone.restored)
        return undone

    def of_customer(self, customer_id: str) -> list[tuple[Tag, Tagged]]:
        """The tags of a customer, and how each came to be."""
        with self._store.reading() as connection:
            return [(tags.tag(connection, one.tag), one) for one in tagged.of_customer(connection, customer_id)]

    def customers(self, key: str) -> list[str]:
        """The ids of all who have a tag. Raises UnknownNameError."""
        with self._store.reading() as connection:
            tags.tag(connection, key)
            return tagged.customers(connection, key)

    def holders(self, key: str, after: str | None, most: int) -> list[Tagged]:
        """Who has a tag, those after a customer. Raises UnknownNameError."""
        with self._store.reading() as connection:
            tags.tag(connection, key)
            return tagged.holders(connection, key, after, most)


def _stamp(why: str, source: Source) -> Stamp:
    return Stamp(batch=uuid4().hex, by=acting.get(), at=datetime.now(UTC), why=why, source=source)
