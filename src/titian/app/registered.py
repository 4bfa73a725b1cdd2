"""Registered: all definitions in force, what rests on what, and the versions of one."""

from __future__ import annotations

from titian.app import usage
from titian.app.answers.plan import DefinitionInForce, DefinitionVersion
from titian.app.definition import Sort, absent
from titian.app.desk import Desk
from titian.app.drafts import SORTS
from titian.app.planning import difference


def in_force(desk: Desk) -> list[DefinitionInForce]:
    """Everything that was published and is in force, in the order of sorts and keys."""
    users = usage.used_by(desk.audiences.current(), usage.tag_rules(desk), desk.population.rule())
    zone = desk.workspace.zone
    return [
        DefinitionInForce(
            sort=sort,
            key=key,
            kind=one.definition.kind,
            name=one.definition.name,
            version=one.definition.version,
            by=one.by,
            at=one.at.astimezone(zone),
            uses=tuple(sorted(usage.uses(sort, one.definition))),
            used_by=users.get(f"{sort}/{key}", ()),
        )
        for sort in SORTS
        for key, one in desk.defined(sort).in_force().items()
    ]


def versions(desk: Desk, sort: Sort, key: str) -> list[DefinitionVersion]:
    """The versions of a definition, the newest first, each with what it changed. Raises NotFoundError."""
    history = desk.defined(sort).history(key)
    if not history:
        raise absent(key)
    before = [None, *(one.definition for one in history)]
    return [
        DefinitionVersion(
            sort=sort,
            key=key,
            version=one.definition.version,
            by=one.by,
            at=one.at.astimezone(desk.workspace.zone),
            origin=one.origin,
            yaml=one.definition.yaml(),
            difference=difference(earlier, one.definition),
        )
        for earlier, one in reversed(list(zip(before, history, strict=False)))
    ]
