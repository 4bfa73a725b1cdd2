"""Files with a row for each product of an order."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import LINE_HEADER, LINES, csv, put, rows
from titian.domain.mapping import Mapping
from titian.warehouse.lake import Lake

SALE = (
    "536365,85123A,6,2010-12-01 08:26:00,2.55,17850.0",
    "536365,71053,6,2010-12-01 08:25:00,3.39,17850.0",
    "C536379,D,-1,2010-12-01 09:41:00,27.50,14527.0",
    "536414,22139,56,2010-12-01 11:52:00,0.0,",
)


def orders(lake: Lake) -> list[tuple[object, ...]]:
    return rows(lake, "orders", "order_id", "customer_id", "ordered_at", "amount", "status")


def test_lines_become_orders_with_the_sum_and_the_earliest_time(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, csv(tmp_path / "a.csv", LINE_HEADER, *SALE), LINES)
    assert (report.good, report.added, report.without_customer) == (4, 3, 1)
    assert orders(lake) == [
        ("536365", "17850", datetime(2010, 12, 1, 8, 25), Decimal("35.64"), "paid"),
        ("536414", None, datetime(2010, 12, 1, 11, 52), Decimal(0), "paid"),
        ("C536379", "14527", datetime(2010, 12, 1, 9, 41), Decimal("27.50"), "refund"),
    ]


def test_every_line_is_an_item(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", LINE_HEADER, *SALE, SALE[0]), LINES)
    items = rows(lake, "order_items", "order_id", "product_id", "quantity", "unit_price")
    assert items.count(("536365", "85123A", 6.0, Decimal("2.55"))) == 2
    assert len(items) == 5


def test_the_same_lines_again_change_nothing(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", LINE_HEADER, *SALE, SALE[0]), LINES)
    before = rows(lake), rows(lake, "order_items")
    report = put(lake, csv(tmp_path / "b.csv", LINE_HEADER, SALE[0], *reversed(SALE)), LINES)
    assert (report.unchanged, report.added, report.updated) == (3, 0, 0)
    assert (rows(lake), rows(lake, "order_items")) == before


def test_an_order_that_comes_again_is_replaced_with_its_lines(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", LINE_HEADER, *SALE), LINES)
    report = put(lake, csv(tmp_path / "b.csv", LINE_HEADER, "536365,85123A,1,2010-12-01 08:26:00,2.55,17850"), LINES)
    assert report.updated == 1
    assert orders(lake)[0][3] == Decimal("2.55")
    assert [r for r in rows(lake, "order_items", "order_id", "quantity") if r[0] == "536365"] == [("536365", 1.0)]


def test_lines_both_ways_are_a_paid_order_and_a_refund_of_its_own(lake: Lake, tmp_path: Path) -> None:
    both = ("1,a,2,2020-01-01,5,7", "1,b,-1,2020-01-03,3,7")
    put(lake, csv(tmp_path / "a.csv", LINE_HEADER, *both), LINES)
    assert orders(lake) == [
        ("1#refund", "7", datetime(2020, 1, 3), Decimal(3), "refund"),
        ("1", "7", datetime(2020, 1, 1), Decimal(10), "paid"),
    ]
    put(lake, csv(tmp_path / "b.csv", LINE_HEADER, both[0]), LINES)
    assert [row[0] for row in orders(lake)] == ["1"]


def test_lines_that_disagree_about_the_customer_are_turned_away(lake: Lake, tmp_path: Path) -> None:
    lines = ("1,a,2,2020-01-01,5,7", "1,b,1,2020-01-01,3,8", "2,a,1,2020-01-01,1,8")
    report = put(lake, csv(tmp_path / "a.csv", LINE_HEADER, *lines), LINES)
    assert (report.rejected, report.added) == (2, 1)
    assert {reject.row for reject in report.rejects} == {2, 3}
    assert "different customers" in report.rejects[0].reason.en


def test_a_bad_line_holds_its_whole_order_back(lake: Lake, tmp_path: Path) -> None:
    lines = ("1,a,2,2020-01-01,5,7", "1,b,many,2020-01-01,3,7", "2,a,1,2020-01-01,1,8")
    report = put(lake, csv(tmp_path / "a.csv", LINE_HEADER, *lines), LINES)
    assert [(r.row, r.column) for r in report.rejects] == [(2, "InvoiceNo"), (3, "Quantity")]
    assert [row[0] for row in orders(lake)] == ["2"]


def test_an_amount_beside_the_lines_counts_once_where_it_repeats(lake: Lake, tmp_path: Path) -> None:
    mapping = Mapping(columns={**LINES.columns, "amount": "Total"})
    lines = ("1,a,2,2020-01-01,5,7,12", "1,b,1,2020-01-01,3,7,12")
    put(lake, csv(tmp_path / "a.csv", LINE_HEADER + ",Total", *lines), mapping)
    assert orders(lake)[0][3] == Decimal(12)


def test_an_amount_that_differs_from_line_to_line_is_summed(lake: Lake, tmp_path: Path) -> None:
    mapping = Mapping(columns={**LINES.columns, "amount": "Total"})
    lines = ("1,a,2,2020-01-01,5,7,9.5", "1,b,1,2020-01-01,3,7,3")
    put(lake, csv(tmp_path / "a.csv", LINE_HEADER + ",Total", *lines), mapping)
    assert orders(lake)[0][3] == Decimal("12.5")


line = st.tuples(st.integers(1, 5), st.sampled_from("pqr"), st.integers(-6, 9), st.decimals(-5, 50, places=2))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(line, min_size=1, max_size=30))
def test_paid_less_refunds_is_the_sum_of_all_lines(
    tmp_path_factory: object, lines: list[tuple[int, str, int, Decimal]]
) -> None:
    folder = tmp_path_factory.mktemp("lines")  # type: ignore[attr-defined]
    text = [f"{order},{product},{quantity},2020-01-01,{price},{order}" for order, product, quantity, price in lines]
    expected: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for order, _, quantity, price in lines:
        money = quantity * price
        back = money < 0 or (money == 0 and quantity < 0)
        expected[(str(order), "refund" if back else "paid")] += abs(money)
    with Lake.open(folder / "shop") as lake:
        put(lake, csv(folder / "a.csv", LINE_HEADER, *text), LINES)
        found = rows(lake, "orders", "order_id", "status", "amount")
    assert {(order.removesuffix("#refund"), status): amount for order, status, amount in found} == expected
