"""The list shows everyone once, in order, and only whom the filters select."""

from datetime import date, datetime

import pytest

from tests.app import market
from titian.app import customers
from titian.app.answers.customers import CustomerRow
from titian.app.customers import CustomerQuery
from titian.app.desk import Reading
from titian.app.held import assigned, one
from titian.errors import InputError, UnknownNameError

SORTS = ["customer_id", "layer", "spend", "recency_days", "typical_gap_days", "last_order_at", "refund_share"]


def everyone(reading: Reading, asked: CustomerQuery, limit: int = 7) -> list[CustomerRow]:
    rows: list[CustomerRow] = []
    cursor = None
    while True:
        page = customers.page(reading, asked, cursor, limit)
        rows += page.rows
        cursor = page.next_cursor
        if cursor is None:
            assert len(rows) == page.total
            return rows


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_pages_meet_everyone_once_in_order(reading: Reading, sort: str, order: str) -> None:
    rows = everyone(reading, CustomerQuery(sort=sort, order=order))
    assert len({row.customer_id for row in rows}) == len(rows) == len(market.customers())
    if sort in rows[0].traits:
        values = [row.traits[sort] for row in rows if row.traits[sort] is not None]
        assert values == sorted(values, reverse=order == "desc")
        assert [row.traits[sort] is None for row in rows] == sorted(row.traits[sort] is None for row in rows)


def test_spend_in_the_list_is_that_of_the_book(reading: Reading) -> None:
    midnight = datetime.combine(market.END, datetime.min.time())
    book = market.paid_spend(list(market.orders()), midnight, 365)
    rows = everyone(reading, CustomerQuery())
    assert {row.customer_id: row.traits["spend"] for row in rows} == pytest.approx(book)


def test_bounds_and_layers_select(reading: Reading) -> None:
    rows = everyone(reading, CustomerQuery())
    asked = CustomerQuery(minimum={"spend": 200}, maximum={"recency_days": 40}, layers=("important_value",))
    expected = {
        row.customer_id
        for row in rows
        if row.layer == "important_value" and row.traits["spend"] >= 200 and row.traits["recency_days"] <= 40  # type: ignore[operator]
    }
    assert {row.customer_id for row in everyone(reading, asked)} == expected != set()


@pytest.mark.parametrize(
    ("text", "found"), [("0000", 9), ("=CMD", 1), ("1381234", 1), ("li@EXAMPLE", 1), ("%", 0), ("' or 1=1 --", 0)]
)
def test_search_takes_the_text_as_text(reading: Reading, text: str, found: int) -> None:
    assert customers.page(reading, CustomerQuery(text=text), None, 50).total == found


def test_who_came_from_a_layer_were_in_it_on_the_compare_day(reading: Reading) -> None:
    before = date(2024, 9, 1)
    asked = CustomerQuery(as_of=market.END, compare=before, from_layer="important_value")
    got = assigned(reading, one(reading.desk, "rfm"), market.END)
    then = got.definition.assign(reading.data, as_of=reading.instant(before), fitted=got.fitted)  # type: ignore[attr-defined]
    frame = then.to_pandas()
    expected = set(frame.loc[frame.layer == "important_value", "customer_id"])
    assert {row.customer_id for row in everyone(reading, asked)} == expected != set()


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (CustomerQuery(sort="shoe_size"), UnknownNameError),
        (CustomerQuery(sort="spend; drop table"), UnknownNameError),
        (CustomerQuery(minimum={"last_order_at": 3}), UnknownNameError),
        (CustomerQuery(layers=("vip",)), UnknownNameError),
        (CustomerQuery(from_layer="vip"), UnknownNameError),
        (CustomerQuery(layering="rmf"), UnknownNameError),
    ],
    ids=str,
)
def test_what_is_not_there_is_named_with_what_is(
    reading: Reading, asked: CustomerQuery, error: type[Exception]
) -> None:
    with pytest.raises(error) as refused:
        customers.page(reading, asked, None, 10)
    assert refused.value.details["valid"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", ["spend", "spend:", ":5", "spend:abc", "spend:nan", "spend:1e999"])
def test_a_bound_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(InputError):
        customers.bounds([given], "min")


@pytest.mark.parametrize("cursor", ["", "x", "bm90IGpzb24", "WzFd", "ÿ"])
def test_a_cursor_that_is_none_is_refused(reading: Reading, cursor: str) -> None:
    with pytest.raises(InputError):
        customers.page(reading, CustomerQuery(), cursor, 10)


def test_a_cursor_of_another_order_is_refused(reading: Reading) -> None:
    cursor = customers.page(reading, CustomerQuery(sort="spend"), None, 5).next_cursor
    with pytest.raises(InputError):
        customers.page(reading, CustomerQuery(sort="order_count"), cursor, 5)
