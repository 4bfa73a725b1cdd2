"""What a date in a rule stands for: a whole local day, one instant, or the same wall time so many days before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.laws import law
from titian.domain.condition import Before
from titian.errors import InputError
from titian.traits.spans import TICK, span_of

NOON = datetime(2024, 7, 1, 4, tzinfo=UTC)
ZONES = ["Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Kathmandu", "UTC"]
days = st.dates(datetime(1990, 1, 1).date(), datetime(2040, 1, 1).date())


@law
@given(days, st.sampled_from(ZONES))
def test_a_date_is_the_local_day_from_midnight_to_midnight(day, zone):
    span = span_of(day.isoformat(), NOON, zone)
    local = [at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)) for at in (span.start, span.after - TICK)]
    assert [at.date() for at in local] == [day, day]
    before = (span.start - TICK).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert before.date() == day - timedelta(days=1)


@law
@given(days, st.sampled_from(ZONES))
def test_days_leave_no_gap_between_them(day, zone):
    next_day = (day + timedelta(days=1)).isoformat()
    assert span_of(day.isoformat(), NOON, zone).after == span_of(next_day, NOON, zone).start


@law
@given(st.integers(0, 2_000), st.sampled_from(ZONES))
def test_days_before_keep_the_time_on_the_wall(number, zone):
    span = span_of(Before(days_before=number), NOON, zone)
    wall = NOON.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    found = span.start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert wall - found == timedelta(days=number)
    assert span.after - span.start == TICK


@pytest.mark.parametrize(
    ("text", "zone", "start"),
    [
        ("2024-07-01 08:30", "Asia/Shanghai", datetime(2024, 7, 1, 0, 30)),
        ("2024-07-01T08:30:00+02:00", "Asia/Shanghai", datetime(2024, 7, 1, 6, 30)),
        (" 2024-07-01T08:30:00Z ", "Asia/Shanghai", datetime(2024, 7, 1, 8, 30)),
    ],
)
def test_a_time_is_one_instant_on_the_clock_of_the_workspace_unless_it_says_its_own(text, zone, start):
    span = span_of(text, NOON, zone)
    assert (span.start, span.after) == (start, start + TICK)


@pytest.mark.parametrize("text", ["soon", "", "2024-02-30", "01/02/2024"])
def test_what_is_no_date_is_refused_with_how_to_write_one(text):
    with pytest.raises(InputError) as refused:
        span_of(text, NOON, "UTC")
    assert refused.value.hint
    assert refused.value.zh != refused.value.message
