"""States of the data: what names them, what is pinned at one, and what changed from one to another."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import ORDERS, csv, orders_csv, put
from titian.domain.mapping import Mapping as Layout
from titian.domain.meanings import USUAL, Meanings
from titian.warehouse.dataset import EPOCH, Dataset, state_name
from titian.warehouse.intake import dataset_of
from titian.warehouse.lake import Lake
from titian.warehouse.pinned import pinned
from titian.warehouse.undoing import undo

ZONE = "Asia/Shanghai"
BACK = Layout(columns={**ORDERS.columns, "refunded_amount": "back", "refunded_at": "back_at"})
PEOPLE = Layout(table="customers", columns={"customer_id": "id", "registered_at": "since", "city": "city"})


def at(lake: Lake, before: Dataset | None = None, zone: str = ZONE, meanings: Meanings = USUAL) -> Dataset:
    """The data as they are now."""
    return pinned(lake, lake.version(), timezone=zone, currency="CNY", meanings=meanings, before=before)


def amounts(data: Dataset) -> dict[object, object]:
    return {row["order_id"]: row["amount"] for row in data.execute(data.table("orders"))}


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_state_is_named_by_version_zone_and_meanings() -> None:
    seen = [
        state_name(version, zone, meanings)
        for version in ("a-1", "a-2", "b-1")
        for zone in ("UTC", ZONE)
        for meanings in (USUAL, Meanings.of({"view": "看过"}), Meanings.of({"cart": "看过"}))
    ]
    assert len(set(seen)) == len(seen)
    assert state_name("a-1", "UTC", Meanings.of({})) == state_name("a-1", "UTC", USUAL)


def test_the_order_in_which_meanings_were_said_makes_no_other_state() -> None:
    one, other = {"view": ["看过", "seen"], "cart": "篮"}, {"cart": "篮", "view": ["看过", "seen"]}
    assert Meanings.of(one).digest == Meanings.of(other).digest


def test_a_pinned_state_stays_while_others_load(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2"))
    first = at(lake)
    put(lake, orders_csv(tmp_path / "b.csv", "2,bob,2020-01-02,5", "3,cy,2020-01-03,3"))
    second = at(lake, first)
    assert amounts(first) == {"1": Decimal(1), "2": Decimal(2)}
    assert amounts(second) == {"1": Decimal(1), "2": Decimal(5), "3": Decimal(3)}
    assert amounts(first) == {"1": Decimal(1), "2": Decimal(2)}
    assert first.version != second.version


def test_a_later_state_goes_on_with_what_was_computed_and_a_rebuilt_one_does_not(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
    first = at(lake)
    put(lake, orders_csv(tmp_path / "b.csv", "2,ann,2020-01-01,1"))
    second = at(lake, first)
    lake.rebuild()
    third = at(lake, second)
    assert second.engine.cache is first.engine.cache
    assert third.engine.cache is not first.engine.cache
    assert (third.changed_since(second.version, ["orders"]), amounts(third)) == (None, amounts(second))


def test_tables_without_rows_are_as_if_never_handed_in(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
    data = at(lake)
    assert [name for name in ("orders", "customers", "events", "links") if data.has(name)] == ["orders"]


def test_the_extent_is_that_of_the_state(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01 12:00:00,1", "2,ann,2020-03-01 23:30:00,1"))
    data = at(lake)
    assert (data.earliest, data.end()) == (day("2020-01-01T12:00"), day("2020-03-01T23:30"))
    assert data.newest_day_end() == day("2020-03-02T16:00"), "in Shanghai it is the second of March already"
    assert data.fork().end() == data.end()


def test_each_kind_of_change_is_told_from_its_earliest_instant(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2"))
    states = [at(lake)]
    added = put(lake, orders_csv(tmp_path / "b.csv", "3,cy,2020-03-03,3", "4,cy,2020-03-04,3"))
    states.append(at(lake))
    put(lake, orders_csv(tmp_path / "c.csv", "2,bob,2020-02-05,2", "1,ann,2020-01-01,1"))
    states.append(at(lake))
    undo(lake, str(added.batch_id))
    states.append(at(lake))
    found = [later.changed_since(earlier.version, ["orders"]) for earlier, later in pairwise(states)]
    assert found == [
        {"orders": day("2020-03-03")},
        {"orders": day("2020-01-02")},
        {"orders": day("2020-03-03")},
    ]
    assert states[-1].changed_since(states[0].version, ["orders"]) == {"orders": day("2020-01-02")}
    assert states[0].changed_since(states[-1].version, ["orders"]) is None, "an earlier state knows no later one"


def test_nothing_changed_since_the_same_state_or_by_the_same_rows(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
    first = at(lake)
    put(lake, orders_csv(tmp_path / "b.csv", "1,ann,2020-01-01,1.00"))
    assert at(lake).changed_since(first.version, ["orders", "events"]) == {}
    assert first.changed_since(first.version, ["orders"]) == {}


def test_another_zone_or_other_meanings_are_nothing_to_compare_with(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
    here = at(lake)
    for other in (at(lake, zone="UTC"), at(lake, meanings=Meanings.of({"view": "看过"}))):
        assert here.changed_since(other.version, ["orders"]) is None


def test_a_refund_that_is_learnt_of_changes_the_order_from_its_first_day_on(lake: Lake, tmp_path: Path) -> None:
    header = "order_id,customer_id,ordered_at,amount,back,back_at"
    put(lake, csv(tmp_path / "a.csv", header, "1,ann,2020-01-05,9,,", "2,ann,2020-01-01,9,,"), BACK)
    first = at(lake)
    put(lake, csv(tmp_path / "b.csv", header, "1,ann,2020-01-05,9,4,2020-02-01"), BACK)
    assert at(lake).changed_since(first.version, ["orders"]) == {"orders": day("2020-01-05")}


def test_a_row_without_any_instant_changes_everything_from_1970_on(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", "id,since,city", "1,2020-01-01,上海"), PEOPLE)
    states = [at(lake)]
    put(lake, csv(tmp_path / "b.csv", "id,since,city", "2,2020-06-01,上海"), PEOPLE)
    states.append(at(lake))
    put(lake, csv(tmp_path / "c.csv", "id,since,city", "3,,北京", "4,2020-07-01,上海"), PEOPLE)
    states.append(at(lake))
    found = [b.changed_since(a.version, ["customers", "orders"]) for a, b in pairwise(states)]
    assert found == [{"customers": day("2020-06-01")}, {"customers": EPOCH}]


@pytest.mark.parametrize("keep_days", [7, 0])
def test_after_tidying_nothing_changed_or_nobody_knows(lake: Lake, tmp_path: Path, keep_days: int) -> None:
    for number in range(3):
        put(lake, orders_csv(tmp_path / f"{number}.csv", f"1,ann,2020-01-01,{number}", f"n{number},bob,2020-05-05,1"))
    before = at(lake)
    lake.tidy(keep_days=keep_days)
    after = at(lake)
    assert after.changed_since(before.version, ["orders"]) in (None, {})
    assert amounts(after) == {"1": Decimal(2), "n0": Decimal(1), "n1": Decimal(1), "n2": Decimal(1)}


@dataclass
class Shop:
    """A warehouse beside the orders that it should hold after each load."""

    lake: Lake
    folder: Path
    held: list[dict[str, tuple[str, date, int]]] = field(default_factory=lambda: [{}])
    states: list[Dataset] = field(default_factory=list)

    def load(self, batch: Mapping[str, tuple[str, date, int]]) -> None:
        lines = [f"{key},{who},{on},{amount}" for key, (who, on, amount) in batch.items()]
        put(self.lake, orders_csv(self.folder / f"{len(self.held)}.csv", *lines))
        self.held.append({**self.held[-1], **batch})
        self.states.append(at(self.lake))


@pytest.fixture(scope="module")
def folders() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


orders = st.dictionaries(
    st.sampled_from("123456"),
    st.tuples(st.sampled_from(["ann", "bob"]), st.dates(date(2020, 1, 1), date(2020, 1, 9)), st.integers(0, 2)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches=st.lists(orders, min_size=3, max_size=3))
def test_what_changed_between_any_two_states_is_what_a_dictionary_says(
    folders: Path, batches: list[dict[str, tuple[str, date, int]]]
) -> None:
    folder = Path(tempfile.mkdtemp(dir=folders))
    with Lake.open(folder / "shop") as lake:
        shop = Shop(lake, folder)
        for batch in batches:
            shop.load(batch)
        for later in range(len(batches)):
            for earlier in range(later + 1):
                found = shop.states[later].changed_since(shop.states[earlier].version, ["orders"])
                assert_says(found, shop.held[earlier + 1 : later + 2])


def assert_says(found: Mapping[str, datetime] | None, held: list[dict[str, tuple[str, date, int]]]) -> None:
    """Every row that differs at some step is told, from its earliest day on."""
    days = [
        row[1]
        for before, after in pairwise(held)
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
        for row in (before.get(key), after.get(key))
        if row is not None
    ]
    first = min(days, default=None)
    assert found == ({} if first is None else {"orders": datetime(first.year, first.month, first.day, tzinfo=UTC)})


@pytest.mark.parametrize(("newest", "hours"), [("2021-03-28", 23), ("2021-10-31", 25), ("2021-06-01", 24)])
def test_the_end_of_a_day_is_that_of_the_local_calendar_also_when_the_clocks_change(newest: str, hours: int) -> None:
    frame = pa.table({"customer_id": ["ann"], "ordered_at": [f"{newest} 09:00:00"], "amount": [1]})
    data = dataset_of({"orders": frame}, timezone="Europe/Berlin")
    started = datetime.fromisoformat(newest).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    assert data.newest_day_end() == started + timedelta(hours=hours)
