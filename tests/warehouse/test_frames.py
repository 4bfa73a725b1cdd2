"""Frames of every kind, and files, as canonical tables."""

import gzip
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from titian.domain.mapping import Mapping
from titian.errors import InputError, UnknownNameError
from titian.warehouse.frames import FrameError, canonical
from titian.warehouse.sources.faults import DamagedFileError, EmptySourceError

SHOWN = "order_id, customer_id, ordered_at, amount, status"
FRAME = pd.DataFrame(
    {
        "order_id": ["1", "2", "3", "4"],
        "customer_id": [17850.0, 17850.0, None, 12.0],
        "ordered_at": pd.to_datetime(["2020-01-01 08:00", "2020-01-02", "2020-01-03", "2020-07-01"], format="ISO8601"),
        "amount": [9.9, -3.25, 0, 1.00005],
        "status": ["paid", None, None, "unpaid"],
    }
)
LINES = pd.DataFrame(
    {
        "InvoiceNo": ["536365", "536365", "C1"],
        "StockCode": ["a", "b", "a"],
        "Quantity": [2, 1, -1],
        "InvoiceDate": pd.to_datetime(["2020-01-01 08:00", "2020-01-01 07:59", "2020-01-02"], format="ISO8601"),
        "UnitPrice": [2.5, 3.0, 2.5],
        "CustomerID": [7.0, 7.0, None],
    }
)
KINDS: dict[str, Callable[[pd.DataFrame, Path], object]] = {
    "pandas": lambda frame, _: frame,
    "polars": lambda frame, _: pl.from_pandas(frame),
    "pyarrow": lambda frame, _: pa.Table.from_pandas(frame),
    "duckdb": lambda frame, _: duckdb.connect().from_df(frame),
    "ibis": lambda frame, _: ibis.memtable(frame),
    "parquet": lambda frame, folder: saved(frame.to_parquet, folder / "f.parquet"),
    "parquet.gz": lambda frame, folder: packed(saved(frame.to_parquet, folder / "f.parquet")),
    "csv": lambda frame, folder: saved(frame.to_csv, folder / "f.csv.gz"),
    "jsonl": lambda frame, folder: str(jsonl(frame, folder / "f.jsonl")),
}


def saved(write: Callable[..., Any], path: Path) -> Path:
    write(path, index=False)
    return path


def packed(path: Path) -> Path:
    whole = path.with_name("f.parquet.gz")
    whole.write_bytes(gzip.compress(path.read_bytes()))
    return whole


def jsonl(frame: pd.DataFrame, path: Path) -> Path:
    frame.assign(**{c: frame[c].astype(str) for c in frame.select_dtypes("datetime")}).to_json(
        path, orient="records", lines=True
    )
    return path


def made(
    frame: object, table: str = "orders", *, zone: str = "UTC", validate: bool = False, **mapping: Any
) -> list[tuple[Any, ...]]:
    """The rows of the canonical table, in the order of their ids."""
    connection = duckdb.connect()
    canonical(connection, {table: frame}, mapping, zone, validate)
    return connection.execute(f"SELECT {SHOWN} FROM {table} ORDER BY order_id").fetchall()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_orders(tmp_path: Path, kind: str) -> None:
    assert made(KINDS[kind](FRAME, tmp_path), zone="Asia/Shanghai") == [
        ("1", "17850", datetime(2020, 1, 1), Decimal("9.9"), "paid"),
        ("2", "17850", datetime(2020, 1, 1, 16), Decimal("3.25"), "refund"),
        ("3", None, datetime(2020, 1, 2, 16), Decimal(0), "paid"),
        ("4", "12", datetime(2020, 6, 30, 16), Decimal("1"), "unpaid"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_orders_of_lines(tmp_path: Path, kind: str) -> None:
    assert made(KINDS[kind](LINES, tmp_path)) == [
        ("536365", "7", datetime(2020, 1, 1, 7, 59), Decimal(8), "paid"),
        ("C1", None, datetime(2020, 1, 2), Decimal("2.5"), "refund"),
    ]


def test_lines_give_items_too() -> None:
    connection = duckdb.connect()
    assert canonical(connection, {"orders": LINES}, {}, "UTC", False) == {
        "orders": "orders",
        "order_items": "order_items",
    }
    assert connection.execute("SELECT sum(quantity) FROM order_items").fetchone() == (2,)
    assert {row[0] for row in connection.execute("SHOW TABLES").fetchall()} == {"orders", "order_items"}


ONE = {"customer_id": ["a"], "amount": [1]}


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        (pd.to_datetime(["2020-01-01 08:00"]), datetime(2020, 1, 1)),
        (pd.to_datetime(["2020-01-01 08:00"]).tz_localize("Europe/Paris"), datetime(2020, 1, 1, 7)),
        ([date(2020, 1, 1)], datetime(2019, 12, 31, 16)),
        ([datetime(2020, 1, 1, tzinfo=UTC)], datetime(2020, 1, 1)),
        (["2020-01-01T08:00:00"], datetime(2020, 1, 1)),
        (["2020-01-01T08:00:00Z"], datetime(2020, 1, 1, 8)),
        ([20200101], datetime(2019, 12, 31, 16)),
        ([20200101.0], datetime(2019, 12, 31, 16)),
        ([1577836800], datetime(2020, 1, 1)),
    ],
    ids=["naive", "aware", "date", "utc", "text", "text with zone", "digits", "float digits", "unix"],
)
def test_times_of_every_type_are_understood(at: object, instant: datetime) -> None:
    frame = pd.DataFrame({**ONE, "ordered_at": at})
    assert made(frame, zone="Asia/Shanghai")[0][2] == instant


