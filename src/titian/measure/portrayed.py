"""Portrayed: a trait of a group beside the same trait of everybody, value by value."""

from __future__ import annotations

from dataclasses import dataclass

from titian.domain.words import Words
from titian.measure.portrait_bins import BinKind, Middle
from titian.stats.association import CategoryEffect
from titian.traits.trait import Trait


@dataclass(frozen=True)
class PortraitBin:
    """One value of a trait, or one range of its values, in the group and among everybody.

    A range goes from `low` to `high`, the lowest and the highest value that is there, dates in days since 1970; its ties
    are all within it. `share_inside` is of the group, `share` of everybody, `tgi` the one over the other × 100 and
    `tgi_low` and `tgi_high` its interval; what can not be said is None.
    """

    kind: BinKind
    value: str | None
    low: float | None
    high: float | None
    name: Words
    inside: int
    everyone: int
    share_inside: float | None
    share: float | None
    tgi: float | None
    tgi_low: float | None
    tgi_high: float | None
    few: bool
    """Fewer than 30 customers have it, or are in the group."""


@dataclass(frozen=True)
class PortraitTrait:
    """One trait of the group and of everybody.

    `effect` is Cramér's V of group and bins, the same for all kinds of traits; `p` is its p value with regard to how many
    traits were looked at, and `apart` says whether it sets the group apart for all that.
    """

    trait: Trait
    dated: bool
    """Whether its values are days."""
    bins: tuple[PortraitBin, ...]
    inside: Middle
    """Mean and median of the group; of a category they are None."""
    everyone: Middle
    effect: CategoryEffect
    p: float | None
    apart: bool
    drawn_by: bool
    """Whether the group was drawn by this trait or by what it is made of: that it differs proves nothing."""
    sentence: Words
