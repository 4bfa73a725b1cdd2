"""The answer to what sets a group apart: every trait of the group beside the same trait of everybody."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from titian.app.answers.base import Answer, Counted, NoteInfo, TraitInfo
from titian.domain.words import Words

MOST_TRAITS = 100

TraitNames = Annotated[tuple[str, ...], Field(max_length=MOST_TRAITS)]


class PortraitAsked(BaseModel):
    """A rule that selects a group, the day as of which it is asked, and the traits to look at.

    Without a day it is the newest; without traits some thirty usual ones of which there are data.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: dict[str, Any]
    as_of: date | None = None
    traits: TraitNames | None = None


class PortraitBin(Answer):
    """One value of a trait, or one range of its values; what can not be said is None."""

    kind: Literal["value", "range", "other", "unknown"]
    value: str | None
    low: float | str | None
    """The lowest value of a range that is there, a day as YYYY-MM-DD; ties are all within one range."""
    high: float | str | None
    name: Words
    inside: int
    """Customers of the group."""
    everyone: int
    """Customers of all, the group's among them."""
    share_inside: float | None
    """Of the group."""
    share: float | None
    """Of everybody."""
    tgi: float | None
    """Share in the group over share of everybody, × 100."""
    tgi_low: float | None
    tgi_high: float | None
    few: bool
    """Fewer than 30 customers have it, or are in the group."""


class PortraitMiddle(Answer):
    """The mean and the median of a number, a day as YYYY-MM-DD; None of a category and where nobody has a value."""

    mean: float | str | None
    median: float | str | None


class TraitPortrait(Answer):
    """One trait of the group beside that of everybody."""

    trait: TraitInfo
    effect: float | None
    """Cramér's V of group and bins, 0 (as everybody) to 1 (tells who is in the group)."""
    effect_low: float | None
    effect_high: float | None
    p: float | None
    """Its p value with regard to how many traits were looked at (Benjamini and Hochberg)."""
    apart: bool
    """Whether it sets the group apart for all that: p below 0.05."""
    drawn_by: bool
    """Whether the group was drawn by it or by what it is made of: that it differs proves nothing."""
    sentence: Words
    inside: PortraitMiddle
    everyone: PortraitMiddle
    bins: tuple[PortraitBin, ...]


class GroupPortrait(Counted):
    """A group against everybody, the traits that set it apart most first."""

    as_of: date
    name: Words
    """What the group is: a rule in words, an audience, a layer."""
    inside: int
    everyone: int
    share: float | None
    """Of everybody."""
    level: float
    """Of the intervals."""
    traits: tuple[TraitPortrait, ...]
    notes: tuple[NoteInfo, ...]
