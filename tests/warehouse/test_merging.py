"""Merging: what several files make together, against counters and dictionaries of plain Python."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import LINE_HEADER, LINES, ORDERS, csv, orders_csv, put, rows
from titian.domain.mapping import Mapping
from titian.warehouse.lake import Lake

FEW = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
UNKEYED = Mapping(columns={"customer_id": "who", "ordered_at": "day", "amount": "money"})
REFUNDS = Mapping(columns={**ORDERS.columns, "refunded_amount": "back", "refunded_at": "back_at", "status": "state"})
REFUND_HEADER = "order_id,customer_id,ordered_at,amount,back,back_at,state"
SEEN = Mapping(table="events", columns={"customer_id": "who", "event": "what", "occurred_at": "at", "event_id": "id"})
CHANGES = Mapping(
    table="customer_changes",
    columns={"customer_id": "who", "attribute": "what", "value": "to", "changed_at": "at"},
)


@pytest.fixture(scope="module")
def folders() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def fresh(folders: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=folders))


def told(report: object) -> tuple[int, int, int]:
    return (report.added, report.updated, report.unchanged)  # type: ignore[attr-defined]


batches = st.lists(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 2), st.integers(0, 1)), min_size=1, max_size=8),
    min_size=2,
    max_size=3,
)


@FEW
@given(batches=batches)
def test_orders_without_ids_are_as_many_as_the_fullest_file_has(
    folders: Path, batches: list[list[tuple[str, int, int]]]
) -> None:
    folder, held = fresh(folders), Counter[tuple[str, int, int]]()
    with Lake.open(folder / "shop") as lake:
        for number, batch in enumerate(batches):
            lines = [f"{who},2020-01-0{day},{money},{number}" for who, day, money in batch]
            report = put(lake, csv(folder / f"{number}.csv", "who,day,money,file", *lines), UNKEYED)
            more = held | Counter(batch)
            assert told(report) == (more.total() - held.total(), 0, len(batch) - more.total() + held.total())
            held = more
        assert Counter(rows(lake, "orders", "customer_id", "day(ordered_at)", "amount::INT")) == held


def test_a_row_that_comes_again_keeps_the_time_when_it_was_learnt_of(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2"))
    before = dict(rows(lake, "orders", "order_id", "recorded_at"))
    put(lake, orders_csv(tmp_path / "b.csv", "1,ann,2020-01-01,1.000", "2,bob,2020-01-02,3", "3,cy,2020-01-03,3"))
    after = dict(rows(lake, "orders", "order_id", "recorded_at"))
    assert after["1"] == before["1"] == before["2"]
    assert after["2"] == after["3"] > before["2"]


def test_the_sources_own_time_of_recording_is_kept(lake: Lake, tmp_path: Path) -> None:
    mapping = Mapping(columns={**ORDERS.columns, "recorded_at": "noted"})
    header = "order_id,customer_id,ordered_at,amount,noted"
    put(lake, csv(tmp_path / "a.csv", header, "1,ann,2020-01-01,1,2020-01-09 10:00:00"), mapping)
    assert rows(lake, "orders", "recorded_at") == [(datetime(2020, 1, 9, 10),)]
    report = put(lake, csv(tmp_path / "b.csv", header, "1,ann,2020-01-01,1,2020-02-09 10:00:00"), mapping)
    assert told(report) == (0, 0, 1), "nothing but the time of recording differs"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1,ann,2020-01-01,5,,,", "1,ann,2020-01-01,5,5,2020-02-01,"),
        ("1,ann,2020-01-01,5,2,2020-02-01,", "1,ann,2020-01-01,5,2,2020-02-02,"),
        ("1,ann,2020-01-01,5,2,2020-02-01,", "1,ann,2020-01-01,5,,,"),
        ("1,ann,2020-01-01,5,,,paid", "1,ann,2020-01-01,5,,,cancelled"),
        ("1,ann,2020-01-01,5,,,", "1,,2020-01-01,5,,,"),
        ("1,ann,2020-01-01,5,,,", "1,ann,2020-01-01,-5,,,"),
    ],
    ids=["refunded", "another refund day", "refund withdrawn", "status", "customer gone", "turned into a refund"],
)
def test_a_change_of_any_column_is_an_update_and_going_back_another(
    lake: Lake, tmp_path: Path, before: str, after: str
) -> None:
    put(lake, csv(tmp_path / "a.csv", REFUND_HEADER, before), REFUNDS)
    whole = rows(lake, "orders", "order_id", "customer_id", "amount", "refunded_amount", "refunded_at", "status")
    assert told(put(lake, csv(tmp_path / "b.csv", REFUND_HEADER, after), REFUNDS)) == (0, 1, 0)
    assert told(put(lake, csv(tmp_path / "c.csv", REFUND_HEADER, before, ""), REFUNDS)) == (0, 1, 0)
    assert (
        rows(lake, "orders", "order_id", "customer_id", "amount", "refunded_amount", "refunded_at", "status") == whole
    )


def test_a_refund_keeps_its_own_date_beside_that_of_the_order(lake: Lake, tmp_path: Path) -> None:
    lines = ("1,ann,2020-01-01 23:30:00,50,-20.5,2020-03-01 00:10:00,", "2,ann,2020-01-02,50,,,")
    put(lake, csv(tmp_path / "a.csv", REFUND_HEADER, *lines), REFUNDS, zone="Asia/Tokyo")
    assert rows(lake, "orders", "order_id", "ordered_at", "amount", "refunded_amount", "refunded_at", "status") == [
        ("1", datetime(2020, 1, 1, 14, 30), Decimal(50), Decimal("20.5"), datetime(2020, 2, 29, 15, 10), "paid"),
        ("2", datetime(2020, 1, 1, 15), Decimal(50), None, None, "paid"),
    ]


def test_a_column_that_a_later_file_lacks_is_empty_then(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", REFUND_HEADER, "1,ann,2020-01-01,5,2,2020-02-01,paid"), REFUNDS)
    assert told(put(lake, orders_csv(tmp_path / "b.csv", "1,ann,2020-01-01,5"))) == (0, 1, 0)
    assert rows(lake, "orders", "refunded_amount", "refunded_at") == [(None, None)]


def test_the_same_event_twice_is_one_and_a_changed_one_is_updated(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", "id,who,what,at", "1,ann,view,2020-01-01", "2,ann,view,2020-01-01"), SEEN)
    report = put(lake, csv(tmp_path / "b.csv", "id,who,what,at", "2,ann,cart,2020-01-01", "3,,view,2020-01-01"), SEEN)
    assert (told(report), report.without_customer) == ((1, 1, 0), 1)
    assert rows(lake, "events", "event_id", "event") == [("1", "view"), ("2", "cart"), ("3", "view")]


def test_changes_of_customers_without_ids_load_twice_without_doubling(lake: Lake, tmp_path: Path) -> None:
    lines = ["ann,city,上海,2020-01-01", "ann,city,北京,2020-02-01", "ann,city,,2020-03-01"]
    put(lake, csv(tmp_path / "a.csv", "who,what,to,at", *lines), CHANGES)
    more = csv(tmp_path / "b.csv", "who,what,to,at", *reversed(lines), "bob,city,上海,2020-01-01")
    assert told(put(lake, more, CHANGES)) == (1, 0, 3)


line = st.tuples(st.sampled_from("12"), st.sampled_from("pq"), st.integers(-2, 3).filter(bool), st.integers(1, 3))


@FEW
@given(batches=st.lists(st.lists(line, min_size=1, max_size=6), min_size=2, max_size=3))
def test_orders_of_lines_are_those_of_the_last_file_that_has_them(
    folders: Path, batches: list[list[tuple[str, str, int, int]]]
) -> None:
    folder, held = fresh(folders), dict[str, list[tuple[str, str, int, int]]]()
    with Lake.open(folder / "shop") as lake:
        for number, batch in enumerate(batches):
            listed = [f"{key},{product},{count},2020-01-01,{price},ann" for key, product, count, price in batch]
            put(lake, csv(folder / f"{number}.csv", LINE_HEADER, *listed), LINES)
            held |= {key: [one for one in batch if one[0] == key] for key, *_ in batch}
        found = rows(lake, "orders", "order_id", "amount::INT", "status")
        items = rows(lake, "order_items", "product_id", "quantity::INT", "unit_price::INT")
    assert sorted(found) == sorted(order for key, lines in held.items() for order in orders_of(key, lines))
    assert Counter(items) == Counter(one[1:] for lines in held.values() for one in lines)


def orders_of(key: str, lines: list[tuple[str, str, int, int]]) -> list[tuple[str, int, str]]:
    """What was paid, and what was given back: beside a payment it is a refund of its own."""
    paid = sum(count * price for _, _, count, price in lines if count > 0)
    back = -sum(count * price for _, _, count, price in lines if count < 0)
    given = [(key, paid, "paid")] if paid else []
    return given + ([(f"{key}#refund" if paid else key, back, "refund")] if back else [])
