"""Tables that stay where they are mean what the same rows mean as a frame: shown on DuckDB, which is always there."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from titian.domain.mapping import Mapping
from titian.errors import InputError
from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.frames import canonical
from titian.warehouse.placed import canonical_on
from titian.warehouse.tables import TABLES

ZONE = "Europe/London"
AT = pa.array([datetime(2020, 7, 1, 12)], pa.timestamp("us"))


def placed(
    rows: pa.Table, table: str = "orders", said: ReadOnly[str, str] | Mapping | None = None
) -> list[dict[str, Any]]:
    """The canonical rows of a table that stays in its database."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE there AS FROM rows")
        engine = DuckDBEngine(connection)
        found = canonical_on(engine, table, engine.backend.table("there"), said or {}, ZONE)
        assert tuple(found.columns) == tuple(column.name for column in TABLES[table].columns)
        return sorted(engine.arrow(found).to_pylist(), key=repr)


def copied(
    rows: pa.Table, table: str = "orders", said: ReadOnly[str, str] | Mapping | None = None
) -> list[dict[str, Any]]:
    """The canonical rows of the same as a frame."""
    with duckdb.connect() as connection:
        canonical(connection, {table: rows}, {table: said or {}}, ZONE, False)
        names = [column.name for column in TABLES[table].columns]
        found = connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
    return sorted((dict(zip(names, row, strict=True)) for row in found), key=repr)


def one(**columns: object) -> pa.Table:
    """One order, with these columns otherwise or besides."""
    return pa.table({"order_id": ["1"], "customer_id": ["ann"], "ordered_at": AT, "amount": [1.0], **columns})


blanks = st.sampled_from(["", " ", "\t", "\u3000", "\xa0", "\ufeff", "\n"])
words = st.none() | st.builds("{}{}{}".format, blanks, st.sampled_from(["", "app", "门 店", "O'Brien", "a\\b"]), blanks)
order = st.fixed_dictionaries(
    {
        "customer_id": words,
        "ordered_at": st.datetimes(datetime(1975, 1, 1), datetime(2060, 1, 1)),
        "amount": st.decimals(-(10**9), 10**9, places=4),
        "refunded_amount": st.none() | st.decimals(-100, 100, places=3),
        "status": st.sampled_from([None, "", " paid", "SHIPPED", "交易关闭", "refund"]),
        "channel": words,
    }
)
TYPES = {
    "order_id": pa.string(),
    "customer_id": pa.string(),
    "ordered_at": pa.timestamp("us"),
    "amount": pa.decimal128(20, 8),
    "refunded_amount": pa.decimal128(12, 5),
    "status": pa.string(),
    "channel": pa.string(),
}


@settings(max_examples=4, deadline=None)
@given(st.lists(order, min_size=10, max_size=40))
def test_a_placed_table_is_what_a_frame_of_its_rows_is(orders: list[dict[str, Any]]) -> None:
    numbered = [{"order_id": f"o{place}", **row} for place, row in enumerate(orders)]
    rows = pa.Table.from_pylist(numbered, pa.schema(list(TYPES.items())))
    assert placed(rows) == copied(rows)


def amounts(*given: str) -> list[Decimal]:
    """Amounts with nine decimals, as a placed table keeps them."""
    count = len(given)
    rows = pa.table(
        {
            "order_id": [f"{place:03}" for place in range(count)],
            "customer_id": ["a"] * count,
            "ordered_at": pa.array([datetime(2020, 1, 1)] * count),
            "amount": pa.array([Decimal(text) for text in given], pa.decimal128(20, 9)),
        }
    )
    return [row["amount"] for row in placed(rows)]


@settings(max_examples=4, deadline=None)
@given(st.lists(st.integers(-(10**17), 10**17).filter(lambda whole: whole % 10**5 != 50_000), min_size=20, max_size=60))
def test_money_is_rounded_to_four_decimals(billionths: list[int]) -> None:
    given = [Decimal(whole).scaleb(-9) for whole in billionths]
    wanted = [abs(amount.quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN)) for amount in given]
    assert amounts(*map(str, given)) == wanted


def test_a_tie_goes_to_the_even_digit() -> None:
    assert amounts("0.00005", "0.00015", "-0.00025") == [0, Decimal("0.0002"), Decimal("0.0002")]


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        (AT, datetime(2020, 7, 1, 11)),
        (pa.array([datetime(2020, 7, 1, 12, tzinfo=UTC)]), datetime(2020, 7, 1, 12)),
        (pa.array([datetime(2020, 7, 1, 12)]).cast(pa.timestamp("ns")), datetime(2020, 7, 1, 11)),
        (pa.array([date(2020, 7, 1)]), datetime(2020, 6, 30, 23)),
        (pa.array([date(2020, 1, 1)]), datetime(2020, 1, 1)),
    ],
    ids=["wall", "zoned", "nanoseconds", "summer day", "winter day"],
)
def test_times_without_a_zone_are_of_the_workspaces(at: pa.Array, instant: datetime) -> None:
    assert placed(one(ordered_at=at))[0]["ordered_at"] == instant


