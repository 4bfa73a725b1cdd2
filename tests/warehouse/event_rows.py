"""Events to load into a lake, and what a plain count says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.warehouse.shop import csv, put, rows
from titian.domain.mapping import Mapping
from titian.warehouse.lake import Lake

Event = tuple[str, str, str, str]
"""Id, customer, event, instant in UTC."""
MAPPING = Mapping(table="events", columns={name: name for name in ("event_id", "customer_id", "event", "occurred_at")})
HEADER = "event_id,customer_id,event,occurred_at"


def put_events(lake: Lake, path: Path, events: Iterable[Event]) -> str:
    """Load events; the batch."""
    return str(put(lake, csv(path, HEADER, *(",".join(one) for one in events)), MAPPING).batch_id)


def counted(lake: Lake) -> dict[tuple[str, str, date], int]:
    """What is kept by customer, event and day."""
    connection = lake.connection()
    try:
        found = connection.execute(
            "SELECT customer_id, event, DATE '1970-01-01' + day, sum(times) FROM lake.event_days"
            " JOIN lake.customer_numbers USING (number) GROUP BY ALL"
        ).fetchall()
    finally:
        connection.close()
    return {(who, event, day): int(times) for who, event, day, times in found}


def expected(lake: Lake, zone: str) -> dict[tuple[str, str, date], int]:
    """The same from the events that are there, one by one."""
    found = rows(lake, "events", "customer_id", "event", "occurred_at")
    return dict(Counter((who, event, local(at, zone)) for who, event, at in found if who is not None))


def local(at: datetime, zone: str) -> date:
    """The local day of a stored instant."""
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
