"""The calendar of an as_of against the clocks of zoneinfo: local days, windows, hours and ages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import ibis
import ibis.expr.types as ir
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.laws import law
from titian.traits.moment import Moment
from titian.warehouse.engine_duckdb import DuckDBEngine

ZONES = st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/London", "Pacific/Apia", "Asia/Kathmandu", "UTC"])
INSTANTS = st.datetimes(datetime(2009, 1, 1), datetime(2013, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
EARLIEST = datetime(2009, 1, 1, tzinfo=UTC)
CONNECTION = DuckDBEngine(duckdb.connect()).backend


def told(value: ir.Value) -> object:
    """What DuckDB makes of an expression."""
    return CONNECTION.execute(value)


def stored(at: datetime) -> ir.TimestampValue:
    return ibis.literal(at.astimezone(UTC).replace(tzinfo=None))


def asked(as_of: datetime, zone: str) -> Moment:
    return Moment(as_of, zone, EARLIEST)


@law
@given(INSTANTS, INSTANTS, ZONES)
def test_days_since_are_local_dates_apart(one, other, zone):
    at, as_of = min(one, other), max(one, other)
    local = [moment.astimezone(ZoneInfo(zone)).date() for moment in (at, as_of)]
    assert told(asked(as_of, zone).days_since(stored(at))) == (local[1] - local[0]).days
    assert asked(as_of, zone).day == local[1]


@law
@given(INSTANTS, INSTANTS, ZONES)
def test_the_local_hour_is_that_on_the_wall(one, other, zone):
    at, as_of = min(one, other), max(one, other)
    assert told(asked(as_of, zone).local(stored(at)).hour()) == at.astimezone(ZoneInfo(zone)).hour


@law
@given(INSTANTS, st.integers(1, 800), ZONES)
def test_a_window_begins_at_the_same_time_of_day(as_of, days, zone):
    start = asked(as_of, zone).window_start(days)
    wall = start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    expected = as_of.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(days=days)
    # A time that clocks left out is told as the one an hour (in Samoa: a day) later.
    assert wall - expected in (timedelta(0), timedelta(hours=1), timedelta(days=1))


@law
@given(st.dates(date(1900, 1, 1), date(2013, 1, 1)), INSTANTS, ZONES)
def test_full_years_are_birthdays_that_have_been(born, as_of, zone):
    today = as_of.astimezone(ZoneInfo(zone)).date()
    later_years = [born.year + n for n in range(1, today.year - born.year + 1)]
    birthdays = sum(year < today.year or (born.month, born.day) <= (today.month, today.day) for year in later_years)
    found = told(asked(as_of, zone).years_since(ibis.literal(born)))
    assert (None if found is None or found != found else found) == (birthdays if born <= today else None)


@pytest.mark.parametrize(("hour", "day"), [(15, 1), (16, 2)])
def test_the_day_turns_at_local_midnight(hour, day):
    assert asked(datetime(2012, 5, 1, hour, tzinfo=UTC), "Asia/Shanghai").day == date(2012, 5, day)