@pytest.mark.parametrize(
    ("ids", "expected"),
    [([17850.0], "17850"), ([17850], "17850"), (["0017"], "0017"), ([Decimal("5")], "5"), (pd.Categorical(["x"]), "x")],
)
def test_ids_of_every_type_are_text(ids: object, expected: str) -> None:
    frame = pd.DataFrame({"customer_id": ids, "ordered_at": ["2020-01-01"], "amount": [1]})
    assert made(frame)[0][1] == expected


def test_orders_without_an_id_get_one() -> None:
    frame = FRAME.drop(columns="order_id")
    assert len({row[0] for row in made(pd.concat([frame, frame]))}) == 8


def test_names_are_mapped_found_or_guessed() -> None:
    renamed = FRAME.rename(columns={"ordered_at": "x1", "customer_id": "Customer_ID", "amount": "实付金额"})
    assert made(renamed, orders={"ordered_at": "x1"}) == made(FRAME)
    assert made(renamed, orders=Mapping(columns=dict(zip(FRAME.columns, renamed.columns, strict=True)))) == made(FRAME)


def test_what_can_not_be_told_is_asked_for_with_the_columns_there_are() -> None:
    with pytest.raises(InputError) as error:
        made(pd.DataFrame({"customer_id": ["a"], "blue": ["b"]}))
    assert error.value.details["missing"] == ["ordered_at", "amount"]
    assert "blue" in error.value.hint


@pytest.mark.parametrize(
    ("column", "value"), [("ordered_at", "soon"), ("ordered_at", None), ("amount", "much"), ("amount", None)]
)
def test_a_value_that_can_not_be_read_is_an_error_and_never_a_silent_null(column: str, value: object) -> None:
    frame = pd.DataFrame({"customer_id": ["a", "b"], "ordered_at": ["2020-01-01"] * 2, "amount": ["1", "2"]})
    frame.loc[1, column] = value
    with pytest.raises(FrameError) as error:
        made(frame)
    assert (error.value.details["row"], error.value.details["column"], error.value.details["value"]) == (
        1,
        column,
        value,
    )


def test_a_bad_row_of_a_file_is_named_as_a_spreadsheet_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("customer_id,ordered_at,amount\na,2020-01-01,1\nb,soon,2\n")
    with pytest.raises(FrameError, match="row 3,"):
        made(path)


@pytest.mark.parametrize(
    ("column", "value", "told"), [("at", "soon", "soon"), ("money", "much", "much"), ("at", None, None)]
)
def test_a_bad_row_of_a_parquet_file_is_named_as_in_any_file(
    tmp_path: Path, column: str, value: object, told: str | None
) -> None:
    frame = pd.DataFrame({"who": [1.0, 2.0], "at": ["2020-01-01"] * 2, "money": ["1", "2"]})
    frame.loc[1, column] = value
    path = saved(frame.to_parquet, tmp_path / "店铺 a.parquet")
    with pytest.raises(FrameError, match=r"店铺 a\.parquet, row 2, column") as error:
        made(path, orders={"customer_id": "who", "ordered_at": "at", "amount": "money"})
    assert (error.value.details["column"], error.value.details["value"]) == (column, told)


