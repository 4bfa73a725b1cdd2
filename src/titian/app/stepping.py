"""Stepping: every definition as it is in force, as its file says it, and what would become of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from titian.app import drafts
from titian.app.answers.plan import Deed
from titian.app.definition import Definition, Place, Sort
from titian.app.desk import Desk
from titian.app.draft_reading import all_of
from titian.app.drafts import SORTS, Filed
from titian.app.meant import MEANT, is_house, whole_layering
from titian.app.removals import removals
from titian.domain.words import Words
from titian.errors import TitianError

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

    @property
    def changes(self) -> bool:
        """Whether something else would be in force."""
        return self.deed in CHANGING

    @property
    def number(self) -> int | None:
        """The version in force."""
        return None if self.present is None else self.present.version


def steps(desk: Desk, prune: bool) -> list[Step]:
    """What would become of every definition, in the order of sorts and keys; `prune` removes what has no file.

    Where a sort has no folder, it is not kept in files, and nothing of it is removed. Raises InputError for a file that is
    wrong.
    """
    kept = {sort for sort in SORTS if (desk.workspace.definitions / sort).is_dir()}
    filed = {(one.sort, one.draft.key): one for one in all_of(desk.workspace.definitions)}
    present = {(sort, key): one for sort in SORTS for key, one in desk.defined(sort).current().items()}
    return [
        _step(desk, (sort, key), present.get((sort, key)), filed.get((sort, key)), prune and sort in kept)
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
        return Step(sort, key, "conflict" if _removed_here(desk, place, filed) else "create", None, filed, draft)
    return Step(sort, key, _deed(desk, place, present, filed, draft), present, filed, draft)


def _removed_here(desk: Desk, place: Place, filed: Filed) -> bool:
    """Whether somebody removed in the workspace what a file was made from."""
    sort, key = place
    if filed.draft.base_version is None or not desk.defined(sort).history(key):
        return False
    removal = removals(desk).get(place)
    return removal is not None and removal.origin == "here"


def _deed(desk: Desk, place: Place, present: Definition, filed: Filed, draft: Definition) -> Deed:
    if draft.same(present):
        return "same"
    # What was applied from files since is in their own history; what somebody made here is in nobody's file.
    sort, key = place
    base = filed.draft.base_version or 1
    since = (one for one in desk.defined(sort).history(key) if one.definition.version > base)
    return "conflict" if any(one.origin == "here" for one in since) else "change"


def digest(found: list[Step]) -> str:
    """Names what the steps rest on: what is in force, by its version, which stays as it is; and what the files say.

    From a digest of what is masked it could be found by guessing.
    """
    said = [(one.sort, one.key, one.deed, one.number, _filed(one)) for one in found]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _filed(step: Step) -> str | None:
    return step.draft.yaml() if step.deed in ("create", "change") and step.draft is not None else None
