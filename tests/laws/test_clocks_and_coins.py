"""Days are those of the shop's clock also when it changes, and money is exact however it is added up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.laws.asking import FEW

CHANGES = {
    "Europe/London": (date(2024, 3, 31), date(2024, 10, 27)),
    "America/New_York": (date(2024, 3, 10), date(2024, 11, 3)),
    "Australia/Lord_Howe": (date(2024, 4, 7), date(2024, 10, 6)),
    "America/Sao_Paulo": (date(2018, 2, 18), date(2018, 11, 4)),
    "Asia/Kolkata": (date(2024, 3, 31), date(2024, 10, 27)),
}
"""Zones with days on which their clocks changed; half an hour on Lord Howe, at midnight in São Paulo, never in Kolkata."""
every_zone = pytest.mark.parametrize("zone", CHANGES)
every_change = pytest.mark.parametrize("which", [0, 1], ids=["in spring", "in autumn"])


def traits_of(
    rows: list[tuple[str, datetime, Decimal]], names: list[str], zone: str, as_of: date
) -> dict[str, dict[str, object]]:
    frame = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    frame["order_id"] = [f"o{n}" for n in range(len(frame))]
    frame["ordered_at"] = pd.to_datetime(frame["ordered_at"], utc=True)
    found = tt.traits(names, tt.Dataset(orders=frame, timezone=zone), as_of=as_of.isoformat())
    return {row["customer_id"]: row for row in found.to_dict("records")}


@every_zone
@every_change
def test_every_hour_round_a_change_lies_on_the_day_the_clock_shows(zone: str, which: int) -> None:
    day = CHANGES[zone][which]
    noon_before = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(days=2)
    hours = [noon_before + timedelta(minutes=30 * step) for step in range(200)]
    rows = [(f"c{n:03}", at, Decimal(1)) for n, at in enumerate(hours)]
    as_of = day + timedelta(days=10)
    found = traits_of(rows, ["recency_days"], zone, as_of)
    for who, at, _ in rows:
        assert found[who]["recency_days"] == (as_of - at.astimezone(ZoneInfo(zone)).date()).days


@every_zone
@every_change
def test_a_window_of_days_begins_at_the_shops_midnight(zone: str, which: int) -> None:
    day = CHANGES[zone][which]
    as_of = day + timedelta(days=7)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    edges = {
        "just before": midnight - timedelta(seconds=1),
        "at midnight": midnight,
        "just after": midnight + timedelta(seconds=1),
    }
    rows = [(who, at, Decimal(5)) for who, at in edges.items()]
    found = traits_of(rows, ["order_count_7d"], zone, as_of)
    assert {who: row["order_count_7d"] for who, row in found.items()} == {
        "just before": 0,
        "at midnight": 1,
        "just after": 1,
    }


@every_zone
@every_change
def test_gaps_between_purchase_days_are_whole_days(zone: str, which: int) -> None:
    day = CHANGES[zone][which]
    local = [datetime(day.year, day.month, day.day, 23, 30) + timedelta(days=n) for n in (-3, -1, 0, 1, 4)]
    rows = [("a", at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), Decimal(1)) for at in local]
    found = traits_of(rows, ["typical_gap_days", "tenure_days"], zone, day + timedelta(days=6))
    assert (found["a"]["typical_gap_days"], found["a"]["tenure_days"]) == (1.5, 9)


cents = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)
fine = st.integers(0, 10**9).map(lambda n: Decimal(n) / 10_000)


@FEW
@given(amounts=st.lists(cents | fine, min_size=1, max_size=60))
def test_a_sum_of_money_is_exact(amounts: list[Decimal]) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    found = traits_of([("a", at, amount) for amount in amounts], ["spend"], "UTC", date(2024, 2, 1))
    assert Decimal(str(found["a"]["spend"])) == sum(amounts)


@FEW
@given(amount=cents, parts=st.integers(2, 40))
def test_who_paid_the_same_in_parts_ties_with_who_paid_at_once(amount: Decimal, parts: int) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    rows = [("parts", at, amount) for _ in range(parts)] + [("once", at, amount * parts), ("nothing", at, Decimal(0))]
    frame = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    frame["order_id"] = [f"o{n}" for n in range(len(frame))]
    got = (
        tt.Matrix(dimensions=["spend"]).assign(tt.Dataset(orders=frame, timezone="UTC"), as_of="2024-02-01").to_pandas()
    )
    layers = dict(zip(got["customer_id"], got["layer"], strict=True))
    assert layers["parts"] == layers["once"] == "low"


@QUICK
@given(numbers=st.lists(st.integers(0, 10**6), min_size=3, max_size=30))
def test_who_has_exactly_the_mean_is_low_and_a_ten_thousandth_more_is_high(numbers: list[int]) -> None:
    at, unit = datetime(2024, 1, 1, tzinfo=UTC), Decimal("0.0001")
    whole = [Decimal(n * len(numbers)) * unit for n in numbers]
    mean = sum(whole) / len(whole)
    rows = [(f"c{n}", at, amount) for n, amount in enumerate(whole)] + [("mean", at, mean)]
    frame = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    frame["order_id"] = [f"o{n}" for n in range(len(frame))]
    data = tt.Dataset(orders=frame, timezone="UTC")
    got = tt.Matrix(dimensions=[tt.MatrixDimension(trait="spend", cut="mean")]).assign(data, as_of="2024-02-01")
    layers = dict(zip(got.to_pandas()["customer_id"], got.to_pandas()["layer"], strict=True))
    assert layers["mean"] == "low"
    assert {layers[f"c{n}"] for n, amount in enumerate(whole) if amount > mean} <= {"high"}
    assert {layers[f"c{n}"] for n, amount in enumerate(whole) if amount <= mean} <= {"low"}
