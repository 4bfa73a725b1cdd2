"""Charge: who of the team takes care of a customer."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Charge(BaseModel):
    """That somebody of the team is in charge of a customer: since when and by whom; `batch` names the call that said so."""

    model_config = ConfigDict(frozen=True)

    customer_id: str
    staff: str
    since: datetime
    by: str
    batch: str
