"""Zones against Python's own zoneinfo."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from titian.errors import InputError
from titian.warehouse import zones
from titian.warehouse.engine_duckdb import DuckDBEngine

ZONES = ["Asia/Shanghai", "Europe/London", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "UTC"]
moments = st.lists(st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)), min_size=1, max_size=30)


def both_ways(values: list[datetime], zone: str) -> list[tuple[datetime, datetime]]:
    table = ibis.memtable({"i": range(len(values)), "at": values}, schema={"i": "int64", "at": "timestamp"})
    since, until = min(values), max(values)
    expression = table.mutate(
        utc=zones.local_to_utc(table["at"], zone, since, until),
        local=zones.utc_to_local(table["at"], zone, since, until),
    ).order_by("i")
    return duckdb_rows(expression)


def duckdb_rows(expression: ibis.Table) -> list[tuple[datetime, datetime]]:
    rows = DuckDBEngine(duckdb.connect()).arrow(expression).to_pylist()
    return [(row["utc"], row["local"]) for row in rows]


def expected(value: datetime, zone: str) -> tuple[datetime, datetime]:
    info = ZoneInfo(zone)
    utc = value.replace(tzinfo=info).astimezone(UTC).replace(tzinfo=None)
    return utc, value.replace(tzinfo=UTC).astimezone(info).replace(tzinfo=None)


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=8, deadline=None)
@given(values=moments)
def test_both_directions_agree_with_python(zone: str, values: list[datetime]) -> None:
    assert both_ways(values, zone) == [expected(value, zone) for value in values]


@pytest.mark.parametrize("zone", ZONES)
def test_the_hours_around_every_change_agree_with_python(zone: str) -> None:
    near = [
        change.at + timedelta(seconds=change.before) + timedelta(minutes=minutes)
        for change in zones.changes(zone)[-40:]
        for minutes in range(-120, 121, 15)
    ] or [datetime(2020, 1, 1)]
    assert both_ways(near, zone) == [expected(value, zone) for value in near]


def test_an_unknown_zone_is_refused_with_names_that_exist() -> None:
    with pytest.raises(InputError, match="not known") as error:
        zones.zone_info("Shanghai")
    assert "Asia/Shanghai" in error.value.hint
