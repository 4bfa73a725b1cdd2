"""Registered: all definitions in force, what rests on what, those that were removed, and the versions of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from titian.app import masking, usage
from titian.app.answers.plan import DefinitionInForce, DefinitionVersion, RemovedDefinition
from titian.app.definition import Definition, Published, Sort, absent
from titian.app.definitions import HOUSE
from titian.app.desk import Desk
from titian.app.drafts import SORTS
from titian.app.held import held, made
from titian.app.hiding import Hiding
from titian.app.planning import difference
from titian.app.removals import Removal, removals
from titian.domain.words import Words
from titian.errors import TitianError


def in_force(desk: Desk, house: bool = False) -> list[DefinitionInForce]:
    """Everything that was published and is in force, in the order of sorts and keys.

    With `house` also the layerings that come with Titian and that nobody changed; they come last.
    """
    users = usage.used_by(usage.naming(desk))
    hiding = Hiding(desk)
    told = [
        _told(desk, sort, one, users.get(f"{sort}/{key}", ()), hidden=hiding.hides(sort, one.definition))
        for sort in SORTS
        for key, one in desk.defined(sort).in_force().items()
    ]
    return [*told, *_of_the_house(desk, users)] if house else told


def removed(desk: Desk) -> list[RemovedDefinition]:
    """What is in force no more, as it last was, in the order of sorts and keys; who removed it and when."""
    gone = {sort: desk.defined(sort).gone() for sort in SORTS}
    if not any(gone.values()):
        return []
    told, hiding = removals(desk), Hiding(desk)
    return [
        _removed(sort, one, told.get((sort, one.key)), hidden=hiding.hides(sort, one))
        for sort, found in gone.items()
        for one in found
    ]


def versions(desk: Desk, sort: Sort, key: str) -> list[DefinitionVersion]:
    """The versions of a definition, the newest first, each with what it changed. Raises NotFoundError."""
    history = desk.defined(sort).history(key)
    if not history:
        raise absent(key)
    hiding = Hiding(desk)
    hidden = [hiding.hides(sort, one.definition) for one in history]
    before = zip([None, *(one.definition for one in history)], [False, *hidden], strict=False)
    return [
        DefinitionVersion(
            sort=sort,
            key=key,
            version=one.definition.version,
            by=one.by,
            at=one.at.astimezone(desk.workspace.zone),
            origin=one.origin,
            yaml="" if masked else one.definition.yaml(),
            difference="" if masked or was_masked else difference(earlier, one.definition),
            masked=masked or was_masked,
        )
        for (earlier, was_masked), one, masked in reversed(list(zip(before, history, hidden, strict=False)))
    ]


def _told(desk: Desk, sort: Sort, one: Published, users: tuple[str, ...], *, hidden: bool) -> DefinitionInForce:
    return DefinitionInForce(
        sort=sort,
        key=one.definition.key,
        kind=one.definition.kind,
        name=_name(sort, one.definition),
        version=one.definition.version,
        by=one.by,
        at=one.at.astimezone(desk.workspace.zone),
        origin=one.origin,
        uses=() if hidden else tuple(sorted(usage.uses(sort, one.definition))),
        used_by=users,
        masked=hidden,
    )


def _removed(sort: Sort, last: Definition, how: Removal | None, *, hidden: bool) -> RemovedDefinition:
    return RemovedDefinition(
        sort=sort,
        key=last.key,
        kind=last.kind,
        name=_name(sort, last),
        version=last.version,
        by=None if how is None else how.by,
        at=None if how is None else how.at,
        masked=hidden,
    )


def _of_the_house(desk: Desk, users: dict[str, tuple[str, ...]]) -> Iterator[DefinitionInForce]:
    published = desk.definitions.numbers()
    for key, one in held(desk).items():
        if key not in published:
            yield DefinitionInForce(
                sort="layerings",
                key=key,
                kind=one.layering.kind,
                name=one.words,
                version=one.definition.version,
                by=HOUSE,
                at=None,
                origin="house",
                uses=(),
                used_by=users.get(f"layerings/{key}", ()),
                masked=not masking.shows_layering(one.layering),
            )


def _name(sort: Sort, definition: Definition) -> Words | None:
    """Its name; of a layering without one, that of its kind."""
    if definition.name is None and sort == "layerings":
        # What a later Titian can't read any more is told of by its key.
        with suppress(TitianError):
            return made(definition).words
    return definition.name
