"""Planning: what the files in definitions/ would change, and who would move; nothing is changed."""

from __future__ import annotations

import difflib
from dataclasses import replace

from titian.app import drafts, usage
from titian.app.answers.plan import Plan, Planned, PlannedMove
from titian.app.definition import Definition, Place, Sort
from titian.app.desk import Reading
from titian.app.drafts import CUSTOMERS, SORTS
from titian.app.following import would_have
from titian.app.hiding import Hiding
from titian.app.in_workspace import Defined, InWorkspace
from titian.app.moving import Moves, between
from titian.app.plan_checks import check
from titian.app.stepping import Step, digest, steps
from titian.app.tag_definition import RULE

PLACED: tuple[Sort, ...] = ("layerings", "audiences", "population")
"""Whose customers are computed whenever they are asked for."""


def plan(reading: Reading, prune: bool = False) -> Plan:
    """What would change, and who would move.

    Raises InputError for a file that says nothing that can be applied, with the file and what is wrong in it.
    """
    return told(reading, steps(reading.desk, prune))


def told(reading: Reading, found: list[Step]) -> Plan:
    """The plan of steps that were looked at. Raises as `plan` does for what they mean together."""
    then = InWorkspace(reading, defined(found), unmasked=True)
    check(then, found)
    moves = {} if reading.present.end is None else _moves(then, found)
    hidings = (Hiding(reading.desk), Hiding(reading.desk, then))
    planned = tuple(_told(one, moves.get((one.sort, one.key)), hidings) for one in found)
    return Plan(
        digest=digest(found),
        definitions=planned,
        changes=sum(one.changes for one in found),
        conflicts=sum(one.deed == "conflict" for one in found),
    )


def defined(found: list[Step]) -> Defined:
    """What would be in force."""
    by_sort: dict[Sort, dict[str, Definition]] = {sort: {} for sort in SORTS}
    for one in found:
        if one.after is not None:
            by_sort[one.sort][one.key] = one.after
    lists = {
        one.draft.parameters[CUSTOMERS]: one.filed.customers
        for one in found
        if one.draft is not None and one.filed is not None and one.filed.customers is not None
    }
    return Defined(by_sort, lists)


def followed(found: list[Step]) -> frozenset[str]:
    """The tags with rules that are brought into step: what changes, and what rests on a change."""
    after = usage.tag_rules(defined(found).by_sort["tags"])
    return frozenset(key for sort, key in _touched(found) if sort == "tags" and key in after)


def difference(before: Definition | None, after: Definition | None) -> str:
    """The lines of YAML that go and come."""
    old, new = ([] if one is None else drafts.text_of(one).splitlines() for one in (before, after))
    lines = difflib.unified_diff(old, new, lineterm="", n=2)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def _moves(then: InWorkspace, found: list[Step]) -> dict[Place, Moves]:
    """Who would move wherever somebody may; tags as they are once they were brought into step."""
    following = followed(found)
    met = would_have(then, following)
    untold = {("tags", key) for key in following if key not in met}
    places = sorted(place for place in _touched(found) if place not in untold)
    return between(InWorkspace(then.reading, unmasked=True), replace(then, met=met), places)


def _touched(found: list[Step]) -> frozenset[Place]:
    """Of what the customers may be others: layerings, audiences, tags and who is left out that change, or rest on a change."""
    changed = frozenset(f"{one.sort}/{one.key}" for one in found if one.changes)
    resting = usage.resting_on(changed, defined(found).by_sort)
    return frozenset(
        (one.sort, one.key)
        for one in found
        if f"{one.sort}/{one.key}" in resting or (one.changes and (one.sort in PLACED or _gives(one)))
    )


def _gives(step: Step) -> bool:
    """Whether somebody may come to a tag, or lose it, by the step: not where it goes on being given by hand."""
    ruled = (one for one in (step.present, step.after) if one is not None and one.kind == RULE)
    return step.sort == "tags" and (step.deed == "remove" or any(ruled))


def _told(step: Step, moves: Moves | None, hidings: tuple[Hiding, ...]) -> Planned:
    """The step; without its lines and moves where it is hidden from who acts, as it is or as it would be."""
    planned = _planned(step, moves)
    said = [one for one in (step.present, step.draft) if one is not None]
    if not any(hiding.hides(step.sort, one) for hiding in hidings for one in said):
        return planned
    return planned.model_copy(update={"difference": "", "moved": None, "moves": (), "masked": True})


def _planned(step: Step, moves: Moves | None) -> Planned:
    told = step.draft if step.deed == "conflict" else step.after
    return Planned(
        sort=step.sort,
        key=step.key,
        name=None if (named := told or step.present) is None else named.name,
        deed=step.deed,
        base_version=None if step.filed is None else step.filed.draft.base_version,
        version=step.number,
        difference="" if step.deed in ("same", "unfiled") else difference(step.present, told),
        moved=None if moves is None else sum(one.customers for one in moves),
        moves=()
        if moves is None
        else tuple(
            PlannedMove(source=one.source, target=one.target, customers=one.customers, sample=one.sample)
            for one in moves
        ),
        masked=False,
    )
