"""What is answered, and asked, of who is left out of every fit and count."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from titian.app.answers.base import Counted
from titian.domain.words import Words


class PopulationInfo(Counted):
    """Who counts as of a day, and who is left out by which rule."""

    as_of: date | None
    everyone: int
    """Customers who count: of the store where one is looked at, without those left out."""
    rule: dict[str, Any] | None
    """Whoever meets it is left out; None: everybody counts."""
    said: Words | None
    """The rule in words."""
    version: int
    """Of the rule; 0 where none is in force."""
    changed_by: str | None
    changed_at: datetime | None
    sample: tuple[str, ...]
    """Some who are left out."""
    masked: bool
    """Whether the rule rests on personal data that who asks may not see: then neither that nor a sample is told."""


class PopulationTried(Counted):
    """Who would be left out by a rule as of a day."""

    as_of: date
    said: Words
    everyone: int
    """Of so many."""
    sample: tuple[str, ...]


class ExclusionAsked(BaseModel):
    """A rule to try."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: dict[str, Any]
    as_of: date | None = None


class PopulationChange(BaseModel):
    """A rule that is to be in force from now on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: dict[str, Any] | None
    """None: nobody is left out any more."""
    base_version: int | None = Field(default=None, ge=0)
    """The version that it was made from, 0 for none; the change is refused where another is in force. Left out: any."""
