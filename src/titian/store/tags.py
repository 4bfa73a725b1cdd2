"""Tags and their groups as their definitions in force say them. Who has them is in `tagged`.

What a definition says stands here once more, for what is asked of many customers at once is joined with it. What changes
anything here belongs into a transaction that waited for others (`audit.wait_for_others`).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from titian.domain.tag import Tag, TagGroup
from titian.domain.words import Words
from titian.errors import ConflictError, UnknownNameError
from titian.store.instants import read, written
from titian.store.tables import TAG_GROUPS, TAGGED, TAGS, UNTAGGED


@dataclass(frozen=True)
class Counted:
    """A tag, and how many customers have it."""

    tag: Tag
    customers: int


def groups(connection: Connection) -> list[TagGroup]:
    """All groups in the order of their keys."""
    return sorted((_group(row) for row in connection.execute(select(TAG_GROUPS))), key=lambda group: group.key)


def group(connection: Connection, key: str) -> TagGroup:
    """One group. Raises UnknownNameError."""
    found = connection.execute(select(TAG_GROUPS).where(TAG_GROUPS.c.key == key)).one_or_none()
    if found is None:
        raise UnknownNameError("tag group", "标签组", key, [one.key for one in groups(connection)])
    return _group(found)


def add_group(connection: Connection, given: TagGroup) -> None:
    """Make a group. Raises ConflictError for a key that is taken."""
    if connection.execute(select(TAG_GROUPS.c.key).where(TAG_GROUPS.c.key == given.key)).first():
        raise _taken(given.key)
    connection.execute(insert(TAG_GROUPS), _group_row(given))


def put_group(connection: Connection, given: TagGroup) -> None:
    """Change a group. Raises UnknownNameError."""
    group(connection, given.key)
    connection.execute(update(TAG_GROUPS).where(TAG_GROUPS.c.key == given.key).values(_group_row(given)))


def remove_group(connection: Connection, key: str) -> None:
    """Take a group away that no tag is in any more. Raises UnknownNameError."""
    group(connection, key)
    connection.execute(delete(TAG_GROUPS).where(TAG_GROUPS.c.key == key))


def counted(connection: Connection) -> list[Counted]:
    """All tags in the order of their keys, with the number of customers."""
    held = select(TAGGED.c.tag, func.count().label("customers")).group_by(TAGGED.c.tag).subquery()
    asked = select(TAGS, func.coalesce(held.c.customers, 0).label("customers"))
    rows = connection.execute(asked.outerjoin(held, held.c.tag == TAGS.c.key)).all()
    return sorted((Counted(_tag(row), row.customers) for row in rows), key=lambda one: one.tag.key)


def count(connection: Connection, key: str) -> int:
    """How many customers have a tag."""
    return int(connection.execute(select(func.count()).where(TAGGED.c.tag == key)).scalar_one())


def keys(connection: Connection) -> list[str]:
    """The keys of all tags, sorted."""
    return sorted(connection.execute(select(TAGS.c.key)).scalars())


def tag(connection: Connection, key: str) -> Tag:
    """One tag. Raises UnknownNameError."""
    found = connection.execute(select(TAGS).where(TAGS.c.key == key)).one_or_none()
    if found is None:
        raise UnknownNameError("tag", "标签", key, keys(connection))
    return _tag(found)


def add(connection: Connection, given: Tag) -> None:
    """Make a tag. Raises ConflictError for a key that is taken, UnknownNameError for a group that is none."""
    if connection.execute(select(TAGS.c.key).where(TAGS.c.key == given.key)).first():
        raise _taken(given.key)
    if given.group is not None:
        group(connection, given.group)
    connection.execute(insert(TAGS), _tag_row(given))


def put(connection: Connection, given: Tag) -> None:
    """Change what a tag is called, its colour, group, description or rule; who made it stays.

    Raises UnknownNameError, for its group too.
    """
    held = tag(connection, given.key)
    if given.group is not None:
        group(connection, given.group)
    row = {name: value for name, value in _tag_row(given).items() if name not in ("made_by", "made_at")}
    if held.rule != given.rule:
        row["followed_at"] = None
    connection.execute(update(TAGS).where(TAGS.c.key == given.key).values(row))


def followed(connection: Connection, key: str, at: datetime) -> None:
    """Remember that a tag was in step with its rule."""
    connection.execute(update(TAGS).where(TAGS.c.key == key).values(followed_at=written(at)))


def remove(connection: Connection, key: str) -> int:
    """Take a tag away, from all who have it too; they are counted. Raises UnknownNameError."""
    tag(connection, key)
    connection.execute(delete(UNTAGGED).where(UNTAGGED.c.tag == key))
    lost = connection.execute(delete(TAGGED).where(TAGGED.c.tag == key)).rowcount
    connection.execute(delete(TAGS).where(TAGS.c.key == key))
    return lost


def rivals(connection: Connection, key: str) -> list[str]:
    """The other tags of an exclusive group: who gets this one loses them."""
    own = select(TAGS.c.group_key).where(TAGS.c.key == key).scalar_subquery()
    asked = select(TAGS.c.key).join(TAG_GROUPS, TAG_GROUPS.c.key == TAGS.c.group_key)
    return list(
        connection.execute(asked.where(TAG_GROUPS.c.exclusive, TAGS.c.group_key == own, TAGS.c.key != key)).scalars()
    )


def exclusive(connection: Connection) -> dict[str, list[str]]:
    """The keys of the tags of each exclusive group."""
    asked = select(TAG_GROUPS.c.key, TAGS.c.key.label("tag")).join(TAGS, TAGS.c.group_key == TAG_GROUPS.c.key)
    found: dict[str, list[str]] = {}
    for row in connection.execute(asked.where(TAG_GROUPS.c.exclusive).order_by(TAGS.c.key)):
        found.setdefault(row.key, []).append(row.tag)
    return found


def check_one_each(connection: Connection, key: str, among: Collection[str]) -> None:
    """Raise ConflictError where customers have several of the tags that are to be of a group that allows one."""
    several = select(TAGGED.c.customer_id).where(TAGGED.c.tag.in_(among))
    several = several.group_by(TAGGED.c.customer_id).having(func.count() > 1)
    customers = connection.execute(select(func.count()).select_from(several.subquery())).scalar_one()
    if customers:
        raise ConflictError(
            f"{customers} customers have several tags of the group {key}, which allows one",
            "take the tags that are too many from them first, or let the group allow several",
            zh=f"有 {customers} 位客户拥有互斥标签组“{key}”中的多个标签",
            hint_zh="请先取消多余的标签，或把该组设为不互斥",
            group=key,
            customers=customers,
        )


def _taken(key: str) -> ConflictError:
    return ConflictError(
        f"the key {key} is taken",
        "choose another key, or change what is there",
        zh=f"标识“{key}”已被使用",
        hint_zh="请换一个标识，或修改已有的",
        field="key",
        key=key,
    )


def _group(row: Row[tuple[object, ...]]) -> TagGroup:
    name = Words(zh=row.zh, en=row.en)
    return TagGroup(key=row.key, name=name, exclusive=row.exclusive, version=row.version)


def _group_row(given: TagGroup) -> dict[str, object]:
    said = {"key": given.key, "zh": given.name.zh, "en": given.name.en}
    return {**said, "exclusive": given.exclusive, "version": given.version}


def _tag(row: Row[tuple[object, ...]]) -> Tag:
    return Tag(
        key=row.key,
        name=Words(zh=row.zh, en=row.en),
        colour=row.colour,
        group=row.group_key,
        description=row.description,
        rule=None if row.rule is None else json.loads(row.rule),
        followed_at=None if row.rule is None or row.followed_at is None else read(row.followed_at),
        version=row.version,
        made_by=row.made_by,
        made_at=read(row.made_at),
    )


def _tag_row(given: Tag) -> dict[str, object]:
    return {
        "key": given.key,
        "zh": given.name.zh,
        "en": given.name.en,
        "colour": given.colour,
        "group_key": given.group,
        "description": given.description,
        "rule": None if given.rule is None else given.rule.model_dump_json(),
        "version": given.version,
        "made_by": given.made_by,
        "made_at": written(given.made_at),
    }
