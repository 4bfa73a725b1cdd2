"""At which instants a local day begins, and where days are in no order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from titian.domain.instants import instant
from titian.warehouse.zones import day_begun_at

STEP = timedelta(minutes=1)


def begins(utc: datetime, zone: str) -> int | None:
    """The same by looking at every minute of two days before and after."""
    local = [(utc + STEP * n).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() for n in range(-1500, 1500)]
    before, after = local[:1500], local[1500:]
    return (after[0] - date(1970, 1, 1)).days if max(before) < min(after) else None


def stored(day: str, zone: str) -> datetime:
    return instant(day, zone).astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Shanghai", "2024-03-10"),
        ("America/New_York", "2024-03-10"),
        ("America/New_York", "2024-11-03"),
        ("America/Sao_Paulo", "2018-11-04"),
        ("America/Sao_Paulo", "2018-02-18"),
        ("America/Havana", "2024-11-03"),
        ("America/St_Johns", "2010-11-07"),
        ("America/St_Johns", "2010-11-06"),
        ("America/St_Johns", "2010-11-08"),
        ("Pacific/Apia", "2011-12-31"),
        ("Asia/Kathmandu", "2024-01-01"),
        ("UTC", "1969-12-31"),
    ],
)
def test_a_day_begins_where_everything_before_is_of_earlier_days(zone: str, day: str) -> None:
    at = stored(day, zone)
    assert day_begun_at(at, zone) == begins(at, zone)


def test_where_clocks_went_back_over_a_midnight_no_day_begins() -> None:
    assert day_begun_at(stored("2010-11-07", "America/St_Johns"), "America/St_Johns") is None


@pytest.mark.parametrize("off", [timedelta(microseconds=1), timedelta(microseconds=-1), timedelta(hours=12)])
def test_a_hair_beside_a_midnight_is_none(off: timedelta) -> None:
    assert day_begun_at(stored("2024-03-10", "Asia/Shanghai") + off, "Asia/Shanghai") is None
