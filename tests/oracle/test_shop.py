"""Local days and windows, checked by hand at the edges of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.oracle.shop import Shop


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Asia/Shanghai", date(2011, 12, 10), datetime(2011, 12, 9, 16, tzinfo=UTC)),
        ("Europe/London", date(2011, 7, 1), datetime(2011, 6, 30, 23, tzinfo=UTC)),
        ("America/New_York", date(2011, 11, 7), datetime(2011, 11, 7, 5, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), datetime(2011, 12, 30, 10, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 31), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
    ids=["Shanghai", "summer time", "winter time", "a day that never was", "the day after it"],
)
def test_a_day_is_its_local_midnight(zone: str, day: date, expected: datetime) -> None:
    assert Shop((), zone).instant(day) == expected


def test_the_same_instant_lies_on_different_days() -> None:
    at = datetime(2011, 12, 9, 16, 30, tzinfo=UTC)
    assert Shop((), "Asia/Shanghai").day(at) == date(2011, 12, 10)
    assert Shop((), "Europe/London").day(at) == date(2011, 12, 9)


def test_one_day_back_over_the_end_of_summer_time_is_25_hours() -> None:
    shop = Shop((), "Europe/London")
    monday = shop.instant(date(2011, 10, 31))
    assert (monday - shop.days_before(monday, 1)).total_seconds() == 25 * 3600


def test_two_days_back_over_the_day_samoa_left_out_are_24_hours() -> None:
    shop = Shop((), "Pacific/Apia")
    sunday = shop.instant(date(2012, 1, 1))
    assert (sunday - shop.days_before(sunday, 1)).total_seconds() == 24 * 3600
    assert (sunday - shop.days_before(sunday, 2)).total_seconds() == 24 * 3600
