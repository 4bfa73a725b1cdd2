"""Naive times are the shop's own, and dates its midnights, wherever the shop is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

import titian as tt
from tests.acceptance.product import answers, wrong
from tests.oracle.facts import all_traits
from tests.oracle.shop import Order, Shop
from tests.oracle.strategies import SKIPPED_OR_CHANGED

HOURS = (0, 4, 12, 20, 23)
"""Hours of the day that no change of clocks here leaves out or brings twice."""
PRICE = Decimal("1.10")
TRAITS = ["recency_days", "order_count", "spend", "active_days", "tenure_days", "typical_gap_days", "last_order_at"]


def local_rows(day: date) -> tuple[list[str], list[datetime]]:
    """One customer per hour of the days around `day`, buying then and three days before."""
    midnight = datetime.combine(day, datetime.min.time())
    times = [midnight + timedelta(days=d, hours=h) for d in (-4, -2, -1) for h in HOURS]
    who = [f"{at:%d %H}" for at in times]
    before = [at - timedelta(days=3) for at in times]
    return who * 2, [*times, *before]


@pytest.mark.parametrize("zone", sorted(SKIPPED_OR_CHANGED))
@pytest.mark.parametrize("later", [0, 1, 2, 3])
def test_naive_times_and_days_are_local(zone: str, later: int) -> None:
    day = date.fromisoformat(SKIPPED_OR_CHANGED[zone][0]) + timedelta(days=later)
    (who, times), shop = local_rows(day), Shop((), zone)
    orders = [Order(str(i), who[i], shop.instant(at), PRICE) for i, at in enumerate(times)]
    table = pa.table({"customer_id": who, "ordered_at": times, "amount": [PRICE] * len(times)})
    data = tt.Dataset(orders=table, timezone=zone, currency="CNY")
    said = answers(tt.traits(TRAITS, data, as_of=day.isoformat()))
    expected = all_traits(Shop(tuple(orders), zone), shop.instant(day))
    assert wrong(said, expected, TRAITS) == []
