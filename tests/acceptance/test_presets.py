"""The matrices for trades without orders, checked by hand on a few people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa

import titian as tt
from tests.acceptance.product import layers

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
NAMES = pa.schema(
    {
        "event_id": pa.string(),
        "customer_id": pa.string(),
        "event": pa.string(),
        "occurred_at": pa.timestamp("us", tz="UTC"),
        "duration_s": pa.float64(),
        "value": pa.float64(),
    }
)


def events(*rows: tuple[str, str, int, float]) -> tt.Dataset:
    """Events as (customer, event, days ago, how long or how much)."""
    said = [
        (str(i), who, event, AS_OF - timedelta(days=ago), much, much) for i, (who, event, ago, much) in enumerate(rows)
    ]
    table = pa.Table.from_pylist([dict(zip(NAMES.names, row, strict=True)) for row in said], schema=NAMES)
    return tt.Dataset(events=table, timezone="UTC", currency="CNY")


def test_a_website_by_last_login_logins_and_time() -> None:
    busy = [("busy", "login", day, 600.0) for day in (1, 2, 3)]
    data = events(
        *busy,
        ("idle", "login", 40, 30.0),
        ("new", "login", 0, 9.0),
        ("old", "login", 30, 900.0),
        ("once", "login", 9, 30.0),
    )
    assert layers(tt.PRESETS["website"].assign(data, as_of=AS_OF)) == {
        "busy": "high_high_high",
        "idle": "low_low_low",
        "old": "low_low_high",
        "once": "high_low_low",
    }


def test_a_community_in_four_types_by_logins_and_posts() -> None:
    data = events(
        *(("both", event, day, 0.0) for event in ("login", "post") for day in (1, 2, 3)),
        *(("reader", "login", day, 0.0) for day in (1, 2, 3)),
        *(("writer", event, 5, 0.0) for event in ("login", "post", "post")),
        ("guest", "login", 9, 0.0),
        ("passer", "look", 9, 0.0),
    )
    assert layers(tt.PRESETS["community"].assign(data, as_of=AS_OF)) == {
        "both": "high_high",
        "reader": "high_low",
        "writer": "low_high",
        "guest": "low_low",
        "passer": "none",
    }


def test_live_streaming_by_last_watched_duration_and_tips() -> None:
    data = events(
        ("fan", "watch", 1, 900.0), ("fan", "tip", 1, 50.0), ("viewer", "watch", 2, 60.0), ("lost", "watch", 90, 30.0)
    )
    found = layers(tt.PRESETS["live_streaming"].assign(data, as_of=AS_OF))
    assert found == {"fan": "high_high_high", "viewer": "low_low_low", "lost": "low_low_low"}
