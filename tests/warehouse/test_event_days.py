"""Events by local day: whatever happens to the events, what is kept beside them says the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.event_rows import HEADER, MAPPING, Event, counted, expected, put_events
from tests.warehouse.shop import csv, put, rows
from titian.errors import TitianError
from titian.warehouse.erasing import erase
from titian.warehouse.event_days import kept_zone
from titian.warehouse.lake import Lake
from titian.warehouse.pinned import pinned
from titian.warehouse.undoing import undo

ZONE = "Asia/Shanghai"
EVENING = "2024-03-05T15:59:59Z"
"""A second before midnight in Shanghai."""
MIDNIGHT = "2024-03-05T16:00:00Z"


@pytest.fixture
def counting(tmp_path: Path) -> Iterator[Lake]:
    """An empty lake that counts by the days of Shanghai."""
    with Lake.open(tmp_path / "shop", zone=ZONE) as opened:
        yield opened


def zone_of(lake: Lake) -> str | None:
    connection = lake.connection()
    try:
        return kept_zone(connection)
    finally:
        connection.close()


def event(key: int, who: str = "ann", name: str = "view", at: str = EVENING) -> Event:
    return (str(key), who, name, at)


def test_days_are_those_of_the_zone(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1), event(2), event(3, at=MIDNIGHT)])
    assert {str(day): times for (_, _, day), times in counted(counting).items()} == {"2024-03-05": 2, "2024-03-06": 1}


def test_a_later_file_adds_to_what_is_there(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1), event(2, "bob")])
    before = rows(counting, "event_days")
    put_events(counting, tmp_path / "b.csv", [event(3), event(4, "cy", "cart")])
    assert counted(counting) == expected(counting, ZONE)
    assert set(before) < set(rows(counting, "event_days")), "what was counted stays as it was written"


def test_numbers_of_customers_stay(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1), event(2, "bob")])
    before = rows(counting, "customer_numbers")
    put_events(counting, tmp_path / "b.csv", [event(3, "cy"), event(4)])
    after = rows(counting, "customer_numbers")
    assert set(before) < set(after)
    assert sorted(number for _, number in after) == [0, 1, 2]


@pytest.mark.parametrize(
    "changed",
    [event(1, "bob"), event(1, name="cart"), event(1, at=MIDNIGHT), event(1, at="2019-01-01T00:00:00Z")],
    ids=["customer", "event", "day", "year"],
)
def test_a_corrected_row_counts_where_it_is_now(counting: Lake, tmp_path: Path, changed: Event) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1), event(2), event(3, "bob")])
    put_events(counting, tmp_path / "b.csv", [changed, event(4, "cy")])
    assert counted(counting) == expected(counting, ZONE)


def test_events_of_nobody_count_for_nobody(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1, ""), event(2)])
    assert list(counted(counting).values()) == [1]
    assert rows(counting, "customer_numbers", "customer_id") == [("ann",)]


def test_a_batch_taken_back_counts_no_more(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1), event(2, "bob")])
    batch = put_events(counting, tmp_path / "b.csv", [event(2, "cy"), event(3, "ann", "cart", MIDNIGHT)])
    undo(counting, batch)
    assert counted(counting) == expected(counting, ZONE)
    assert len(counted(counting)) == 2


def test_an_erased_customer_has_no_number(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1), event(2, "bob")])
    erase(counting, ["bob"])
    assert counted(counting) == expected(counting, ZONE)
    assert rows(counting, "customer_numbers", "customer_id") == [("ann",)]


def test_a_rebuilt_warehouse_counts_again(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1), event(2, "bob")])
    before = counted(counting)
    counting.rebuild()
    assert counted(counting) == before


def test_a_lost_file_of_theirs_is_noticed_and_mended(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop", zone=ZONE) as lake:
        put_events(lake, tmp_path / "a.csv", [event(1), event(2, "bob")])
        before = counted(lake)
    for file in (tmp_path / "shop" / "warehouse" / "data" / "main" / "event_days").iterdir():
        file.unlink()
    with Lake.open(tmp_path / "shop", zone=ZONE) as lake:
        assert lake.notice is not None
        assert counted(lake) == before


def test_a_load_that_fails_counts_nothing(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1)])
    before, bad = counted(counting), csv(tmp_path / "b.csv", HEADER, "2,ann,view,never")
    with pytest.raises(TitianError):
        put(counting, bad, MAPPING, strict=True)
    assert counted(counting) == before


def test_another_zone_counts_anew_with_the_next_file(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1), event(2, at=MIDNIGHT)])
    counting.zone = "America/New_York"
    put_events(counting, tmp_path / "b.csv", [event(3)])
    assert (zone_of(counting), counted(counting)) == (counting.zone, expected(counting, counting.zone))


def test_who_says_no_zone_ends_the_counting(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1)])
    counting.zone = None
    put_events(counting, tmp_path / "b.csv", [event(2)])
    assert zone_of(counting) is None


def test_a_warehouse_of_before_begins_to_count_with_the_next_file(lake: Lake, tmp_path: Path) -> None:
    put_events(lake, tmp_path / "a.csv", [event(1)])
    assert zone_of(lake) is None
    lake.zone = ZONE
    put_events(lake, tmp_path / "b.csv", [event(2, "bob")])
    assert counted(lake) == expected(lake, ZONE)


def test_data_of_another_zone_do_not_read_them(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1)])
    here, elsewhere = (
        pinned(counting, counting.version(), timezone=zone, currency="CNY") for zone in (ZONE, "Asia/Tokyo")
    )
    assert here.event_days is not None
    assert elsewhere.event_days is None


def test_data_of_before_a_load_read_what_was_kept_then(counting: Lake, tmp_path: Path) -> None:
    put_events(counting, tmp_path / "a.csv", [event(1)])
    before = pinned(counting, counting.version(), timezone=ZONE, currency="CNY")
    put_events(counting, tmp_path / "b.csv", [event(2)])
    assert before.event_days is not None
    assert before.execute(before.event_days.rows.select("times")) == [{"times": 1}]


DAYS = ("2023-12-31T23:30:00Z", EVENING, MIDNIGHT, "2024-03-10T07:30:00Z", "2024-11-03T05:30:00Z")
EVENTS = st.tuples(
    st.integers(1, 9).map(str), st.sampled_from(["ann", "bob", ""]), st.sampled_from(["view", "cart"]), st.sampled_from(DAYS)
)  # fmt: skip
FILES = st.lists(EVENTS, min_size=1, max_size=6, unique_by=lambda one: one[0])
STEPS = st.lists(
    st.one_of(FILES, st.integers(0, 5), st.sampled_from(["erase", "rebuild"])), min_size=3, max_size=5
)  # fmt: skip


def take(lake: Lake, step: object, path: Path) -> None:
    """Load a file, take a batch back, erase somebody, or rebuild."""
    standing = lake.landing.standing()
    if isinstance(step, list):
        put_events(lake, path, step)
    elif isinstance(step, int) and standing:
        undo(lake, standing[step % len(standing)].batch_id)
    elif step == "erase":
        erase(lake, ["bob"])
    elif step == "rebuild":
        lake.rebuild()


@pytest.mark.full
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_they_say_what_the_events_say_whatever_happened(steps: list[object]) -> None:
    with tempfile.TemporaryDirectory() as folder, Lake.open(Path(folder) / "shop", zone="America/New_York") as lake:
        put_events(lake, Path(folder) / "first.csv", [event(1), event(2, "bob", "cart")])
        for number, step in enumerate(steps):
            take(lake, step, Path(folder) / f"{number}.csv")
            assert counted(lake) == expected(lake, "America/New_York")
