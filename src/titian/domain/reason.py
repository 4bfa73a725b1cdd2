"""Reason: why a customer is in a layer."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from titian.domain.words import Words


class Reason(BaseModel):
    """One dimension's part in a decision: the value, the cut it met, and the signed distance (positive is good)."""

    model_config = ConfigDict(frozen=True)

    trait: str
    value: float | None
    cut: float | None
    distance: float | None
    high: bool | None
    sentence: Words
