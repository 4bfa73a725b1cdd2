"""Play: what to do for a layer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from titian.domain.words import Words

Channel = Literal["email", "sms", "push", "wecom", "in_product", "staff"]


class Play(BaseModel):
    """The plan for one layer: its aim, what is done, over which channels and how often."""

    model_config = ConfigDict(frozen=True)

    aim: Words
    actions: tuple[Words, ...]
    channels: tuple[Channel, ...]
    cadence: Words
