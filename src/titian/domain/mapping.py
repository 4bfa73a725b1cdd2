"""Mapping: which column of a source means what in a canonical table."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DateOrder = Literal["ymd", "dmy", "mdy"]


class FixedColumn(BaseModel):
    """One column of a fixed-width file: characters `start` to `end`, counted from 0, end excluded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    start: int = Field(ge=0)
    end: int | None = None


class Mapping(BaseModel):
    """How one kind of source file becomes rows of one canonical table.

    `columns` names, for each canonical column, the source column that holds it. Line-item files map
    `quantity` and `unit_price` (and `product_id`) beside the order's own columns and become orders and
    order_items at once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: str = "orders"
    columns: dict[str, str]
    date_order: DateOrder | None = None
    """Order of day and month where the values alone don't tell."""
    timezone: str | None = None
    """Zone of times without an offset; the workspace's when None."""
    status_values: dict[str, str] = Field(default_factory=dict)
    """The source's own status words → paid, unpaid, cancelled or refund."""
    decimal_comma: bool = False
    fixed_width: tuple[FixedColumn, ...] = ()
    has_header: bool | None = None
    """None: found from the file."""
