"""Answers about definitions as code: what files would change, who would move, and what was applied."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from titian.app.answers.base import Answer
from titian.app.definition import Sort
from titian.domain.words import Words

Deed = Literal["create", "change", "remove", "same", "conflict", "unfiled"]
"""What a file would do. conflict: somebody changed or removed it in the workspace since; unfiled: in force without a file."""


class PlannedMove(Answer):
    """Customers who would go from one layer, or into or out of an audience, to another."""

    source: str | None
    target: str | None
    customers: int
    sample: tuple[str, ...]
    """Some of their ids."""


class Planned(Answer):
    """One definition, and what would become of it."""

    sort: Sort
    key: str
    name: Words | None
    deed: Deed
    base_version: int | None
    """The version that the file was made from."""
    version: int | None
    """The version in force."""
    difference: str
    """Lines that go (-) and come (+), as of a unified diff."""
    moved: int | None
    """Customers who would be elsewhere; None where there are no data, or nobody can be."""
    moves: tuple[PlannedMove, ...]
    """The largest first."""
    masked: bool
    """Whether it rests on personal data that who asks may not see: then neither lines nor moves are told."""


class Plan(Answer):
    """What the files in definitions/ would change, in the order of sorts and keys."""

    digest: str
    """Names this plan: what was looked at is what is applied."""
    definitions: tuple[Planned, ...]
    changes: int
    """How many would be made, changed or removed."""
    conflicts: int


class ApplyAsked(BaseModel):
    """Apply the plan of this digest; `prune` removes what has no file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digest: str
    prune: bool = False


class Written(Answer):
    """What was written into definitions/, and what was left alone because its file was changed and not yet applied."""

    written: tuple[str, ...]
    unchanged: int
    left_alone: tuple[str, ...]


class DefinitionVersion(Answer):
    """One version of a definition, with what it changed."""

    sort: Sort
    key: str
    version: int
    by: str
    at: datetime
    origin: str
    """here: in the workspace; file: a file that was applied."""
    yaml: str
    difference: str
    """Against the version before it."""
    masked: bool
    """Whether it, or the version before it, rests on personal data that who asks may not see: then `difference` is empty, and
    `yaml` where the version itself does."""


class DefinitionInForce(Answer):
    """What is in force, and which definitions rest on it."""

    sort: Sort
    key: str
    kind: str
    name: Words | None
    version: int
    by: str
    at: datetime | None
    """None: it comes with Titian, and nobody changed it."""
    origin: Literal["here", "file", "house"]
    """Where its version was made: in the workspace, in a file that was applied, or by Titian."""
    uses: tuple[str, ...]
    """What its rule names: layerings/rfm, tags/vip, audiences/core."""
    used_by: tuple[str, ...]
    masked: bool
    """Whether it rests on personal data that who asks may not see: then what it names is not told."""


class RemovedDefinition(Answer):
    """What was published, and is in force no more; its versions are kept."""

    sort: Sort
    key: str
    kind: str
    name: Words | None
    version: int
    """The last one, which comes back."""
    by: str | None
    """Who removed it."""
    at: datetime | None
    masked: bool
    """Whether its last version rests on personal data that who asks may not see: then they can't bring it back."""


class RestoreAsked(BaseModel):
    """The version to put in force again, left out: the last; `base_version` is the one in force, None where none is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int | None = None
    base_version: int | None = None
