"""What a load did: counts, notes, and the first of the rows that were turned away."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from titian.domain.words import Words


class Reject(BaseModel):
    """One fault of one row; a row with several faults has several of these."""

    model_config = ConfigDict(frozen=True)

    row: int
    """As a spreadsheet counts: the header is row 1."""
    column: str | None
    value: str | None
    reason: Words


class Counts(BaseModel):
    """How many rows came and what became of them."""

    model_config = ConfigDict(frozen=True)

    rows: int
    """Rows of the source, those of a wrong shape included."""
    good: int
    rejected: int
    added: int
    """Rows of the main table (orders, of line items): added + updated + unchanged."""
    updated: int
    unchanged: int
    without_customer: int
    """Rows of the main table that have no customer."""
    reassigned: int = 0
    """Rows updated that had a customer and now have another."""
    after_today: int = 0
    """Rows of the main table dated after the day of the load, in the workspace's zone."""


class LoadReport(Counts):
    """What one load did."""

    table: str
    batch_id: str | None
    """None when nothing landed, because nothing was good."""
    rejects_path: Path | None
    """The rejects file, when a row was turned away."""
    rejects: tuple[Reject, ...]
    """The first fifty faults; the file has all."""
    notes: tuple[Words, ...]
    """Ids that were made, dates that were assumed, amounts that were rounded …"""
    cursor: str | None = None
    """Incremental sources: hand this in as `since` next time."""
    repeated: bool = False
    """True when the same file had been loaded before, so that nothing was done."""
