"""Layer: one of the places in which a layering puts customers."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from titian.domain.play import Play
from titian.domain.words import Words


class Layer(BaseModel):
    """A layer's key, rank (1 is the highest; None stands outside the ranking), name, meaning and default play."""

    model_config = ConfigDict(frozen=True)

    key: str
    rank: int | None = Field(default=None, ge=1)
    name: Words
    meaning: Words
    play: Play
