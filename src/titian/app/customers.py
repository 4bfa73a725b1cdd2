"""Customers: the list that an operator filters, sorts and exports."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class CustomerQuery(BaseModel):
    """Which customers are wanted, and in which order."""

    model_config = ConfigDict(frozen=True)

    as_of: date | None = None
    compare: date | None = None
    layering: str | None = None
    layers: tuple[str, ...] = ()
    from_layer: str | None = None
    text: str | None = None
    minimum: dict[str, float] = {}
    maximum: dict[str, float] = {}
    sort: str | None = None
    order: Literal["asc", "desc"] = "desc"


def bounds(*given: Any) -> Any:
    raise NotImplementedError


def page(*given: Any) -> Any:
    raise NotImplementedError
