"""Making tags: tags and their groups are listed, made, changed, merged and removed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from titian.app import texts, usage
from titian.app.acting import acting
from titian.app.answers.tags import (
    MergedTag,
    NewTag,
    NewTagGroup,
    RemovedTag,
    RemovedTagGroup,
    TagAsked,
    TagGroupAsked,
    TagGroupInfo,
    TagInfo,
    TagList,
)
from titian.app.desk import Desk
from titian.app.hiding import Hiding
from titian.domain.tag import COLOURS, Colour, Tag, TagGroup
from titian.errors import ConflictError, UnknownNameError
from titian.rules.reading import read

if TYPE_CHECKING:
    from titian.store.tags import Counted


def colour(given: str) -> Colour:
    """A colour by its name. Raises UnknownNameError for one that tags can't have."""
    for one in COLOURS:
        if one == given:
            return one
    raise UnknownNameError("colour", "颜色", given, list(COLOURS))


def listed(desk: Desk) -> TagList:
    """All tags with their customers, and all groups."""
    tags, groups = desk.tags.all()
    hiding = Hiding(desk)
    return TagList(
        tags=tuple(_info(desk, tag, hiding) for tag in tags),
        groups=tuple(_group(group) for group in groups),
        colours=COLOURS,
    )


def one(desk: Desk, key: str) -> TagInfo:
    """A tag. Raises UnknownNameError."""
    return _info(desk, desk.tags.one(key), Hiding(desk))


def create(desk: Desk, asked: NewTag) -> TagInfo:
    """Make a tag; the same asked again is the same tag.

    Raises ConflictError for a key that is taken, UnknownNameError for a group that is none, InputError.
    """
    desk.tags.create(_tag(texts.key(asked.key), asked))
    return one(desk, asked.key)


def change(desk: Desk, key: str, asked: TagAsked) -> TagInfo:
    """Give a tag another name, colour, group or description; its key and its customers stay.

    Raises UnknownNameError, InputError, ConflictError where the group allows one tag and customers have several.
    """
    desk.tags.change(_tag(key, asked))
    return one(desk, key)


def remove(desk: Desk, key: str) -> RemovedTag:
    """Take a tag away, from all who have it too.

    Raises UnknownNameError, ConflictError while rules name it, MaskedError for one that is hidden from who acts.
    """
    desk.tags.one(key)
    hiding = Hiding(desk)
    hiding.need(f"tags/{key}")
    if users := usage.users(desk, f"tags/{key}"):
        raise usage.in_use(key, users)
    return RemovedTag(tag=_info(desk, desk.tags.remove(key), hiding))


def merge(desk: Desk, key: str, into: str) -> MergedTag:
    """Give the customers of a tag another instead, and remove it.

    Raises UnknownNameError, InputError, ConflictError while rules name it, and where either follows one.
    """
    for named in (key, texts.whole(into, "into")):
        refuse_by_hand(desk, named)
    if users := usage.users(desk, f"tags/{key}"):
        raise usage.in_use(key, users)
    merged = desk.tags.merge(key, into)
    return MergedTag(tag=one(desk, into), moved=merged.moved, already=merged.already, taken_out=merged.taken_out)


def refuse_by_hand(desk: Desk, key: str) -> None:
    """Raise ConflictError for a tag that follows a rule: what is done to it by hand would not last."""
    if desk.tags.one(key).tag.rule is not None:
        raise ConflictError(
            f"the tag {key} follows a rule",
            "change its rule, or take the rule away to give it by hand",
            zh=f"标签“{key}”按规则更新",
            hint_zh="请修改规则；或去掉规则后再手动打标",
            tag=key,
        )


def create_group(desk: Desk, asked: NewTagGroup) -> TagGroupInfo:
    """Make a group; the same asked again is the same group. Raises ConflictError, InputError."""
    made = TagGroup(key=texts.key(asked.key), name=texts.name(asked.name), exclusive=asked.exclusive)
    desk.tags.create_group(made)
    return _group(made)


def change_group(desk: Desk, key: str, asked: TagGroupAsked) -> TagGroupInfo:
    """Change a group.

    Raises UnknownNameError, InputError, ConflictError when it would allow one tag while customers have several, or while
    tags of it follow rules.
    """
    made = TagGroup(key=key, name=texts.name(asked.name), exclusive=asked.exclusive)
    if asked.exclusive:
        for held in desk.tags.all()[0]:
            if held.tag.group == key:
                refuse_by_hand(desk, held.tag.key)
    desk.tags.change_group(made)
    return _group(made)


def remove_group(desk: Desk, key: str) -> RemovedTagGroup:
    """Take a group away; its tags stay, in none. Raises UnknownNameError."""
    group, freed = desk.tags.remove_group(key)
    return RemovedTagGroup(group=_group(group), tags=freed)


def _tag(key: str, asked: TagAsked) -> Tag:
    return Tag(
        key=key,
        name=texts.name(asked.name),
        colour=asked.colour,
        group=None if asked.group is None else texts.whole(asked.group, "group"),
        description=texts.text(asked.description, "description", texts.LONGEST_DESCRIPTION),
        rule=None if asked.rule is None else read(asked.rule),
        made_by=acting.get(),
        made_at=datetime.now(UTC),
    )


def _info(desk: Desk, one: Counted, hiding: Hiding) -> TagInfo:
    hidden = hiding.hides_rule(one.tag.rule)
    zone, followed = desk.workspace.zone, one.tag.followed_at
    times = {
        "made_at": one.tag.made_at.astimezone(zone),
        "followed_at": None if followed is None else followed.astimezone(zone),
    }
    said = {**one.tag.model_dump(exclude={"rule"}), "name": one.tag.name, **times}
    rule = None if one.tag.rule is None or hidden else one.tag.rule.model_dump(mode="json")
    return TagInfo(**said, rule=rule, customers=None if hidden else one.customers, masked=hidden)


def _group(group: TagGroup) -> TagGroupInfo:
    return TagGroupInfo(key=group.key, name=group.name, exclusive=group.exclusive)
