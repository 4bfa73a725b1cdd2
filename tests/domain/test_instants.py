"""Instants: dates and times as people give them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from titian.domain.instants import days_before, instant, local_day, zone
from titian.errors import InputError


@pytest.mark.parametrize("given", ["2024-03-01", date(2024, 3, 1), datetime(2024, 3, 1), "2024-02-29T16:00:00Z"])
def test_a_date_is_its_local_midnight(given: str | date) -> None:
    assert instant(given, "Asia/Shanghai") == datetime(2024, 2, 29, 16, tzinfo=UTC)


@pytest.mark.parametrize("given", ["2024-02-30", "yesterday", "", "20240101T99"])
def test_what_is_no_date_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="not a date"):
        instant(given, "UTC")


def test_an_unknown_zone_is_refused_with_near_names() -> None:
    with pytest.raises(InputError) as caught:
        zone("shanghai")
    assert "Asia/Shanghai" in caught.value.hint


def test_days_before_keep_the_wall_time() -> None:
    noon = instant("2024-03-31T12:00", "Europe/London")
    assert days_before(noon, 1, "Europe/London") == datetime(2024, 3, 30, 12, tzinfo=UTC)


def test_the_local_day_is_the_workspaces() -> None:
    assert local_day(datetime(2024, 2, 29, 16, tzinfo=UTC), "Asia/Shanghai") == date(2024, 3, 1)
