"""Making tags: tags and their groups are listed, made, changed, merged and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from titian.app import standing, texts, usage
from titian.app.answers.tags import (
    MergedTag,
    NewTag,
    NewTagGroup,
    RemovedTag,
    RemovedTagGroup,
    TagAsked,
    TagChange,
    TagGroupAsked,
    TagGroupChange,
    TagGroupInfo,
    TagInfo,
    TagList,
)
from titian.app.definition import Definition, Sort, stale
from titian.app.desk import Desk
from titian.app.hiding import Hiding
from titian.app.tag_definition import GROUP, HAND, RULE, group_of, look_of, whole_group, whole_tag
from titian.domain.tag import COLOURS, Colour, TagGroup
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
    made = definition_of(texts.key(asked.key), asked)
    desk.defined("tags").create(made, check=standing.together, colour=asked.colour, group=asked.group)
    return one(desk, asked.key)


def change(desk: Desk, key: str, asked: TagChange) -> TagInfo:
    """Publish the next version of a tag: another name, colour, group, description or rule; its key and customers stay.

    Raises UnknownNameError, InputError, ConflictError where `base_version` is in force no longer, or where the group allows
    one tag and customers have several.
    """
    present = _present(desk, "tags", key, asked.base_version)
    made = definition_of(key, asked)
    if not made.same(present):
        tags = desk.defined("tags")
        tags.publish(made, present, check=standing.together, colour=asked.colour, group=asked.group)
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
    return RemovedTag(tag=_info(desk, desk.tags.remove(key, check=standing.together), hiding))


def merge(desk: Desk, key: str, into: str) -> MergedTag:
    """Give the customers of a tag another instead, and remove it.

    Raises UnknownNameError, InputError, ConflictError while rules name it, and where either follows one.
    """
    for named in (key, texts.whole(into, "into")):
        refuse_by_hand(desk, named)
    if users := usage.users(desk, f"tags/{key}"):
        raise usage.in_use(key, users)
    merged = desk.tags.merge(key, into, check=standing.together)
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
    made = _group_definition(Definition(kind=GROUP, key=texts.key(asked.key)), asked)
    created = desk.defined("tag_groups").create(made, check=standing.together, exclusive=asked.exclusive)
    return _group(group_of(created))


def change_group(desk: Desk, key: str, asked: TagGroupChange) -> TagGroupInfo:
    """Publish the next version of a group.

    Raises UnknownNameError, InputError, ConflictError where `base_version` is in force no longer, when it would allow one tag
    while customers have several, or while tags of it follow rules.
    """
    present = _present(desk, "tag_groups", key, asked.base_version)
    made = _group_definition(present, asked)
    if made.same(present):
        return _group(group_of(present))
    if asked.exclusive:
        for held in desk.defined("tags").current().values():
            if look_of(held).group == key:
                refuse_by_hand(desk, held.key)
    groups = desk.defined("tag_groups")
    return _group(group_of(groups.publish(made, present, check=standing.together, exclusive=asked.exclusive)))


def remove_group(desk: Desk, key: str) -> RemovedTagGroup:
    """Take a group away; its tags stay, in none. Raises UnknownNameError."""
    group, freed = desk.tags.remove_group(key, check=standing.together)
    return RemovedTagGroup(group=_group(group), tags=freed)


def definition_of(key: str, asked: TagAsked) -> Definition:
    """The definition of a tag as it is asked for. Raises InputError, RuleError."""
    rule = None if asked.rule is None else read(asked.rule).model_dump(mode="json")
    group = None if asked.group is None else texts.whole(asked.group, "group")
    said = {"colour": asked.colour, "group": group, "rule": rule}
    made = Definition(
        kind=HAND if rule is None else RULE,
        key=key,
        name=texts.name(asked.name),
        description=texts.text(asked.description, "description", texts.LONGEST_DESCRIPTION),
        parameters={name: value for name, value in said.items() if value is not None},
    )
    return whole_tag(made)


def _group_definition(base: Definition, asked: TagGroupAsked) -> Definition:
    made = base.model_copy(update={"name": texts.name(asked.name), "parameters": {"exclusive": asked.exclusive}})
    return whole_group(made)


def _present(desk: Desk, sort: Sort, key: str, base: int) -> Definition:
    """What is in force. Raises UnknownNameError, ConflictError where it is not the version that a change was made from."""
    held = desk.defined(sort).current()
    if key not in held:
        what = ("tag", "标签") if sort == "tags" else ("tag group", "标签组")
        raise UnknownNameError(*what, key, list(held))
    if held[key].version != base:
        raise stale(key, base, held[key].version)
    return held[key]


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
    return TagGroupInfo(key=group.key, name=group.name, exclusive=group.exclusive, version=group.version)
