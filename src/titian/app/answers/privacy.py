"""Answers about one customer's own data: all that is kept, and what was erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from titian.app.answers.base import Answer
from titian.domain.words import Words


class EraseAsked(BaseModel):
    """Whom to erase, for good; `confirm` repeats how many they are, so that nobody is erased by a slip."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ids: tuple[str, ...] = Field(min_length=1, max_length=10_000)
    confirm: int


class Everything(Answer):
    """All that is kept of a customer, to be handed to them."""

    customer_id: str
    at: datetime
    tables: dict[str, tuple[dict[str, Any], ...]]
    """Rows of the canonical tables, by table; the orders' items among them."""
    tags: tuple[dict[str, Any], ...]
    notes: tuple[dict[str, Any], ...]
    known: tuple[dict[str, Any], ...]
    """All that the team said of the four things to know, the newest first."""
    staff: dict[str, Any] | None
    """Who is in charge of them."""
    lists: tuple[str, ...]
    """Audiences that are lists with this customer."""
    touches: tuple[dict[str, Any], ...]
    """What they were sent, or will be."""
    consents: tuple[dict[str, Any], ...]
    """What they agreed to and refused."""
    tasks: tuple[dict[str, Any], ...]
    """What the team was to do for them."""


class Erasure(Answer):
    """An erasure, of which the log knows how many it was, and not whom."""

    record: str
    """Names it in the audit log."""
    by: str
    began_at: datetime
    erased_at: datetime | None
    """None: it is under way, or was broken off; asked for again it goes on."""
    customers: int
    rows: int
    tags: int
    notes: int
    lists: int


class UnderWay(Answer):
    """How far an erasure is that this server does."""

    stage: Words
    done: int
    total: int | None


class Erasures(Answer):
    """The erasures of this workspace, the newest first."""

    erasures: tuple[Erasure, ...]
    under_way: UnderWay | None


class ErasedCustomers(Answer):
    """What was taken out, for good."""

    customers: int
    rows: int
    """Of files that were loaded."""
    rejected: int
    """Lines of files of rejected rows."""
    batches: int
    """That the warehouse was made of anew."""
    tags: int
    notes: int
    lists: int
    """Places in fixed lists."""
    known: int
    """What the team had said of the four things to know."""
    charges: int
    """That somebody was in charge of them, now or before."""
    touches: int
    """What they were sent or would have been, what they agreed to, and tasks of the team."""
    erased_at: datetime
    record: str
    """Names this erasure in the audit log."""
