"""Checks of plans: whether what files say could be in force together, and which file to blame where it could not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from titian.app import population, standing, tag_definition, usage
from titian.app.definition import Definition, Place
from titian.app.drafts import wrong
from titian.app.following import levels
from titian.app.in_workspace import InWorkspace
from titian.app.meant import is_house
from titian.app.stepping import Step
from titian.app.usage import rule_of
from titian.audience.selecting import resolve
from titian.domain.words import Words
from titian.errors import TitianError


def check(then: InWorkspace, found: list[Step]) -> None:
    """Refuse a plan whose definitions could not be in force together; nothing is asked of the data.

    Raises InputError for a file whose rule names what would not be there or goes in a circle, whose group would not be there
    or does not go with its rule; ConflictError for what would be missed, and where customers have several tags of a group
    that would allow one.
    """
    assert then.instead is not None
    defined = then.instead.by_sort
    named = usage.used_by(defined)
    for one in found:
        if one.deed == "remove":
            _check_removal(one, named.get(f"{one.sort}/{one.key}", ()))
    _check_groups(then, found)
    _check_circles(then, found)
    standing.check_population(defined)
    for excluded in defined["population"].values():
        population.check(population.rule_of(excluded), then.decided)
    for one in found:
        _check_names(then, one)
    usage.check_whole(defined)


def _check_removal(gone: Step, users: tuple[str, ...]) -> None:
    if users and not (gone.sort == "layerings" and is_house(gone.key)):
        raise usage.in_use(gone.key, users)


def _check_names(then: InWorkspace, one: Step) -> None:
    """Refuse a file whose rule names what would not be there."""
    if one.filed is None or one.draft is None or one.sort not in usage.FOUND:
        return
    rule = rule_of(one.sort, one.draft)
    if rule is not None:
        with _blamed([one], [(one.sort, one.key)]):
            resolve(rule, then, above=one.key if one.sort == "audiences" else f"tag {one.key}")


def _check_circles(then: InWorkspace, found: list[Step]) -> None:
    """Refuse tags that would follow each other in a circle."""
    try:
        levels(usage.tag_rules(then.tags), usage.audience_rules(then.audiences))
    except TitianError as error:
        with _blamed(found, [("tags", key) for key in error.details.get("path", ())]):
            raise error


def _check_groups(then: InWorkspace, found: list[Step]) -> None:
    """Refuse tags that do not go with their groups, by what they say and by who has them."""
    groups = then.defined("tag_groups")
    for key, definition in then.tags.items():
        with _blamed(found, [("tags", key), *(("tag_groups", group) for group in _group(definition))]):
            tag_definition.check_group(definition, groups)
    changing = {one.key for one in found if one.sort == "tag_groups" and one.changes}
    for one in found:
        if one.sort == "tags" and one.changes and one.after is not None:
            changing |= set(_group(one.after))
    for key in sorted(changing & set(groups)):
        if tag_definition.group_of(groups[key]).exclusive:
            _check_one_each(then, key)


def _group(definition: Definition) -> list[str]:
    group = tag_definition.look_of(definition).group
    return [] if group is None else [group]


def _check_one_each(then: InWorkspace, group: str) -> None:
    """Refuse a group that would allow one while customers have several of its tags."""
    if (store := then.reading.desk.stored.there) is None:
        return
    # What comes from the store takes half a second to load.
    from titian.store import tags

    with store.reading() as connection:
        tags.check_one_each(connection, group, [key for key, one in then.tags.items() if group in _group(one)])


@contextmanager
def _blamed(found: list[Step], places: Collection[Place]) -> Iterator[None]:
    """Whatever is refused inside, with the name of the first file of these, one that changes something if any does."""
    try:
        yield
    except TitianError as error:
        steps = {(one.sort, one.key): one for one in found}
        named = [steps[place] for place in places if place in steps]
        for one in sorted(named, key=lambda one: not one.changes):
            if one.filed is not None:
                raise wrong(one.filed.path, Words(zh=error.zh, en=error.message)) from error
        raise