def test_a_zone_of_the_mapping_wins() -> None:
    said = Mapping(columns={c: c for c in ("customer_id", "ordered_at", "amount")}, timezone="Asia/Tokyo")
    assert placed(one(), said=said)[0]["ordered_at"] == datetime(2020, 7, 1, 3)


@pytest.mark.parametrize(
    ("paid", "back", "status"),
    [(AT, 0.0, "paid"), (None, None, "unpaid"), (None, 0.0, "unpaid"), (None, 2.0, "paid")],
    ids=["paid", "nothing known", "nothing back", "money back"],
)
def test_who_has_a_payment_time_or_got_money_back_has_paid(
    paid: pa.Array | None, back: float | None, status: str
) -> None:
    rows = one(
        paid_at=paid if paid is not None else pa.nulls(1, pa.timestamp("us")),
        refunded_amount=pa.array([back], pa.float64()),
    )
    assert (placed(rows)[0]["status"], copied(rows)[0]["status"]) == (status, status)


def test_not_a_number_is_no_value() -> None:
    rows = one(amount=[float("nan")], refunded_amount=[float("nan")], cost=[float("nan")])
    [found] = placed(rows)
    assert (found["amount"], found["refunded_amount"], found["cost"]) == (0, None, None)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("İade", id="turkish"),
        pytest.param("ΑΚΥΡΩΜΕΝΟΣ", id="greek"),
        pytest.param("Zurück", id="german"),
    ],
)
def test_a_status_of_the_mapping_counts_in_every_alphabet(name: str) -> None:
    names = ("order_id", "customer_id", "ordered_at", "amount", "status")
    said = Mapping(columns={c: c for c in names}, status_values={name: "cancelled"})
    assert placed(one(status=[name]), said=said)[0]["status"] == "cancelled"


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("customers", {"customer_id": ["1"], "birth_date": [date(1990, 5, 6)], "first_seen_at": AT, "city": ["上海 "]}),
        ("events", {"customer_id": ["1"], "event": ["view"], "occurred_at": AT, "value": [0.1], "properties": ["{}"]}),
        ("order_items", {"order_id": ["1"], "item_id": ["i"], "quantity": [2], "unit_price": [0.00015]}),
        ("links", {"link_id": ["l"], "from_id": ["1"], "to_id": ["2"], "weight": [3]}),
        ("costs", {"cost_id": ["k"], "day": [date(2020, 2, 29)], "amount": [9.99], "channel": [None]}),
        ("invites", {"invite_id": ["v"], "inviter_id": ["1"], "invited_at": AT}),
        ("customer_changes", {"change_id": ["h"], "customer_id": ["1"], "attribute": ["city"], "changed_at": AT}),
    ],
)
def test_every_other_table_is_what_a_frame_of_it_is(table: str, rows: dict[str, object]) -> None:
    given = pa.table(rows)
    # A row of events needs an id of its own where it stays; a frame gets one made.
    given = given.append_column("event_id", pa.array(["e"])) if table == "events" else given
    assert placed(given, table) == copied(given, table)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (one(ordered_at=["2020-01-01"]), "ordered_at"),
        (one(amount=["1"]), "amount"),
        (one(customer_id=[1.0]), "customer_id"),
        (one(channel=[["a"]]), "channel"),
        (one(status=["frobnicated"]), "frobnicated"),
        (one().drop_columns("customer_id"), "customer_id"),
    ],
    ids=["text time", "text money", "float id", "list", "strange status", "missing column"],
)
def test_what_can_not_be_meant_is_refused_by_its_name(
    rows: pa.Table, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The reason comes from the table of what an engine can't do; DuckDB can do all of it and has none.
    monkeypatch.setattr(DuckDBEngine, "key", "spark")
    with pytest.raises(InputError, match=named):
        placed(rows)


def test_a_column_of_remarks_is_no_status() -> None:
    remarks = [f"remark {number}" for number in range(301)]
    rows = pa.table(
        {
            "order_id": [str(number) for number in range(301)],
            "customer_id": ["ann"] * 301,
            "ordered_at": pa.array([datetime(2020, 7, 1)] * 301, pa.timestamp("us")),
            "amount": [1.0] * 301,
            "note": remarks,
        }
    )
    with pytest.raises(InputError, match="note has more than 300 different values"):
        placed(rows, said={"status": "note"})
