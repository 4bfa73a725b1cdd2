"""Times in whatever way they are written, against the moments that they were written from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import read
from titian.warehouse.frames import canonical

LAW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SHANGHAI = ZoneInfo("Asia/Shanghai")
WIDE = str.maketrans("0123456789-/: ", "０１２３４５６７８９－／：　")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LONG = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December"]  # fmt: skip
HALVES = ["上午", "下午"]


def stored(wall: datetime, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A wall time of the zone as the warehouse keeps it."""
    return wall.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def twelve(at: datetime) -> int:
    return at.hour % 12 or 12


def unix(at: datetime) -> int:
    return int(stored(at).replace(tzinfo=UTC).timestamp())


TO_THE_SECOND: dict[str, Callable[[datetime], str]] = {
    "iso": lambda at: f"{at:%Y-%m-%dT%H:%M:%S}",
    "slashes": lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}:{at.minute}:{at.second}",
    "full width": lambda at: f"{at:%Y-%m-%d %H:%M:%S}".translate(WIDE),
    "14-Jan-2015": lambda at: f"{at.day:02}-{MONTHS[at.month - 1]}-{at.year} {at:%H:%M:%S}",
    "14 JAN 2015": lambda at: f"{at.day} {MONTHS[at.month - 1].upper()} {at.year} {at:%H:%M:%S}",
    "January 14, 2015": lambda at: f"{LONG[at.month - 1]} {at.day}, {at.year} {twelve(at)}:{at:%M:%S} {at:%p}",
    "am and pm close up": lambda at: f"{at:%Y-%m-%d} {twelve(at):02}:{at:%M:%S}{at:%p}".lower(),
    "with a weekday": lambda at: f"{at:%a}, {at.day} {MONTHS[at.month - 1]} {at.year} {at:%H:%M:%S}",
    "chinese": lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}时{at.minute}分{at.second}秒",
    "chinese halves": lambda at: f"{at.year}年{at.month}月{at.day}日{HALVES[at.hour // 12]}{twelve(at)}:{at:%M:%S}",
    "fourteen digits": lambda at: f"{at:%Y%m%d%H%M%S}",
    "digits, a T and digits": lambda at: f"{at:%Y%m%dT%H%M%S}",
    "unix seconds": lambda at: str(unix(at)),
    "unix milliseconds": lambda at: str(unix(at) * 1000),
    "unix microseconds": lambda at: str(unix(at) * 1_000_000),
    "unix seconds as a float": lambda at: f"{unix(at)}.0",
}
moments = st.datetimes(datetime(2001, 10, 1), datetime(2099, 12, 30)).map(lambda at: at.replace(microsecond=0))


def ordered(folder: Path, cells: list[str | None], **said: Any) -> list[datetime | None]:
    """The times of cells without a fault."""
    found, faults = read(folder, {"ordered_at": cells}, zone=str(SHANGHAI), **said)
    assert faults == []
    return [row["ordered_at"] for row in found]


@LAW
@given(written=st.lists(st.tuples(moments, st.sampled_from(list(TO_THE_SECOND))), min_size=20, max_size=80))
def test_a_moment_comes_back_however_it_is_written(tmp_path: Path, written: list[tuple[datetime, str]]) -> None:
    cells: list[str | None] = [TO_THE_SECOND[way](at) for at, way in written]
    assert ordered(tmp_path, cells) == [stored(at) for at, _ in written]


@pytest.mark.parametrize("way", TO_THE_SECOND)
def test_midnight_noon_and_the_ends_of_years_come_back(tmp_path: Path, way: str) -> None:
    days = [datetime(2004, 2, 29), datetime(2015, 1, 14, 12), datetime(2019, 12, 31, 23, 59, 59), datetime(2099, 1, 1)]
    assert ordered(tmp_path, [TO_THE_SECOND[way](at) for at in days]) == [stored(at) for at in days]


@LAW
@given(moments=st.lists(moments, min_size=10, max_size=40), minutes=st.integers(-14 * 60, 14 * 60))
def test_an_offset_of_any_minutes_is_taken_off(tmp_path: Path, moments: list[datetime], minutes: int) -> None:
    offset = timezone(timedelta(minutes=minutes))
    cells: list[str | None] = [at.replace(tzinfo=offset).isoformat(sep=" ") for at in moments]
    assert ordered(tmp_path, cells) == [at - timedelta(minutes=minutes) for at in moments]


@LAW
@given(moments=st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)), min_size=10, max_size=40))
def test_fractions_of_a_second_survive_to_the_microsecond(tmp_path: Path, moments: list[datetime]) -> None:
    cells: list[str | None] = [f"{at:%Y/%m/%d %H:%M:%S.%f}" for at in moments]
    assert ordered(tmp_path, cells) == [stored(at) for at in moments]


@pytest.mark.parametrize("digits", range(1, 10))
def test_a_fraction_may_have_any_number_of_digits(tmp_path: Path, digits: int) -> None:
    microseconds = int("123456789"[:digits].ljust(6, "0")[:6])
    cells: list[str | None] = [f"2020/02/21 10:00:00.{'123456789'[:digits]}"]
    assert ordered(tmp_path, cells) == [stored(datetime(2020, 2, 21, 10, 0, 0, microseconds))]


