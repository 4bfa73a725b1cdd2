"""Who has which tag: many customers at once, in a few statements however many they are, and taken back again.

What changes anything here belongs into a transaction that waited for others (`audit.wait_for_others`): only one after
another can those who tag keep a customer to one tag of an exclusive group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    String,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from titian.domain.tag import Source, Tagged
from titian.errors import InputError, NotFoundError
from titian.store import tags
from titian.store.asking import ASKED, asked, spare
from titian.store.instants import read, written
from titian.store.tables import TAG_BATCHES, TAG_GROUPS, TAGGED, TAGS, UNTAGGED

KEPT = [column.name for column in TAGGED.c]


@dataclass(frozen=True)
class Stamp:
    """What is kept with every customer of a call; `batch` names the call."""

    batch: str
    by: str
    at: datetime
    why: str = ""
    source: Source = "hand"


@dataclass(frozen=True)
class Given:
    """What came of tagging: customers who have it now, who had it before, and who lost another of an exclusive group."""

    tagged: int
    already: int
    taken_out: int


@dataclass(frozen=True)
class Merged:
    """What came of a merge: customers who came over, who had the other before, who lost another of its group."""

    moved: int
    already: int
    taken_out: int


@dataclass(frozen=True)
class Followed:
    """What came of a rule: customers who meet it now, and who meet it no more."""

    came: int
    gone: int


@dataclass(frozen=True)
class TakenBack:
    """What came of taking a batch back: tags that went, tags that it had taken away and that are there again."""

    removed: int
    restored: int
    repeated: bool
    """It had been taken back before."""


def give(connection: Connection, key: str, customers: Iterable[str], stamp: Stamp) -> Given:
    """Tag customers; of an exclusive group they keep this tag alone. Raises UnknownNameError.

    Where all have it already nothing is changed, and there is no batch.
    """
    tags.tag(connection, key)
    with asked(connection, customers) as count:
        already = spare(connection, ASKED.c.customer_id.in_(_holders(key)))
        taken_out = 0
        if tagged := count - already:
            _open(connection, key, "tag", tagged, stamp)
            taken_out = _take(connection, tags.rivals(connection, key), stamp.batch)
            _tag_asked(connection, key, stamp)
    return Given(tagged, already, taken_out)


def take(connection: Connection, key: str, customers: Iterable[str], stamp: Stamp) -> frozenset[str]:
    """Take a tag from customers; those who had it. Raises UnknownNameError."""
    tags.tag(connection, key)
    with asked(connection, customers):
        spare(connection, ASKED.c.customer_id.not_in(_holders(key)))
        had = frozenset(connection.execute(select(ASKED.c.customer_id)).scalars())
        if had:
            _open(connection, key, "untag", len(had), stamp)
            _take(connection, [key], stamp.batch)
    return had


def follow(connection: Connection, key: str, customers: Iterable[str], stamp: Stamp) -> Followed:
    """Let exactly these customers have a tag; who has it and stays keeps since when. Raises UnknownNameError."""
    tags.tag(connection, key)
    held, meet = set(connection.execute(_holders(key)).scalars()), set(customers)
    # Most stay from one day to the next: only who comes and who goes is written.
    if gone := held - meet:
        with asked(connection, gone):
            going = and_(TAGGED.c.tag == key, TAGGED.c.customer_id.in_(select(ASKED.c.customer_id)))
            connection.execute(delete(TAGGED).where(going))
    if came := meet - held:
        with asked(connection, came):
            _tag_asked(connection, key, stamp)
    tags.followed(connection, key, stamp.at)
    return Followed(len(came), len(gone))


def take_back(connection: Connection, batch: str, at: datetime) -> TakenBack:
    """Undo a batch: what it gave goes, what it took returns; twice changes nothing more. Raises NotFoundError.

    What it took does not return where the tag is gone, or where the customer has another of its exclusive group since.
    """
    found = connection.execute(select(TAG_BATCHES).where(TAG_BATCHES.c.id == batch)).one_or_none()
    if found is None:
        raise _no_batch(batch)
    if found.taken_back_at is not None:
        return TakenBack(0, 0, repeated=True)
    removed = connection.execute(delete(TAGGED).where(TAGGED.c.batch == batch)).rowcount
    restored = _restore(connection, batch)
    taken_back = update(TAG_BATCHES).where(TAG_BATCHES.c.id == batch).values(taken_back_at=written(at))
    connection.execute(taken_back)
    return TakenBack(removed, restored, repeated=False)


def merge(connection: Connection, key: str, into: str) -> Merged:
    """Give all customers of one tag the other instead; the one is left with those who had both.

    Since when, by whom and why they have it stays. Raises UnknownNameError, InputError.
    """
    tags.tag(connection, key)
    tags.tag(connection, into)
    if key == into:
        raise _into_itself(key)
    with asked(connection, ()):
        connection.execute(insert(ASKED).from_select(["customer_id"], _holders(key)))
        already = spare(connection, ASKED.c.customer_id.in_(_holders(into)))
        rivals = [one for one in tags.rivals(connection, into) if one != key]
        coming = select(ASKED.c.customer_id)
        taken_out = connection.execute(delete(TAGGED).where(TAGGED.c.tag.in_(rivals), TAGGED.c.customer_id.in_(coming)))
        moving = and_(TAGGED.c.tag == key, TAGGED.c.customer_id.in_(coming))
        moved = connection.execute(update(TAGGED).where(moving).values(tag=into))
    return Merged(moved.rowcount, already, taken_out.rowcount)


def of_customer(connection: Connection, customer_id: str) -> list[Tagged]:
    """The tags of a customer in the order of their keys."""
    rows = connection.execute(select(TAGGED).where(TAGGED.c.customer_id == customer_id))
    return sorted((_tagged(row) for row in rows), key=lambda one: one.tag)


def holders(connection: Connection, key: str, after: str | None, most: int) -> list[Tagged]:
    """Who has a tag, in the order of the characters of their ids, those after one of them."""
    # PostgreSQL sorts by the language of the database unless told otherwise.
    binary = "C" if connection.dialect.name == "postgresql" else "BINARY"
    by_id = TAGGED.c.customer_id.collate(binary)
    asked = select(TAGGED).where(TAGGED.c.tag == key).order_by(by_id).limit(most)
    return [_tagged(row) for row in connection.execute(asked if after is None else asked.where(by_id > after))]


def customers(connection: Connection, key: str) -> list[str]:
    """The ids of all who have a tag."""
    return list(connection.execute(_holders(key)).scalars())


def _holders(key: str) -> Select[str]:
    return select(TAGGED.c.customer_id).where(TAGGED.c.tag == key)


def _tag_asked(connection: Connection, key: str, stamp: Stamp) -> None:
    told = [written(stamp.at), stamp.by, stamp.why, stamp.source, stamp.batch]
    rows = select(literal(key, String), ASKED.c.customer_id, *(literal(value, String) for value in told))
    connection.execute(insert(TAGGED).from_select(KEPT, rows))


def _open(connection: Connection, key: str, deed: str, customers: int, stamp: Stamp) -> None:
    row = {"id": stamp.batch, "tag": key, "deed": deed, "customers": customers, "by": stamp.by}
    connection.execute(insert(TAG_BATCHES), {**row, "at": written(stamp.at)})


def _take(connection: Connection, keys: list[str], batch: str) -> int:
    """Take tags from the asked customers, so that they can be put back; how many went."""
    meant = and_(TAGGED.c.tag.in_(keys), TAGGED.c.customer_id.in_(select(ASKED.c.customer_id)))
    if not keys:
        return 0
    rows = select(literal(batch, String), *(TAGGED.c[name] for name in KEPT)).where(meant)
    connection.execute(insert(UNTAGGED).from_select(["removed_by", *KEPT], rows))
    return connection.execute(delete(TAGGED).where(meant)).rowcount


def _restore(connection: Connection, batch: str) -> int:
    """Put back what a batch took, where nothing stands against it; how many that are."""
    other, others, own = TAGGED.alias(), TAGS.alias(), TAGS.alias()
    exclusive = and_(TAG_GROUPS.c.key == own.c.group_key, TAG_GROUPS.c.exclusive)
    rival = (
        exists()
        .where(other.c.customer_id == UNTAGGED.c.customer_id, others.c.key == other.c.tag)
        .where(own.c.key == UNTAGGED.c.tag, exclusive, others.c.group_key == own.c.group_key)
    )
    same = exists().where(other.c.customer_id == UNTAGGED.c.customer_id, other.c.tag == UNTAGGED.c.tag)
    meant = and_(UNTAGGED.c.removed_by == batch, ~same, ~rival)
    restored = connection.execute(select(func.count()).select_from(UNTAGGED).where(meant)).scalar_one()
    rows = select(*(UNTAGGED.c[name] for name in KEPT)).where(meant)
    connection.execute(insert(TAGGED).from_select(KEPT, rows))
    connection.execute(delete(UNTAGGED).where(UNTAGGED.c.removed_by == batch))
    return int(restored)


def _tagged(row: Row[Any]) -> Tagged:
    return Tagged(**{**row._asdict(), "since": read(row.since)})


def _no_batch(batch: str) -> NotFoundError:
    return NotFoundError(
        f"no batch {batch!r} tagged customers",
        "use the batch that the report of tagging names",
        zh=f"没有打标批次 {batch!r}",
        hint_zh="请使用打标结果中给出的批次号",
        batch=batch,
    )


def _into_itself(key: str) -> InputError:
    return InputError(
        f"the tag {key} can't be merged into itself",
        "name another tag to merge it into",
        zh=f"标签“{key}”不能合并到自身",
        hint_zh="请选择另一个标签",
        field="into",
    )
