"""The answer to a rule: how many meet it, what it says in words, and some of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from titian.app.answers.base import Answer, Counted, TraitInfo
from titian.domain.words import Words


class SelectionAsked(BaseModel):
    """A rule, and the day as of which it is asked: only data before it count; the newest day unless said otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: dict[str, Any]
    as_of: date | None = None
    sample: int = Field(default=20, ge=0, le=200)
    """How many customers are shown, the first by their ids."""


class SelectedCustomer(Answer):
    """One who meets the rule, with the traits that it reads."""

    customer_id: str
    traits: dict[str, float | str | None]


class Selected(Counted):
    """Who meets a rule."""

    as_of: date
    said: Words
    """The rule in words."""
    customers: int
    everyone: int
    share: float
    """Of everyone."""
    traits: tuple[TraitInfo, ...]
    """What the rule reads."""
    sample: tuple[SelectedCustomer, ...]
