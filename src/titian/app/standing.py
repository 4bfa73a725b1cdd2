"""Standing together: whether all that would be in force after a change can be, looked at in its transaction.

Whoever asked for the change looked before, too, and said it better; meanwhile somebody else may have changed another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from titian.app import population, tag_definition, usage
from titian.app.definition import Definition, Place, Sort

if TYPE_CHECKING:
    from titian.app.change import Change
    from titian.store.database import Connection

READ: tuple[Sort, ...] = (*usage.NAMING, "tag_groups")


def together(change: Change) -> None:
    """The check of a change that is made by itself. Raises as `check` does."""
    check(change.connection, [(change.sort, change.key)])


def check(connection: Connection, changed: Iterable[Place]) -> None:
    """Look at what is in force now that some definitions changed.

    Raises ConflictError where a rule names what is gone, where rules go in a circle, and where customers have several tags of
    a group that allows one; InputError for a tag by rule in such a group, and where who is left out rests on who is left.
    """
    # What comes from the store takes half a second to load.
    from titian.app.change import in_force
    from titian.store import tags

    defined = {sort: in_force(connection, sort) for sort in READ}
    usage.check_whole(defined)
    for definition in defined["tags"].values():
        tag_definition.check_group(definition, defined["tag_groups"])
    check_population(defined)
    groups = _groups(changed, defined["tags"])
    for key, among in tags.exclusive(connection).items():
        if key in groups:
            tags.check_one_each(connection, key, among)


def check_population(defined: usage.Defined) -> None:
    """Raise InputError where the rule of who is left out rests on layers, or on tags that follow rules."""
    for excluded in defined["population"].values():
        audiences = usage.audiences_of(defined["audiences"])
        population.check_apart(population.rule_of(excluded), audiences, usage.tag_rules(defined["tags"]))


def _groups(changed: Iterable[Place], tags: dict[str, Definition]) -> set[str | None]:
    """The groups in which customers may have several tags since the change."""
    found: set[str | None] = set()
    for sort, key in changed:
        if sort == "tag_groups":
            found.add(key)
        elif sort == "tags" and key in tags:
            found.add(tag_definition.look_of(tags[key]).group)
    return found
