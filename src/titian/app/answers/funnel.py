"""The answer to a funnel: how many got to each step, by layer too, how long it took, and where oddly many are lost."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from titian.app.answers.base import Answer, Counted, NoteInfo
from titian.domain.trajectory import LONGEST_DAYS
from titian.domain.words import Words

MOST_DAYS = LONGEST_DAYS
"""Of the limit."""

Step = str | dict[str, Any]
"""An event, or what else a step of a rule may be: {"event": "view", "channel": ["app"]}, {"orders": "paid"}."""


class FunnelAsked(BaseModel):
    """The steps, and whose tries are looked at: those that began on the days from `start` up to before `end`.

    Without an `end` it is the last day of which all tries had their time before the `as_of`, if the data reach so far; without
    a `start` thirty days before the end. `by` is the key of a layering; `audience`
    the key of an audience, or a `rule` in its place; both are looked at as of `placed_at`, by default the start.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: tuple[Step, ...]
    within_days: int | None = Field(default=None, ge=1, le=MOST_DAYS)
    exclude: tuple[Step, ...] = ()
    start: date | None = None
    end: date | None = None
    by: str | None = None
    audience: str | None = None
    rule: dict[str, Any] | None = None
    as_of: date | None = None
    placed_at: date | None = None


class TimesTaken(Answer):
    """Seconds within which a quarter, half, three quarters and nine tenths did it; None where nobody did."""

    q25_s: float | None
    median_s: float | None
    q75_s: float | None
    q90_s: float | None


class FunnelStep(Answer):
    """One step, and how many got to it by their best try."""

    number: int
    step: Step
    name: Words
    customers: int
    share: float | None
    """Of those who entered."""
    share_before: float | None
    """Of those at the step before, with its interval."""
    low: float | None
    high: float | None
    lost: int | None
    """Those who went no further; None at the last step."""
    from_before: TimesTaken
    from_first: TimesTaken
    stopped: dict[str, Any]
    """Who went no further, at the last step who went all the way, as a rule."""


class FunnelPart(Answer):
    """The funnel of everybody (layer None), or of a layer."""

    layer: str | None
    name: Words
    taken_out: int
    """Who did what is excluded; they are at no step."""
    steps: tuple[FunnelStep, ...]


class FunnelDrop(Answer):
    """Those at a step, of everybody or of a layer, against those at the other steps, or of the other layers."""

    number: int
    here: Words
    """The step where they stopped, and the one that they did not get to."""
    next: Words
    layer: str | None
    name: Words
    customers: int
    lost: int
    loss: float | None
    others: int
    others_lost: int
    others_loss: float | None
    excess: float | None
    """The loss less that of the others, with its interval with regard to how many are compared."""
    low: float | None
    high: float | None
    few: bool
    odd: bool
    """Whether more are lost than of the others, for all that so many are compared."""


class FunnelCounted(Counted):
    """How far customers got, the oddest drops first."""

    name: Words
    """The trajectory in words."""
    as_of: date
    start: date
    end: date
    """Tries that began on the days from `start` up to before `end`."""
    placed_at: date | None
    """As of when layers and audience are looked at; None where neither is asked for."""
    by: Words | None
    """The layering."""
    within: Words | None
    """The audience, or its rule."""
    level: float
    """Of all intervals."""
    everybody: FunnelPart
    layers: tuple[FunnelPart, ...]
    step_drops: tuple[FunnelDrop, ...]
    layer_drops: tuple[FunnelDrop, ...]
    sentence: Words
    notes: tuple[NoteInfo, ...]
