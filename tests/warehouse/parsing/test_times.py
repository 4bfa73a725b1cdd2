"""Times as shops write them."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.shop import read
from titian.warehouse.parsing.days import DayOrderError

SHANGHAI = "Asia/Shanghai"
NOON = datetime(2020, 2, 21, 12, 30, 5)
MIDNIGHT = datetime(2020, 2, 21)
MINUTE = datetime(2020, 2, 21, 12, 30)


def in_shanghai(wall: datetime) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(SHANGHAI)).astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("2020-02-21 12:30:05", NOON),
        ("2020-02-21T12:30:05", NOON),
        ("2020-02-21T12:30:05.250", datetime(2020, 2, 21, 12, 30, 5, 250000)),
        ("2020-02-21", MIDNIGHT),
        ("2020/2/21", MIDNIGHT),
        ("2020/02/21 12:30", MINUTE),
        ("2020.02.21 12:30:05", NOON),
        ("20200221", MIDNIGHT),
        ("20200221123005", NOON),
        ("202002211230", MINUTE),
        ("20200221 12:30:05", NOON),
        ("21-Feb-20", MIDNIGHT),
        ("21 February 2020 12:30", MINUTE),
        ("Feb 21, 2020 12:30 PM", MINUTE),
        ("Fri, 21 Feb 2020 12:30:05", NOON),
        ("2020年2月21日", MIDNIGHT),
        ("2020年02月21日 12时30分05秒", NOON),
        ("2020年2月21日下午1:30", datetime(2020, 2, 21, 13, 30)),
        ("２０２０－０２－２１　１２：３０：０５", NOON),
        ("  2020-02-21 12:30:05\t", NOON),
        ("2020-02-21  2:30:05", datetime(2020, 2, 21, 2, 30, 5)),
        ("2/21/2020 12:30", MINUTE),
        ("21.2.2020", MIDNIGHT),
    ],
)
def test_a_wall_time_is_read_in_the_zone(tmp_path: Path, text: str, wall: datetime) -> None:
    rows, faults = read(tmp_path, {"ordered_at": [text]}, zone=SHANGHAI)
    assert (rows[0]["ordered_at"], faults) == (in_shanghai(wall), [])


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2020-02-21T12:30:05Z", NOON),
        ("2020-02-21 12:30:5Z", NOON),
        ("2020-02-21T20:30:05+08:00", NOON),
        ("2020-02-21 07:00:05-0530", NOON),
        ("2020-02-21 20:30:05+08", NOON),
        ("20200221T123005Z", NOON),
        ("Fri, 21 Feb 2020 12:30:05 GMT", NOON),
        (str(int(NOON.replace(tzinfo=UTC).timestamp())), NOON),
        (str(int(NOON.replace(tzinfo=UTC).timestamp()) * 1000), NOON),
    ],
)
def test_an_offset_or_a_count_of_seconds_wins_over_the_zone(tmp_path: Path, text: str, instant: datetime) -> None:
    rows, faults = read(tmp_path, {"ordered_at": [text]}, zone=SHANGHAI)
    assert (rows[0]["ordered_at"], faults) == (instant, [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("12345", "number_not_time"),
        ("8.5", "number_not_time"),
        ("13800138000", "number_not_time"),
        ("2023-02-30", "no_such_time"),
        ("2020-02-21 25:00:00", "no_such_time"),
        ("20209999", "no_such_time"),
        ("soon", "not_a_time"),
        ("1899-12-30", "time_implausible"),
        ("1899-12-30 00:00:00", "time_implausible"),
        ("2999-01-01", "time_implausible"),
        ("infinity", "not_a_time"),
        ("epoch", "not_a_time"),
        ("", "missing"),
        (None, "missing"),
    ],
)
def test_what_is_no_plausible_time_is_a_fault(tmp_path: Path, text: str | None, fault: str) -> None:
    _, faults = read(tmp_path, {"ordered_at": ["2020-01-01", text]})
    assert faults == [(1, "ordered_at", fault)]


def test_a_spreadsheets_serial_day_counts_from_1899(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, {"ordered_at": ["43882.5", "43882"]}, form="xlsx")
    assert [row["ordered_at"] for row in rows] == [datetime(2020, 2, 21, 12), MIDNIGHT]


def test_hours_that_the_clocks_skip_or_repeat_are_read_as_python_does(tmp_path: Path) -> None:
    walls = [datetime(2021, 3, 28, 1, 30), datetime(2021, 10, 31, 1, 30), datetime(2021, 7, 1, 12)]
    rows, _ = read(tmp_path, {"ordered_at": [str(wall) for wall in walls]}, zone="Europe/London")
    zone = ZoneInfo("Europe/London")
    assert [row["ordered_at"] for row in rows] == [
        wall.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None) for wall in walls
    ]


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (["01/02/2020", "13/02/2020"], datetime(2020, 2, 1)),
        (["01/02/2020", "02/13/2020"], datetime(2020, 1, 2)),
        (["12/1/10 8:26", "12/31/10 9:00"], datetime(2010, 12, 1, 8, 26)),
        (["20/02/21", "20/02/29", "31/12/30"], None),
    ],
)
def test_the_values_settle_day_and_month_where_they_can(
    tmp_path: Path, values: list[str], first: datetime | None
) -> None:
    if first is None:
        with pytest.raises(DayOrderError):
            read(tmp_path, {"ordered_at": values})
        return
    rows, faults = read(tmp_path, {"ordered_at": values})
    assert (rows[0]["ordered_at"], faults) == (first, [])


def test_day_and_month_that_cannot_be_told_apart_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(DayOrderError) as error:
        read(tmp_path, {"ordered_at": ["01/02/2020", "03/04/2020"]})
    assert (error.value.details["field"], error.value.details["choices"]) == ("date_order", ["dmy", "mdy"])


@pytest.mark.parametrize(("order", "day"), [("dmy", datetime(2020, 2, 1)), ("mdy", datetime(2020, 1, 2))])
def test_the_mapping_says_which_is_the_day(tmp_path: Path, order: str, day: datetime) -> None:
    rows, _ = read(tmp_path, {"ordered_at": ["01/02/2020"]}, date_order=order)
    assert rows[0]["ordered_at"] == day


def test_a_zone_of_the_mapping_wins_over_the_workspaces(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, {"ordered_at": ["2020-02-21 12:30:05"]}, zone=SHANGHAI, timezone="UTC")
    assert rows[0]["ordered_at"] == NOON
