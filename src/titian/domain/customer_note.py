"""Notes: what people wrote about a customer."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class CustomerNote(BaseModel):
    """A note, by whom and when, and when its text was changed last."""

    model_config = ConfigDict(frozen=True)

    id: str
    customer_id: str
    text: str
    by: str
    at: datetime
    changed_at: datetime | None = None
