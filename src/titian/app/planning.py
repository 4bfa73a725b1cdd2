"""Planning: what the files in definitions/ would change, and who would move; nothing is changed."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from titian.app import drafts, population, rule_tags, usage
from titian.app.answers.plan import Deed, Plan, Planned, PlannedMove
from titian.app.audience_definition import audience_of
from titian.app.building import ADDRESSES
from titian.app.definition import Definition, Sort
from titian.app.desk import Desk, Reading
from titian.app.draft_reading import all_of
from titian.app.drafts import CUSTOMERS, SORTS, Filed
from titian.app.event_meanings import KEY as EVENTS
from titian.app.event_meanings import meanings_of
from titian.app.held import made
from titian.app.hiding import Hiding
from titian.app.in_workspace import Defined, InWorkspace
from titian.app.moving import Moves, Place, between
from titian.app.saved_audiences import check_key
from titian.audience.selecting import resolve
from titian.domain.mapping import Mapping as ColumnMapping
from titian.domain.refused import reason_of
from titian.domain.words import Words
from titian.errors import InputError, TitianError
from titian.layering.registry import LAYERINGS
from titian.warehouse.tables import table

CHANGING: frozenset[Deed] = frozenset({"create", "change", "remove"})


@dataclass(frozen=True)
class Step:
    """One definition as it is in force, as its file says it, and what would become of it."""

    sort: Sort
    key: str
    deed: Deed
    present: Definition | None
    """In force; a layering of the house that nobody changed is, too."""
    filed: Filed | None
    draft: Definition | None
    """What the file says, with everything that it leaves out."""

    @property
    def after(self) -> Definition | None:
        """What would be in force."""
        if self.deed in ("create", "change"):
            return self.draft
        return None if self.deed == "remove" else self.present


def steps(desk: Desk, prune: bool) -> list[Step]:
    """What would become of every definition, in the order of sorts and keys. Raises InputError for a file that is wrong."""
    filed = {(one.sort, one.draft.key): one for one in all_of(desk.workspace.definitions)}
    present = {(sort, key): one for sort in SORTS for key, one in desk.defined(sort).current().items()}
    return [
        _step(desk, (sort, key), present.get((sort, key)), filed.get((sort, key)), prune)
        for sort in SORTS
        for key in sorted(key for at, key in {*present, *filed} if at == sort)
    ]


def _step(desk: Desk, place: Place, present: Definition | None, filed: Filed | None, prune: bool) -> Step:
    sort, key = place
    if filed is None:
        return Step(sort, key, "remove" if prune else "unfiled", present, None, None)
    try:
        draft = MEANT[sort](filed.definition)
    except TitianError as error:
        raise drafts.wrong(filed.path, Words(zh=error.zh, en=error.message)) from error
    if present is None and sort == "layerings" and is_house(key):
        present = whole_layering(Definition(kind=key, key=key))
    if present is None:
        return Step(sort, key, "create", None, filed, draft)
    return Step(sort, key, _deed(desk, place, present, filed, draft), present, filed, draft)


def _deed(desk: Desk, place: Place, present: Definition, filed: Filed, draft: Definition) -> Deed:
    if draft.same(present):
        return "same"
    # What was applied from files since is in their own history; what somebody made here is in nobody's file.
    sort, key = place
    base = filed.draft.base_version or 1
    since = (one for one in desk.defined(sort).history(key) if one.definition.version > base)
    return "conflict" if any(one.origin == "here" for one in since) else "change"


def plan(reading: Reading, prune: bool = False) -> Plan:
    """What would change, and who would move.

    Raises InputError for a file that says nothing that can be applied, with the file and what is wrong in it.
    """
    return told(reading, steps(reading.desk, prune))


def told(reading: Reading, found: list[Step]) -> Plan:
    """The plan of steps that were looked at. Raises as `plan` does for what they mean together."""
    then = InWorkspace(reading, defined(found), unmasked=True)
    check(then, found)
    places = () if reading.present.end is None else sorted(_touched(found))
    moves = between(InWorkspace(reading, unmasked=True), then, places)
    hidings = (Hiding(reading.desk), Hiding(reading.desk, then.layerings, then.audiences))
    planned = tuple(_told(one, moves.get((one.sort, one.key)), hidings) for one in found)
    return Plan(
        digest=digest(found),
        definitions=planned,
        changes=sum(one.deed in CHANGING for one in planned),
        conflicts=sum(one.deed == "conflict" for one in planned),
    )


def defined(found: list[Step]) -> Defined:
    """What would be in force."""
    after = {(one.sort, one.key): one.after for one in found}
    by_sort: dict[Sort, dict[str, Definition]] = {
        sort: {key: one for (at, key), one in after.items() if at == sort and one is not None} for sort in SORTS
    }
    lists = {
        one.draft.parameters[CUSTOMERS]: one.filed.customers
        for one in found
        if one.draft is not None and one.filed is not None and one.filed.customers is not None
    }
    return Defined(by_sort["layerings"], by_sort["audiences"], lists, by_sort["population"])


def check(then: InWorkspace, found: list[Step]) -> None:
    """Raise InputError for a file whose rule names what would not be there, ConflictError for what would be missed."""
    desk = then.reading.desk
    tags = usage.tag_rules(desk)
    excluded = next((one.after for one in found if one.sort == "population" and one.after is not None), None)
    named = usage.used_by(then.audiences, tags, None if excluded is None else population.rule_of(excluded))
    for one in found:
        if one.deed == "remove":
            _check_removal(one, named.get(f"{one.sort}/{one.key}", ()))
    rule_tags.levels(tags, usage.audience_rules(then.audiences))
    if excluded is not None:
        lists = {} if then.instead is None else then.instead.lists
        rule = population.rule_of(excluded)
        population.check_apart(rule, usage.audiences_of(then.audiences), tags)
        population.check(rule, population.InStore(desk.stored, then.audiences, lists))
    for one in found:
        if one.filed is None or one.draft is None or one.sort != "audiences":
            continue
        try:
            _check_names(then, one.draft)
        except TitianError as error:
            raise drafts.wrong(one.filed.path, Words(zh=error.zh, en=error.message)) from error


def _check_names(then: InWorkspace, definition: Definition) -> None:
    rule = audience_of(definition).rule
    if rule is not None:
        resolve(rule, then, above=definition.key)


def _check_removal(gone: Step, users: tuple[str, ...]) -> None:
    if users and not (gone.sort == "layerings" and is_house(gone.key)):
        raise usage.in_use(gone.key, users)


def digest(found: list[Step]) -> str:
    """Names what the steps rest on: what is in force, by its version, which stays as it is; and what the files say.

    From a digest of what is masked it could be found by guessing.
    """
    said = [(one.sort, one.key, one.deed, _number(one), _filed(one)) for one in found]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _filed(step: Step) -> str | None:
    return step.draft.yaml() if step.deed in ("create", "change") and step.draft is not None else None


def difference(before: Definition | None, after: Definition | None) -> str:
    """The lines of YAML that go and come."""
    old, new = ([] if one is None else drafts.text_of(one).splitlines() for one in (before, after))
    lines = difflib.unified_diff(old, new, lineterm="", n=2)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def is_house(key: str) -> bool:
    """Whether a layering is always there."""
    return key in LAYERINGS and LAYERINGS[key].ready


def whole_layering(definition: Definition) -> Definition:
    """The same with every parameter said. Raises InputError for what is no layering, or has the key of another."""
    found = made(definition)
    if definition.key in ADDRESSES or (is_house(definition.key) and definition.kind != definition.key):
        raise InputError(
            f"{definition.key} is the key of another layering",
            "choose another key",
            zh=f"“{definition.key}”是另一个分层的标识",
            hint_zh="请换一个标识",
        )
    return found.whole


def whole_audience(definition: Definition) -> Definition:
    """The same with its rule written in full. Raises InputError for what is no audience."""
    found = audience_of(definition)
    check_key(definition.key)
    name = found.name
    if found.rule is None:
        return definition.model_copy(update={"name": name})
    return definition.model_copy(update={"name": name, "parameters": {"rule": found.rule.model_dump(mode="json")}})


def _meanings(definition: Definition) -> Definition:
    if definition.key != EVENTS or definition.kind != EVENTS:
        raise InputError(
            f"what events mean stands in {EVENTS}.yaml alone, of the kind {EVENTS}",
            "put the meanings there",
            zh=f"行为含义只写在 {EVENTS}.yaml 中，kind 为 {EVENTS}",
            hint_zh="请写到该文件中",
        )
    said = {key: list(names) for key, names in meanings_of(definition).own.items()}
    return definition.model_copy(update={"parameters": said})


def _population(definition: Definition) -> Definition:
    rule = population.rule_of(definition)
    return definition.model_copy(update={"parameters": {"exclude": rule.model_dump(mode="json")}})


def _mapping(definition: Definition) -> Definition:
    try:
        ColumnMapping.model_validate(definition.parameters)
        table(str(definition.parameters.get("table")))
    except ValidationError as error:
        reason = reason_of(error.errors()[0])
        raise InputError(
            f"it is no mapping of columns: {reason.en}",
            "write table and columns",
            zh=f"不是列的对应：{reason.zh}",
            hint_zh="请写明 table 与 columns",
        ) from error
    return definition


MEANT: Mapping[Sort, Callable[[Definition], Definition]] = {
    "layerings": whole_layering,
    "audiences": whole_audience,
    "events": _meanings,
    "mappings": _mapping,
    "population": _population,
}
"""What a definition means, with all that it leaves out; InputError where it means nothing."""


def _touched(found: list[Step]) -> frozenset[Place]:
    """Layerings, audiences and who is left out, whose customers may be others: what changes, and what rests on it."""
    changed = frozenset(f"{one.sort}/{one.key}" for one in found if one.deed in CHANGING)
    audiences = {one.key: one.after for one in found if one.sort == "audiences" and one.after is not None}
    resting = usage.resting_on(changed, audiences)
    return frozenset(
        (one.sort, one.key)
        for one in found
        if (one.sort in ("layerings", "audiences", "population") and one.deed in CHANGING)
        or (one.sort == "audiences" and one.key in resting)
    )


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
        version=_number(step),
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


def _number(step: Step) -> int | None:
    return None if step.present is None else step.present.version
