"""Tags: what a team says of customers, and the groups that tags are sorted into."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from titian.domain.rule import Rule
from titian.domain.words import Words

Colour = Literal["grey", "red", "orange", "gold", "green", "cyan", "blue", "purple"]
COLOURS: tuple[Colour, ...] = get_args(Colour)
Source = Literal["hand", "batch", "rule", "channel"]
"""How a customer came to a tag: named alone, named with others, by a rule, or told by a channel."""


class TagGroup(BaseModel):
    """Tags that belong together. Of an exclusive group a customer has one tag at most."""

    model_config = ConfigDict(frozen=True)

    key: str
    name: Words
    exclusive: bool = False
    version: int = Field(default=1, ge=1)
    """Which version of its definition this is."""


class Look(BaseModel):
    """How a tag is shown, and with which others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    colour: Colour = "grey"
    group: str | None = None


class Tag(BaseModel):
    """A tag; who made it, and when."""

    model_config = ConfigDict(frozen=True)

    key: str
    name: Words
    colour: Colour = "grey"
    group: str | None = None
    description: str = ""
    rule: Rule | None = None
    """Whoever meets it has the tag, nobody else; None: the tag is given by hand."""
    followed_at: datetime | None = None
    """When it was last brought into step with its rule."""
    version: int = Field(default=1, ge=1)
    """Which version of its definition this is."""
    made_by: str
    made_at: datetime


class Tagged(BaseModel):
    """That a customer has a tag: since when, by whom, why, and how it came to be.

    `batch` names the call that said so, by which it can be taken back.
    """

    model_config = ConfigDict(frozen=True)

    tag: str
    customer_id: str
    since: datetime
    by: str
    why: str = ""
    source: Source
    batch: str
