"""Answers about audiences: what was saved, who is in it, how that changes, and what several have in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from titian.app.answers.base import Answer, Counted, Period
from titian.domain.audience import Kind
from titian.domain.words import Words


class AudienceAsked(BaseModel):
    """What an audience is to be: a name in one language or both, and a rule, or customers by ids or a text of ids."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    description: str = ""
    rule: dict[str, Any] | None = None
    ids: tuple[str, ...] = ()
    text: str = ""


class NewAudience(AudienceAsked):
    """An audience to be saved."""

    key: str


class AudienceChange(AudienceAsked):
    """What it is to be instead; `base_version` is the one that the change was made from."""

    base_version: int


class SnapshotAsked(BaseModel):
    """Under which key and name the customers of a day are kept as a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: Words
    as_of: date | None = None


class OverlapAsked(BaseModel):
    """Which audiences are laid over each other."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    audiences: tuple[str, ...] = Field(min_length=2, max_length=6)
    as_of: date | None = None


class AudienceInfo(Answer):
    """A saved audience, and how many customers are in it."""

    key: str
    name: Words
    description: str
    kind: Kind
    said: Words
    """The rule in words; of a list, that it is one."""
    version: int
    changed_by: str
    changed_at: datetime
    customers: int | None
    """None where it can't be computed; `problem` says why."""
    share: float | None
    """Of everyone."""
    problem: Words | None
    masked: bool
    """Whether it rests on personal data that who asks may not see: then neither its rule nor its customers are told."""


class AudienceList(Counted):
    """All audiences in the order of their keys, as of a day."""

    as_of: date | None
    everyone: int | None
    audiences: tuple[AudienceInfo, ...]


class ListRead(Answer):
    """What was read of the customers that a list was made of: asked = blank + repeated + unknown + kept."""

    asked: int
    blank: int
    repeated: int
    unknown: int
    unknown_ids: tuple[str, ...]
    """The first hundred of them."""
    kept: int


class SavedAudience(Answer):
    """An audience that was saved; of a list, what was read."""

    audience: AudienceInfo
    read: ListRead | None


class ConditionChange(Answer):
    """How often one condition of the rule changed for those who came in, and for those who left."""

    said: Words
    entered_met: int
    """Who came in and meets it now, and did not before."""
    entered_unmet: int
    left_met: int
    left_unmet: int
    """Who left and does not meet it any more."""


class AudienceVersion(Answer):
    """A published version: who made it when, in the workspace (here) or in a file that was applied."""

    version: int
    by: str
    at: datetime
    origin: str
    said: Words


class AudienceNow(Answer):
    """One audience as of a day, against the comparison day under the same rule."""

    audience: AudienceInfo
    rule: dict[str, Any] | None
    period: Period
    before: int | None
    """How many were in it on the comparison day."""
    entered: int | None
    entered_new: int | None
    """Who came in and was not seen before the comparison day."""
    left: int | None
    changes: tuple[ConditionChange, ...]
    """Why they came and went, the commonest first."""
    versions: tuple[AudienceVersion, ...]
    used_by: tuple[str, ...]
    """The keys of audiences whose rules name it."""


class AudienceSize(Answer):
    """How many were in an audience as of a day."""

    day: date
    customers: int
    everyone: int


class AudienceSizes(Counted):
    """The size of an audience over time, by its present rule."""

    key: str
    sizes: tuple[AudienceSize, ...]
    notes: tuple[Words, ...]
    """What is counted by its present state on every day: tags and lists."""


class Intersection(Answer):
    """Customers who are in exactly these of the audiences."""

    audiences: tuple[str, ...]
    customers: int
    share: float
    """Of everyone."""


class SharedPart(Answer):
    """How much two audiences have in common."""

    first: str
    second: str
    customers: int
    share_of_first: float | None
    """None of nobody."""
    share_of_second: float | None
    tgi: float | None
    """Share of the second within the first over its share among everyone, × 100."""


class Overlap(Counted):
    """Several audiences laid over each other: who is in which, each customer counted once."""

    as_of: date
    everyone: int
    audiences: tuple[AudienceInfo, ...]
    intersections: tuple[Intersection, ...]
    """The largest first; those in none of them included, nobody's left out."""
    pairs: tuple[SharedPart, ...]
