"""Traits from parts that are kept each on its own are the traits of one scan, and only the part that changed is read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.oracle.village import Event, Village, handed
from tests.oracle.villages import village
from titian.traits.catalogue import trait
from titian.traits.parts import trait_parts
from titian.traits.planner import TraitTable, moment_of, trait_table
from titian.traits.scanning import scanned_since
from titian.warehouse.dataset import Dataset

NAMES = [
    "spend",
    "spend_30d",
    "refund_amount_30d",
    "order_count_90d",
    "recency_days",
    "last_order_at",
    "tenure_days",
    "view_count",
    "view_count_7d",
    "cart_count_30d",
    "view_count_between_-60d_-30d",
    "days_since_view",
    "last_cart_at",
    "event_count_30d",
    "active_days_30d",
    "city",
]
SEEN, END = village(7, 40)
DATA = handed(SEEN)


def rows(found: TraitTable) -> list[dict[str, object]]:
    told: list[dict[str, object]] = found.data.arrow(found.rows.order_by("customer_id")).to_pylist()
    return told


@given(names=st.lists(st.sampled_from(NAMES), max_size=6, unique=True))
@QUICK
def test_parts_are_the_whole(names: list[str]) -> None:
    traits = [trait(name) for name in names]
    assert rows(trait_parts(traits, DATA, END)) == rows(trait_table(traits, DATA, END))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(12))
def test_parts_are_the_whole_in_any_village(seed: int) -> None:
    seen, end = village(seed, 30)
    data, traits = handed(seen), [trait(name) for name in NAMES]
    assert rows(trait_parts(traits, data, end)) == rows(trait_table(traits, data, end))


def test_who_did_nothing_within_the_windows_is_there_all_the_same() -> None:
    long_ago = Event("a", "view", datetime(2020, 1, 1, tzinfo=UTC))
    data = handed(Village("UTC", events=(long_ago,)))
    found = rows(trait_parts([trait("view_count_7d")], data, datetime(2024, 1, 1, tzinfo=UTC)))
    assert found == [{"customer_id": "a", "view_count_7d": 0}]


class Counting:
    """A connection that counts what it computes."""

    def __init__(self, data: Dataset) -> None:
        self.inner, self.made = data.engine.connection, 0  # type: ignore[attr-defined]
        data.engine.connection = self  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def execute(self, query: str, *values: object) -> object:
        self.made += query.startswith("CREATE TABLE")
        return self.inner.execute(query, *values)


def test_another_window_of_events_does_not_read_the_orders_again() -> None:
    data = handed(village(3, 20)[0])
    counting = Counting(data)

    def ask(days: int) -> int:
        before = counting.made
        trait_parts([trait("spend_365d"), trait(f"view_count_{days}d")], data, END)
        return counting.made - before

    assert [ask(30), ask(31), ask(31), ask(30)] == [3, 1, 0, 0], "who was seen, orders, events; then events alone"


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("view_count_7d", 7),
        ("view_count_between_-60d_-30d", 60),
        ("view_count", None),
        ("last_view_at", None),
        ("refund_amount_30d", None),
    ],
    ids=["a window", "a span", "all history", "an extreme", "dated by another column"],
)
def test_since_when_rows_can_count(name: str, days: int | None) -> None:
    moment, one = moment_of(DATA, END), trait(name)
    source = one.made.source  # type: ignore[union-attr]
    expected = None if days is None else SEEN.shop.days_before(END, days).astimezone(UTC).replace(tzinfo=None)
    assert scanned_since(one, source.at, moment) == expected


def test_rows_at_the_very_beginning_of_a_window_count() -> None:
    begin = datetime(2024, 1, 2, tzinfo=UTC)
    at = [begin - timedelta(microseconds=1), begin, begin + timedelta(microseconds=1)]
    events = tuple(Event(who, "view", one) for who, one in zip("abc", at, strict=True))
    found = rows(
        trait_parts([trait("view_count_7d")], handed(Village("UTC", events=events)), begin + timedelta(days=7))
    )
    assert [row["view_count_7d"] for row in found] == [0, 1, 1]


def test_rows_handed_in_need_no_order() -> None:
    orders = pa.table(
        {
            "order_id": [f"o{n}" for n in range(6)],
            "customer_id": list("abcabc"),
            "ordered_at": pa.array([datetime(2024, 1, day, tzinfo=UTC) for day in (6, 1, 5, 2, 4, 3)]),
            "amount": [float(n) for n in range(6)],
        }
    )
    day, names = "2024-02-01", ["spend", "last_order_at"]
    straight, turned = (tt.traits(names, tt.Dataset(orders=one, timezone="UTC"), as_of=day) for one in (
        orders, orders.take([5, 3, 1, 0, 2, 4])
    ))  # fmt: skip
    assert straight.sort_values("customer_id").values.tolist() == turned.sort_values("customer_id").values.tolist()