def test_a_parquet_file_with_damaged_pages_is_named(tmp_path: Path) -> None:
    path = saved(FRAME.to_parquet, tmp_path / "f.parquet")
    content = bytearray(path.read_bytes())
    content[8:200] = b"\xff" * 192
    path.write_bytes(content)
    with pytest.raises(DamagedFileError, match=r"f\.parquet"):
        made(path)


def test_a_parquet_file_without_rows_is_refused_as_any_file(tmp_path: Path) -> None:
    with pytest.raises(EmptySourceError):
        made(saved(FRAME.iloc[:0].to_parquet, tmp_path / "f.parquet"))


@pytest.mark.parametrize("kind", ["polars", "pyarrow", "parquet", "parquet.gz"])
def test_nested_values_are_json(tmp_path: Path, kind: str) -> None:
    frame = pd.DataFrame({"customer_id": ["a", "b"], "event": ["view"] * 2, "properties": [{"page": 1}, {"page": 2}]})
    frame["occurred_at"] = pd.to_datetime(["2020-01-01", "2020-01-02"], format="ISO8601")
    connection = duckdb.connect()
    canonical(connection, {"events": KINDS[kind](frame, tmp_path)}, {}, "UTC", False)
    found = connection.execute("SELECT customer_id, properties FROM events ORDER BY occurred_at").fetchall()
    assert found == [("a", '{"page":1}'), ("b", '{"page":2}')]


@pytest.mark.parametrize("kind", KINDS)
def test_an_order_of_an_empty_customer_is_nobodys(tmp_path: Path, kind: str) -> None:
    frame = pd.DataFrame({"order_id": ["1"], "customer_id": [""], "ordered_at": ["2020-01-01"], "amount": ["1"]})
    assert made(KINDS[kind](frame, tmp_path)) == [("1", None, datetime(2020, 1, 1), Decimal(1), "paid")]


def test_repeated_orders_are_trusted_unless_they_are_to_be_checked() -> None:
    twice = pd.concat([FRAME, FRAME])
    assert (len(made(twice)), len(made(twice, validate=True))) == (8, 4)


def test_other_things_and_unknown_tables_are_refused() -> None:
    with pytest.raises(InputError, match="kinds of data"):
        made(5)
    with pytest.raises(UnknownNameError):
        canonical(duckdb.connect(), {"oders": FRAME}, {}, "UTC", False)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow", "duckdb", "ibis"])
def test_no_rows_are_no_orders(tmp_path: Path, kind: str) -> None:
    assert made(KINDS[kind](FRAME.iloc[:0], tmp_path)) == []


def test_a_float_that_lost_digits_of_an_id_is_refused() -> None:
    with pytest.raises(FrameError, match="lost digits"):
        made(FRAME.assign(customer_id=[1.2345678901234568e17, 1, 2, 3]))


@pytest.mark.parametrize("amount", [float("inf"), "1e400", "NaN"])
def test_an_amount_without_bounds_is_refused(amount: object) -> None:
    with pytest.raises(FrameError):
        made(pd.DataFrame({**ONE, "ordered_at": ["2020-01-01"], "amount": [amount]}))


def test_an_implausible_year_is_refused() -> None:
    with pytest.raises(FrameError, match="1899"):
        made(pd.DataFrame({**ONE, "ordered_at": pd.to_datetime(["1899-12-30"])}))


def test_customers_and_events_are_tables_too() -> None:
    connection = duckdb.connect()
    people = pd.DataFrame({"customer_id": [1, 2], "city": ["上海", None], "registered_at": ["2020-01-01", None]})
    seen = pd.DataFrame({"customer_id": ["1"], "event": ["view"], "occurred_at": ["2020-01-01T00:00:00Z"]})
    canonical(connection, {"customers": people, "events": seen}, {}, "Asia/Shanghai", False)
    assert connection.execute("SELECT customer_id, city, registered_at FROM customers ORDER BY 1").fetchall() == [
        ("1", "上海", datetime(2019, 12, 31, 16)),
        ("2", None, None),
    ]
    assert connection.execute("SELECT customer_id, event, occurred_at FROM events").fetchall() == [
        ("1", "view", datetime(2020, 1, 1))
    ]
