"""Consent in the store: what customers agreed to and refused, line by line; the latest that applies holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select

from titian.domain.consent import EVERY, Consent
from titian.store.instants import read, written
from titian.store.reach_tables import CONSENTS


def record(connection: Connection, said: Iterable[Consent]) -> int:
    """Add what was said; how many lines that are."""
    rows = [_row(one) for one in said]
    if rows:
        connection.execute(insert(CONSENTS), rows)
    return len(rows)


def latest(connection: Connection, customer_id: str, channel: str, topic: str = EVERY) -> Consent | None:
    """The word of a customer that holds for a channel and topic; None where nothing was said."""
    found = connection.execute(_of(customer_id, channel, topic).limit(1)).one_or_none()
    return None if found is None else _consent(found)


def of_customer(connection: Connection, customer_id: str) -> list[Consent]:
    """All that a customer said, the latest first."""
    asked = select(CONSENTS).where(CONSENTS.c.customer_id == customer_id)
    return [_consent(row) for row in connection.execute(asked.order_by(CONSENTS.c.at.desc(), CONSENTS.c.number.desc()))]


def _of(customer_id: str, channel: str, topic: str) -> Any:
    return (
        select(CONSENTS)
        .where(CONSENTS.c.customer_id == customer_id)
        .where(or_(CONSENTS.c.channel == channel, CONSENTS.c.channel == EVERY))
        .where(or_(CONSENTS.c.topic == topic, CONSENTS.c.topic == EVERY))
        .order_by(CONSENTS.c.at.desc(), CONSENTS.c.number.desc())
    )


def _row(one: Consent) -> dict[str, object]:
    return {
        "customer_id": one.customer_id,
        "channel": one.channel,
        "topic": one.topic,
        "given": one.given,
        "at": written(one.at),
        "source": one.source,
        "proof": one.proof,
        "by": one.by,
    }


def _consent(row: Row[Any]) -> Consent:
    said: dict[str, Any] = {name: value for name, value in row._asdict().items() if name != "number"}
    at: datetime = read(row.at)
    return Consent(**said | {"at": at})
