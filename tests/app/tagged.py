"""Tags, groups and their files, as tests make them and look at them."""

from __future__ import annotations

from typing import Any

from tests.app import filing
from titian.app import planning, rule_tags, selections, tag_making, tagging
from titian.app.answers.plan import Planned
from titian.app.answers.selection import SelectionAsked
from titian.app.answers.tags import NewTag, NewTagGroup, TagChange, TagGroupChange, TagGroupInfo, TagInfo
from titian.app.definition import Definition, Sort
from titian.app.desk import Desk, Reading
from titian.app.tag_definition import group_of, tag_of
from titian.domain.words import Words

NAME = Words(zh="标签", en="Tag")
RECENT = {"trait": "order_count_30d", "op": ">=", "value": 1}
SPENT = {"trait": "spend", "op": ">=", "value": 100}


def make(reading: Reading, key: str, rule: dict[str, Any] | None = None, **more: Any) -> TagInfo:
    return rule_tags.save_new(reading, NewTag(key=key, **({"name": NAME} | more), rule=rule))


def change(reading: Reading, key: str, base: int | None = None, **asked: Any) -> TagInfo:
    """Change a tag from the version in force, or from `base`."""
    number = base or reading.desk.defined("tags").numbers()[key]
    return rule_tags.save_change(reading, key, TagChange(base_version=number, **({"name": NAME} | asked)))


def group(desk: Desk, key: str, exclusive: bool = False) -> TagGroupInfo:
    return tag_making.create_group(desk, NewTagGroup(key=key, name=NAME, exclusive=exclusive))


def change_group(desk: Desk, key: str, base: int | None = None, **asked: Any) -> TagGroupInfo:
    number = base or desk.defined("tag_groups").numbers()[key]
    return tag_making.change_group(desk, key, TagGroupChange(base_version=number, **({"name": NAME} | asked)))


def give(reading: Reading, key: str, *customers: str) -> None:
    tagging.give(reading, key, customers)


def meet(reading: Reading, rule: dict[str, Any]) -> list[str]:
    found = selections.selection(reading, SelectionAsked(rule=rule))
    return [str(one) for one in found.to_arrow().column("customer_id").to_pylist()]


def who(desk: Desk, key: str) -> list[str]:
    return sorted(desk.tags.customers(key))


def put(
    desk: Desk, key: str, rule: dict[str, Any] | None = None, look: dict[str, Any] | None = None, **said: Any
) -> None:
    """Write the file of a tag anew."""
    parameters = {**(look or {}), **({} if rule is None else {"rule": rule})}
    filing.put(desk, f"tags/{key}", kind="hand" if rule is None else "rule", parameters=parameters, **said)


def put_group(desk: Desk, key: str, exclusive: bool = False, **said: Any) -> None:
    """Write the file of a group anew."""
    filing.put(desk, f"tag_groups/{key}", kind="group", parameters={"exclusive": exclusive}, **said)


def planned(reading: Reading, *, prune: bool = False) -> dict[str, Planned]:
    """The plan by place, without columns of files, and what has no file and stays."""
    found = planning.plan(reading, prune).definitions
    return {f"{one.sort}/{one.key}": one for one in found if one.deed != "unfiled"}


def moves(one: Planned) -> dict[tuple[str | None, str | None], int]:
    return {(move.source, move.target): move.customers for move in one.moves}


def defined(desk: Desk, sort: Sort) -> dict[str, Definition]:
    """What is in force, whatever its number."""
    return {key: one.model_copy(update={"version": 1}) for key, one in desk.defined(sort).current().items()}


def in_step_with_definitions(desk: Desk) -> bool:
    """Whether the tables of tags and groups say what the definitions in force say, to the number of the version."""
    tags, groups = desk.tags.all()
    said = {one.tag.key: one.tag.model_copy(update={"followed_at": None}) for one in tags}
    meant = {
        key: tag_of(one, said[key].made_by, said[key].made_at) if key in said else None
        for key, one in desk.defined("tags").current().items()
    }
    meant_groups = {key: group_of(one) for key, one in desk.defined("tag_groups").current().items()}
    return (said, {one.key: one for one in groups}) == (meant, meant_groups)
