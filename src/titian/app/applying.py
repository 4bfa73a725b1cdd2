"""Applying: what files define is put in force, all of it or nothing; and what is in force is written to files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from titian.app import drafts, planning, rule_tags, standing
from titian.app.announcing import follow_rules
from titian.app.answers.plan import ApplyAsked, Plan, Written
from titian.app.definition import Definition, Sort, stale
from titian.app.definitions import HOUSE
from titian.app.desk import Desk
from titian.app.draft_reading import all_of, list_text
from titian.app.draft_schemas import schema_of
from titian.app.drafts import CUSTOMERS, SCHEMAS, SORTS, Filed
from titian.app.meant import MEANT
from titian.app.settings import write_whole
from titian.app.stepping import CHANGING, Step, digest, steps
from titian.errors import ConflictError, TitianError

if TYPE_CHECKING:
    from titian.app.trail import Telling


def apply(desk: Desk, asked: ApplyAsked) -> Plan:
    """Put in force what the plan of this digest says, in one transaction, then bring tags into step; the plan, as it was.

    Raises ConflictError where files or what is in force are others than they were, and where somebody changed in the
    workspace what a file changes; InputError for a file that says nothing that can be applied.
    """
    with desk.reading() as reading:
        found = steps(desk, asked.prune)
        if digest(found) != asked.digest:
            raise _moved_on()
        made = planning.told(reading, found)
        if conflicts := [f"{one.sort}/{one.key}" for one in found if one.deed == "conflict"]:
            raise _conflicting(conflicts)
        if changing := [one for one in found if one.changes]:
            with rule_tags.settled(reading):
                _put_all(desk, changing)
    if changing:
        everybody = any(one.sort == "population" for one in changing)
        follow_rules(desk, None if everybody else planning.followed(found))
    return made


def _put_all(desk: Desk, changing: list[Step]) -> None:
    with desk.trail.telling("definitions.apply", ", ".join(one.key for one in changing[:10])) as telling:
        # Groups before the tags that come into them, and after those that leave or go.
        gone = [one for one in changing if one.deed == "remove"]
        for step in (*(one for one in changing if one.deed != "remove"), *reversed(gone)):
            _put(telling, step)
        standing.check(telling.connection, [(one.sort, one.key) for one in changing])
        telling.tell(**{deed: [f"{one.sort}/{one.key}" for one in changing if one.deed == deed] for deed in CHANGING})


def export(desk: Desk, *, force: bool = False) -> Written:
    """Write what is in force into definitions/, a file a thing, and the schemas by which editors check them.

    A file that was changed since the version it names, and not applied, is left alone unless `force` says otherwise.
    """
    filed = {(one.sort, one.draft.key): one for one in all_of(desk.workspace.definitions)}
    written, left, unchanged = [], [], 0
    for sort in SORTS:
        schema = json.dumps(schema_of(sort), ensure_ascii=False, indent=1)
        write_whole(desk.workspace.definitions / SCHEMAS / f"{sort}.json", schema)
        (desk.workspace.definitions / sort).mkdir(exist_ok=True)
    for sort in SORTS:
        for key, definition in desk.defined(sort).current().items():
            place = Path(sort) / f"{key}.yaml"
            present = filed.get((sort, key))
            if present is not None and present.draft.base_version == definition.version and _says(present, definition):
                unchanged += 1
            elif present is not None and not force and not _as_it_was(desk, present, definition):
                left.append(place.as_posix())
            else:
                _write(desk, sort, desk.workspace.definitions / place, definition)
                written.append(place.as_posix())
    return Written(written=tuple(written), unchanged=unchanged, left_alone=tuple(left))


def _put(telling: Telling, step: Step) -> None:
    """Do one step; others wait."""
    from titian.app.change import Change
    from titian.store import lists

    change = Change(telling, step.sort, step.key, origin="file")
    present, seen = change.present, step.present
    if present is not None and present != seen:
        raise stale(step.key, seen.version if seen else 0, present.version)
    if step.deed == "remove":
        change.drop()
        return
    assert step.draft is not None
    if step.filed is not None and step.filed.customers is not None:
        lists.keep(telling.connection, step.filed.customers, datetime.now(UTC))
    if seen is not None:
        change.keep(seen, by=HOUSE)
    change.put(step.draft.model_copy(update={"version": change.newest + 1}))


def _write(desk: Desk, sort: Sort, path: Path, definition: Definition) -> None:
    if CUSTOMERS in definition.parameters:
        write_whole(path.with_suffix(".csv"), list_text(desk.listed(str(definition.parameters[CUSTOMERS]))))
    write_whole(path, drafts.file_text(sort, definition))


def _as_it_was(desk: Desk, filed: Filed, present: Definition) -> bool:
    """Whether a file says what a version that was published says, so that nothing is lost with it."""
    versions = (one.definition for one in desk.defined(filed.sort).history(filed.draft.key))
    return _says(filed, present) or any(_says(filed, one) for one in versions)


def _says(filed: Filed, definition: Definition) -> bool:
    try:
        return MEANT[filed.sort](filed.definition).same(definition)
    except TitianError:
        return False


def _moved_on() -> ConflictError:
    return ConflictError(
        "the files, or what is in force, are others than when the plan was made",
        "look at the plan again, then apply it",
        zh="文件或现行定义在生成计划之后有变化",
        hint_zh="请重新查看计划后再应用",
    )


def _conflicting(conflicts: list[str]) -> ConflictError:
    said = ", ".join(conflicts)
    return ConflictError(
        f"changed or removed in the workspace since their files were written: {said}; nothing was applied",
        "look at what changed (titian plan), take it over into the file, and set its base_version to the version in force; of "
        "what was removed, remove the file, or its base_version to make it anew",
        zh=f"以下定义在文件写出之后又在工作区中改过或删除：{said}；未应用任何改动",
        hint_zh="请查看差异（titian plan），把改动合并到文件，并把 base_version 改为现行版本；"
        "已删除的，请删除其文件，或去掉 base_version 以重新建立",
        conflicts=conflicts,
    )
