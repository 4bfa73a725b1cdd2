"""Counts of events by local day give the traits that the events themselves give, or are not used."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.acceptance.product import QUICK
from tests.warehouse.event_rows import put_events
from tests.warehouse.shop import orders_csv, put
from titian.domain.instants import instant
from titian.domain.meanings import Meanings
from titian.traits.by_day import day_folds
from titian.traits.catalogue import trait
from titian.traits.doing import days_any, times_any
from titian.traits.parts import trait_parts
from titian.traits.planner import moment_of, with_needs
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset
from titian.warehouse.group import Group
from titian.warehouse.lake import Lake
from titian.warehouse.part import Part
from titian.warehouse.pinned import pinned
from titian.warehouse.undoing import undo

ZONE = "America/New_York"
NAMES = [
    "view_count",
    "view_count_1d",
    "view_count_30d",
    "cart_count_7d",
    "看货_count_90d",
    "event_count",
    "event_count_30d",
    "view_count_between_-60d_-30d",
    "view_count_between_2024-03-01_2024-03-10",
    "cart_count_between_2024-03-10T00:00_2024-03-12",
    "days_since_view",
    "days_since_cart",
]
BY_ROWS = [
    "last_view_at",
    "first_view_at",
    "online_s_30d",
    "session_count",
    "view_value_30d",
    "view_count_between_2024-03-10T08:00_2024-03-12",
]
OTHERS = [days_any(["view", "cart"]).within(30), times_any(["view", "cart"]).within(60), days_any([]).within(7)]
EDGES = ["2024-03-10", "2024-03-11", "2024-03-09", "2024-03-12", "2024-01-15", "2023-11-05"]
MEANT = Meanings(own={"view": ("看货",)})


def made(seed: int, count: int, first: int = 0) -> list[tuple[str, str, str, str]]:
    """Events of a few people, many of them within a second of a midnight or of a change of the clocks."""
    random, found = Random(seed), []
    for key in range(first, first + count):
        day = instant(random.choice(EDGES), ZONE) + timedelta(days=random.choice([0, 0, 0, -30, -60]))
        at = day + random.choice([timedelta(seconds=-1), timedelta(), timedelta(seconds=1), timedelta(hours=7)])
        who, name = random.choice(["a", "b", "c", "d", ""]), random.choice(["view", "看货", "cart", "home"])
        found.append((str(key), who, name, at.isoformat()))
    return found


@pytest.fixture(scope="module")
def shop() -> Iterator[Dataset]:
    """A lake with several files, one of which was taken back and one of which corrected another."""
    with tempfile.TemporaryDirectory() as folder, Lake.open(Path(folder) / "shop", zone=ZONE) as lake:
        put_events(lake, Path(folder) / "a.csv", made(1, 60))
        undo(lake, put_events(lake, Path(folder) / "b.csv", made(2, 30, 50)))
        put_events(lake, Path(folder) / "c.csv", made(3, 40, 40))
        yield pinned(lake, lake.version(), timezone=ZONE, currency="CNY", meanings=MEANT)


def by_rows(data: Dataset) -> Dataset:
    """The same data as if nothing were kept by day."""
    plain = data.fork()
    plain.event_days, plain.version = None, f"{data.version} by rows"
    return plain


def told(traits: list[Trait], data: Dataset, as_of: datetime) -> list[dict[str, object]]:
    found = trait_parts(traits, data, as_of)
    rows: list[dict[str, object]] = data.arrow(found.rows.order_by("customer_id")).to_pylist()
    return rows


def of_days(traits: list[Trait], data: Dataset, as_of: datetime) -> set[str]:
    """The columns that are read from the days."""
    found = day_folds(with_needs(traits), traits, data.meanings, moment_of(data, as_of))
    return {one.trait.column for one in found}


ANY = [*map(trait, [*NAMES, *BY_ROWS]), *OTHERS]


@given(
    traits=st.lists(st.sampled_from(ANY), min_size=1, max_size=7, unique_by=lambda one: one.column),
    day=st.sampled_from([*EDGES, "2024-03-10T03:00", "2025-01-01"]),
)
@QUICK
def test_days_say_what_rows_say(shop: Dataset, traits: list[Trait], day: str) -> None:
    as_of = instant(day, ZONE)
    assert told(traits, shop, as_of) == told(traits, by_rows(shop), as_of)


@pytest.mark.parametrize("one", [*map(trait, NAMES), *OTHERS], ids=lambda one: one.column)
def test_they_are_read_where_they_can_be(shop: Dataset, one: Trait) -> None:
    assert of_days([one], shop, instant("2024-03-12", ZONE))


@pytest.mark.parametrize("name", BY_ROWS)
def test_what_they_lack_is_read_from_the_rows(shop: Dataset, name: str) -> None:
    assert not of_days([trait(name)], shop, instant("2024-03-12", ZONE))


def test_within_a_day_they_do_not_serve(shop: Dataset) -> None:
    assert not of_days([trait("view_count_7d")], shop, instant("2024-03-12T09:00", ZONE))


def test_days_since_and_the_instant_itself_are_read_from_one_place(shop: Dataset) -> None:
    both = [trait("days_since_view"), trait("last_view_at")]
    as_of = instant("2024-03-12", ZONE)
    assert not of_days(both, shop, as_of)
    assert told(both, shop, as_of) == told(both, by_rows(shop), as_of)


def test_events_that_mean_the_same_count_together(shop: Dataset) -> None:
    as_of = instant("2025-01-01", ZONE)
    plain = told([trait("view_count")], by_rows(shop), as_of)
    assert told([trait("view_count")], shop, as_of) == plain
    assert of_days([trait("view_count")], shop, as_of) == {"view_count"}


def test_a_file_more_is_another_state(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop", zone="UTC") as lake:
        as_of, seen = datetime(2024, 2, 1, tzinfo=UTC), []
        for key in "12":
            put_events(lake, tmp_path / f"{key}.csv", [(key, "a", "view", "2024-01-31T00:00:00Z")])
            data = pinned(lake, lake.version(), timezone="UTC", currency="CNY")
            seen += told([trait("view_count_1d")], data, as_of)
    assert [row["view_count_1d"] for row in seen] == [1, 2]


def test_customers_without_events_are_there_all_the_same(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop", zone="UTC") as lake:
        put(lake, orders_csv(tmp_path / "o.csv", "1,zoe,2024-01-01,5", "2,a,2024-01-01,7"))
        put_events(lake, tmp_path / "e.csv", [("1", "a", "view", "2024-01-31T00:00:00Z")])
        data = pinned(lake, lake.version(), timezone="UTC", currency="CNY")
        found = told([trait("view_count_7d"), trait("spend")], data, datetime(2024, 2, 1, tzinfo=UTC))
    assert found == [
        {"customer_id": "a", "view_count_7d": 1, "spend": 7.0},
        {"customer_id": "zoe", "view_count_7d": 0, "spend": 5.0},
    ]


def group(data: Dataset, *customers: str) -> Group:
    """These customers, as the engine reads them."""
    rows, kept = data.engine.upload(customers, lambda: pa.table({"customer_id": list(customers)}))
    return Group(",".join(customers), rows, len(customers), kept)


@given(
    traits=st.lists(st.sampled_from(ANY), min_size=1, max_size=5, unique_by=lambda one: one.column),
    day=st.sampled_from(EDGES),
    out=st.sets(st.sampled_from("abcd"), max_size=3),
    inside=st.none() | st.sets(st.sampled_from("abcd"), min_size=1),
)
@QUICK
def test_of_those_who_count_days_say_what_rows_say(shop: Dataset, traits, day: str, out, inside) -> None:
    """Whoever is left out, or of another store, is in neither; the days of all others are read as before."""
    as_of = instant(day, ZONE)
    left, kept = (None if one is None else group(shop, *sorted(one)) for one in (out or None, inside))
    theirs, plain = (Part(data, as_of, left, kept) for data in (shop, by_rows(shop)))
    assert (theirs.event_days is None, plain.event_days) == (False, None)
    found = told(traits, theirs, as_of)
    assert found == told(traits, plain, as_of)
    assert {row["customer_id"] for row in found} <= (inside or set("abcd")) - out
