"""Note: what a figure rests on, said beside it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from titian.domain.words import Words

FEW_CUSTOMERS = 30
"""Below this many customers a figure says how few it rests on."""


class Note(BaseModel):
    """A remark that changes how far a number can be trusted; `code` is stable."""

    model_config = ConfigDict(frozen=True)

    code: str
    text: Words
