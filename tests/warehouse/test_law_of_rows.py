"""Orders as the importer makes them against a plain reading of the same rows in Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import csv, put, rows
from titian.domain.mapping import Mapping
from titian.warehouse.lake import Lake

HEADER = "id,who,day,money,back,state"
MAPPING = Mapping(
    columns={
        "order_id": "id",
        "customer_id": "who",
        "ordered_at": "day",
        "amount": "money",
        "refunded_amount": "back",
        "status": "state",
    },
    status_values={"Bezahlt": "paid", "Offen": "unpaid"},
)
ZONE = ZoneInfo("America/New_York")
STATES = {"Bezahlt": "paid", "offen": "unpaid", "cancelled": "cancelled", "refund": "refund", "": None}
DAYS = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S", "%Y年%m月%d日 %H:%M:%S", "%d-%b-%Y %H:%M:%S"]
MONEY = ["{}", "${}", "¥ {}", "{}元", " {} "]

moments = st.datetimes(datetime(1971, 1, 1), datetime(2098, 12, 31)).map(lambda at: at.replace(microsecond=0))
amounts = st.decimals(-100_000, 100_000, places=5)

order = st.fixed_dictionaries(
    {
        "id": st.integers(1, 30).map(str),
        "who": st.sampled_from(["", "007", "c-1", "客户"]),
        "at": moments,
        "written": st.sampled_from(DAYS),
        "money": amounts,
        "sign": st.sampled_from(MONEY),
        "back": st.sampled_from(["", "0", "3.5", "-3.5"]),
        "state": st.sampled_from(list(STATES)),
    }
)


def line(given: dict[str, Any]) -> str:
    """The order as it stands in the file."""
    money = given["sign"].format(f"{given['money']:f}")
    return f"{given['id']},{given['who']},{given['at'].strftime(given['written'])},{money},{given['back']},{given['state']}"


def good(given: dict[str, Any]) -> bool:
    return not (rounded(given["money"]) < 0 and STATES[given["state"]] == "unpaid")


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN)


def expected(given: dict[str, Any]) -> tuple[Any, ...]:
    """The same order as the warehouse should hold it."""
    at = given["at"].replace(tzinfo=ZONE).astimezone(UTC).replace(tzinfo=None)
    amount = rounded(given["money"])
    status = "refund" if amount < 0 else STATES[given["state"]] or "paid"
    back = abs(Decimal(given["back"])) if given["back"] else None
    return (given["id"], given["who"] or None, at, abs(amount), back, status)


@pytest.mark.full
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(orders=st.lists(order, min_size=1, max_size=25))
def test_every_row_is_read_as_plain_python_reads_it(
    tmp_path_factory: pytest.TempPathFactory, orders: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    kept = {o["id"]: expected(o) for o in orders if good(o)}
    with Lake.open(folder / "shop") as lake:
        report = put(lake, csv(folder / "a.csv", HEADER, *map(line, orders)), MAPPING, zone=str(ZONE))
        found = rows(lake, "orders", "order_id", "customer_id", "ordered_at", "amount", "refunded_amount", "status")
    assert {row[0]: row for row in found} == kept
    assert report.rejected == sum(not good(o) for o in orders)
    assert report.added == len(kept)


@pytest.mark.full
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    batches=st.lists(
        st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3)), min_size=1, max_size=6), min_size=1, max_size=4
    )
)
def test_counts_follow_what_a_dictionary_would_hold(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[int, int]]]
) -> None:
    folder = tmp_path_factory.mktemp("counts")
    held: dict[int, int] = {}
    day = date(2020, 1, 1) + timedelta(days=1)
    mapping = Mapping(columns={c: c for c in ("order_id", "customer_id", "ordered_at", "amount")})
    with Lake.open(folder / "shop") as lake:
        for number, batch in enumerate(batches):
            last = dict(batch)
            lines = [f"{order_id},c,{day},{amount},{number}" for order_id, amount in batch]
            path = csv(folder / f"{number}.csv", "order_id,customer_id,ordered_at,amount,file", *lines)
            report = put(lake, path, mapping)
            added = sum(key not in held for key in last)
            updated = sum(key in held and held[key] != value for key, value in last.items())
            assert (report.added, report.updated, report.unchanged) == (added, updated, len(last) - added - updated)
            held |= last
        assert rows(lake, "orders", "order_id", "amount") == [(str(k), Decimal(v)) for k, v in sorted(held.items())]
        lake.rebuild()
        assert rows(lake, "orders", "order_id", "amount") == [(str(k), Decimal(v)) for k, v in sorted(held.items())]