@LAW
@given(days=st.lists(st.dates(date(1970, 1, 2), date(2069, 12, 31)), min_size=20, max_size=60), data=st.data())
def test_days_with_two_digits_for_the_year_are_of_1970_to_2069(
    tmp_path: Path, days: list[date], data: st.DataObject
) -> None:
    order = data.draw(st.sampled_from(["%d/%m/%y", "%m/%d/%y", "%y/%m/%d"]))
    said = {"%d/%m/%y": "dmy", "%m/%d/%y": "mdy", "%y/%m/%d": "ymd"}[order]
    cells: list[str | None] = [day.strftime(order) for day in days]
    assert ordered(tmp_path, cells, date_order=said) == [stored(datetime(d.year, d.month, d.day)) for d in days]


@LAW
@given(days=st.lists(st.dates(date(2000, 1, 1), date(2040, 1, 1)), min_size=20, max_size=60))
def test_a_day_named_by_month_needs_no_order(tmp_path: Path, days: list[date]) -> None:
    cells: list[str | None] = [f"{d.day:02}-{MONTHS[d.month - 1]}-{d.year % 100:02}" for d in days]
    assert ordered(tmp_path, cells) == [stored(datetime(d.year, d.month, d.day)) for d in days]


@LAW
@given(seconds=st.lists(st.integers(25_570 * 86_400, 73_000 * 86_400), min_size=20, max_size=60))
def test_a_spreadsheets_serial_number_is_days_since_the_end_of_1899(tmp_path: Path, seconds: list[int]) -> None:
    cells: list[str | None] = [repr(count / 86_400) for count in seconds]
    expected = [stored(datetime(1899, 12, 30) + timedelta(seconds=count)) for count in seconds]
    assert ordered(tmp_path, cells, form="xlsx") == expected


def test_the_same_number_in_a_text_file_is_no_time(tmp_path: Path) -> None:
    _, faults = read(tmp_path, {"ordered_at": ["43882.5", "2020-02-21"]}, form="csv")
    assert faults == [(0, "ordered_at", "number_not_time")]


def test_every_day_that_a_calendar_lacks_is_turned_away(tmp_path: Path) -> None:
    pairs = [(month, day) for month in range(1, 13) for day in range(1, 32)]
    cells: list[str | None] = [f"2023-{month:02}-{day:02}" for month, day in pairs]
    _, faults = read(tmp_path, {"ordered_at": cells})
    missing = [
        row for row, (month, day) in enumerate(pairs) if (datetime(2023, month, 1) + timedelta(day - 1)).month != month
    ]
    assert faults == [(row, "ordered_at", "no_such_time") for row in missing]


texts = st.text("0123456789-/.:年月日 TZ+APMaJanFeb，（e", max_size=20) | st.text(max_size=12).filter(
    lambda said: "\x00" not in said
)


@LAW
@given(cells=st.lists(texts, min_size=20, max_size=80))
def test_a_cell_gives_a_time_or_a_fault_and_never_both(tmp_path: Path, cells: list[str]) -> None:
    found, faults = read(tmp_path, {"ordered_at": ["2020-01-01", *cells]}, zone="UTC", date_order="dmy")
    bad = {row for row, column, _ in faults}
    for row in found:
        at = row["ordered_at"]
        assert (at is None) <= (row["at"] in bad)
        assert row["at"] in bad or datetime(1969, 12, 31) <= at < datetime(2100, 1, 2)


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("2020-02-21 12:30 AM", datetime(2020, 2, 21, 0, 30)),
        ("2020-02-21 12:30 PM", datetime(2020, 2, 21, 12, 30)),
        ("2020年2月21日 上午12:30", datetime(2020, 2, 21, 0, 30)),
        ("2020年2月21日 下午12:30", datetime(2020, 2, 21, 12, 30)),
        ("2020年2月21日 晚上8点", datetime(2020, 2, 21, 20)),
        ("2020年2月21日 晚上11:59", datetime(2020, 2, 21, 23, 59)),
    ],
)
def test_the_twelve_of_each_half_of_the_day(tmp_path: Path, text: str, wall: datetime) -> None:
    assert ordered(tmp_path, [text]) == [stored(wall)]


def test_the_evening_has_no_noon(tmp_path: Path) -> None:
    found, _ = read(tmp_path, {"ordered_at": ["2020年2月21日 晚上12:30"]}, zone="UTC")
    assert found[0]["ordered_at"] != datetime(2020, 2, 21, 12, 30)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu"])
def test_a_birthday_is_the_same_day_in_every_zone(zone: str) -> None:
    frame = pa.table({"customer_id": ["1", "2", "3"], "birth_date": ["1990-05-06", "1990年5月6日", "19050101"]})
    with duckdb.connect() as connection:
        canonical(connection, {"customers": frame}, {}, zone, False)
        found = connection.execute("SELECT birth_date FROM customers ORDER BY customer_id").fetchall()
    assert found == [(date(1990, 5, 6),), (date(1990, 5, 6),), (date(1905, 1, 1),)]
