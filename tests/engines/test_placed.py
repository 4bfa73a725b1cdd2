"""Tables of a team's own Spark session become canonical ones there, and mean what a frame of the same rows means here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pytest

import titian as tt
from tests.engines.conftest import there_as
from titian.domain.mapping import Mapping
from titian.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.full

ZONE = "Asia/Shanghai"
SHOWN = ["customer_id", "ordered_at", "amount", "refunded_amount", "status"]
ORDERS = pa.table(
    {
        "Order_ID": ["1", "2", "3", "4", "5", "6", "7"],
        "buyer": pa.array([7, 7, None, 12, 12, 13, 13], pa.int64()),
        "ordered_at": pa.array([datetime(2020, 1, day, 8) for day in range(1, 8)], pa.timestamp("us")),
        "amount": [9.9, -3.25, 0, 1.00005, 0.00015, 1e-7, 2.00025],
        "status": [" 已付款 ", None, "Refunded", "交易关闭", "", "待付款", "shipped"],
        "refunded_amount": pa.array([None, None, Decimal("-1"), None, Decimal("0"), None, None], pa.decimal128(18, 4)),
        "channel": ["\u3000app ", "", None, "O'Brien", "a\\b", "v", "f"],
    }
)
SAID = {"orders": {"customer_id": "buyer"}}


def rows_of(data: tt.Dataset, table: str = "orders") -> list[dict[str, object]]:
    found = data.table(table)
    key = found.columns[0]
    return sorted(data.execute(found), key=lambda row: str(row[key]))


def both(session: SparkSession, rows: pa.Table, **said: object) -> tuple[list[dict[str, object]], ...]:
    here = tt.Dataset(orders=rows, timezone=ZONE, **said)
    return rows_of(here), rows_of(tt.Dataset(orders=there_as(session, rows), timezone=ZONE, **said))


def naive(session: SparkSession) -> None:
    """Arrow's naive times stay wall times, as in Parquet files that pandas wrote."""
    session.conf.set("spark.sql.timestampType", "TIMESTAMP_NTZ")


@pytest.fixture
def walls(spark: SparkSession) -> SparkSession:
    naive(spark)
    return spark


def test_a_mapped_table_is_the_same_orders_as_a_frame(walls: SparkSession) -> None:
    here, there = both(walls, ORDERS, mapping=SAID)
    assert there == here
    assert [row["status"] for row in there] == [
        "paid", "refund", "cancelled", "cancelled", "paid", "unpaid", "paid",
    ]  # fmt: skip


def test_a_whole_mapping_says_zone_and_statuses_too(walls: SparkSession) -> None:
    rows = ORDERS.drop_columns("status").append_column("status", pa.array(["ok!"] * 7))
    columns = {"order_id": "Order_ID", "customer_id": "buyer", **{n: n for n in ("ordered_at", "amount", "status")}}
    said = Mapping(columns=columns, timezone="Europe/London", status_values={"ok!": "paid"})
    here, there = both(walls, rows, mapping={"orders": said})
    assert there == here
    assert there[0]["ordered_at"] == datetime(2020, 1, 1, 8)


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        (pa.array([datetime(2020, 1, 1, 8)], pa.timestamp("us")), datetime(2020, 1, 1)),
        (pa.array([datetime(2020, 1, 1, 8, tzinfo=UTC)], pa.timestamp("us", "UTC")), datetime(2020, 1, 1, 8)),
        (pa.array([date(2020, 1, 1)]), datetime(2019, 12, 31, 16)),
    ],
    ids=["wall time", "instant", "date"],
)
def test_times_are_wall_times_unless_they_know_better(walls: SparkSession, at: pa.Array, instant: datetime) -> None:
    rows = pa.table({"customer_id": ["a"], "ordered_at": at, "amount": [1]})
    here, there = both(walls, rows)
    assert there[0]["ordered_at"] == here[0]["ordered_at"] == instant


def test_an_order_whose_payment_time_is_empty_is_unpaid(walls: SparkSession) -> None:
    paid = pa.array([datetime(2020, 1, 1), None], pa.timestamp("us"))
    rows = pa.table(
        {"customer_id": ["a", "b"], "ordered_at": [date(2020, 1, 1)] * 2, "amount": [1, 2], "paid_at": paid}
    )
    found = tt.Dataset(orders=there_as(walls, rows), timezone=ZONE)
    assert {row["customer_id"]: row["status"] for row in rows_of(found)} == {"a": "paid", "b": "unpaid"}


def test_the_teams_own_settings_are_left_alone(walls: SparkSession) -> None:
    before = walls.conf.getAll
    data = tt.Dataset(orders=there_as(walls, ORDERS), mapping=SAID)
    assert data.has("orders")
    assert walls.conf.getAll == before
    assert walls.conf.get("spark.sql.ansi.enabled") == "false"


def typed(column: str, values: pa.Array) -> Callable[[], pa.Table]:
    rows = {"customer_id": ["a"], "ordered_at": [date(2020, 1, 1)], "amount": [1.0], column: values}
    return lambda: pa.table(rows)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (typed("ordered_at", pa.array(["2020-01-01"])), "ordered_at"),
        (typed("amount", pa.array(["1"])), "amount"),
        (typed("customer_id", pa.array([7.0])), "customer_id"),
        (typed("status", pa.array(["frobnicated"])), "frobnicated"),
        (lambda: pa.table({"who": ["a"], "amount": [1]}), "customer_id"),
    ],
    ids=["text time", "text money", "double id", "strange status", "missing columns"],
)
def test_what_cant_be_meant_is_said_with_the_mend(
    walls: SparkSession, rows: Callable[[], pa.Table], named: str
) -> None:
    with pytest.raises(InputError) as refused:
        tt.Dataset(orders=there_as(walls, rows()))
    assert named in refused.value.message
    assert refused.value.hint
    assert refused.value.zh
    assert refused.value.hint_zh


def test_what_spark_cant_do_is_refused(walls: SparkSession) -> None:
    table = there_as(walls, ORDERS)
    with pytest.raises(InputError, match="checking every row"):
        tt.Dataset(orders=table, mapping=SAID, validate=True)
    lines = {**SAID["orders"], "quantity": "refunded_amount", "unit_price": "amount", "order_id": "Order_ID"}
    with pytest.raises(InputError, match="joining lines"):
        tt.Dataset(orders=table, mapping={"orders": lines})


def test_all_tables_live_on_one_engine(walls: SparkSession) -> None:
    with pytest.raises(InputError, match="customers is in this process"):
        tt.Dataset(orders=there_as(walls, ORDERS), customers=pd.DataFrame({"customer_id": ["a"]}), mapping=SAID)


def test_an_unknown_table_is_named(walls: SparkSession) -> None:
    from titian.warehouse.intake import dataset_of

    with pytest.raises(UnknownNameError):
        dataset_of({"ordres": there_as(walls, ORDERS)})
