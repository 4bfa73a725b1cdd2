"""What changes from day to day adds up to what plain loops over the raw rows find on each day, whatever the clocks do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest

from tests.oracle.facts import paid, returned, traits_of, window
from tests.oracle.shop import Order
from tests.oracle.village import Event, Village, handed
from tests.shops import shop
from tests.traits.unkept import as_asked
from titian.traits.catalogue import trait
from titian.traits.changes import Days, changes, day_number, extremes, followed
from titian.traits.sources import EVENTS, ORDERS, Source

Tell = Callable[[Village, str, datetime], Decimal | int]

CLOCKS = {
    "America/New_York": date(2024, 3, 10),
    "Australia/Lord_Howe": date(2024, 4, 7),
    "Europe/London": date(2024, 10, 27),
    "Asia/Shanghai": date(2024, 3, 10),
}
"""Zones, and a day on which their clocks changed: by an hour either way, by half an hour, and not at all."""
every_zone = pytest.mark.parametrize("zone", CLOCKS)


def orders_of(seen: Village, who: str) -> list[Order]:
    return seen.shop.orders_of(who)


def views(seen: Village, who: str, end: datetime, days: int | None) -> int:
    did = [one.occurred_at for one in seen.doings(who, end) if one.event == "view"]
    return len(seen.within(did, end, days))


TOLD: dict[str, Tell] = {
    "spend": lambda seen, who, end: traits_of(seen.shop, orders_of(seen, who), end).spend,
    "spend_5d": lambda seen, who, end: traits_of(seen.shop, orders_of(seen, who), end, 5).spend,
    "order_count": lambda seen, who, end: traits_of(seen.shop, orders_of(seen, who), end).order_count,
    "order_count_5d": lambda seen, who, end: traits_of(seen.shop, orders_of(seen, who), end, 5).order_count,
    "paid_amount_2d": lambda seen, who, end: paid(seen.shop, orders_of(seen, who), window(seen.shop, end, 2)),
    "refund_amount_5d": lambda seen, who, end: returned(seen.shop, orders_of(seen, who), window(seen.shop, end, 5)),
    "event_count": lambda seen, who, end: len(seen.doings(who, end)),
    "view_count_5d": lambda seen, who, end: views(seen, who, end, 5),
}


def told_in(zone: str, seed: int = 3) -> tuple[Village, date, date]:
    """A village whose rows crowd round the day of the clocks, a week before and after it, at all hours of the night."""
    chance, middle = Random(seed), CLOCKS[zone]

    def at() -> datetime:
        day = middle + timedelta(days=chance.randrange(-9, 8))
        local = datetime(day.year, day.month, day.day, chance.choice([0, 0, 1, 2, 3, 12, 23]), chance.choice([0, 30]))
        return local.replace(tzinfo=ZoneInfo(zone))

    orders, events = [], []
    for number in range(60):
        status, when = chance.choice(["paid"] * 5 + ["refund", "unpaid"]), at()
        back = chance.choice([None, Decimal(5), Decimal(20)]) if status == "paid" else None
        later = max(when, at()) if back is not None and chance.random() < 0.7 else None
        orders.append(Order(f"o{number}", chance.choice("abcde"), when, Decimal(20), status, back, later))
        events.append(Event(chance.choice("abcdef"), chance.choice(["view", "cart"]), at()))
    seen = Village(zone, tuple(events), tuple(orders))
    return seen, middle - timedelta(days=4), middle + timedelta(days=5)


@every_zone
def test_changes_added_up_are_the_traits_of_each_day(zone: str) -> None:
    seen, first, last = told_in(zone)
    data, start = handed(seen), seen.shop.instant(first)
    rows = data.execute(changes([trait(name) for name in TOLD], Days(first, last, data), as_asked))
    for name, tell in TOLD.items():
        added: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for row in rows:
            added[str(row["customer_id"]), int(str(row["day"]))] += Decimal(str(row[name]))
        for who in seen.everyone(seen.shop.instant(last)):
            so_far = Decimal(tell(seen, who, start))
            for day in (first + timedelta(days=n) for n in range(1, (last - first).days + 1)):
                so_far += added[who, day_number(day)]
                assert so_far == tell(seen, who, seen.shop.instant(day)), (name, who, day)


@every_zone
def test_whoever_comes_in_has_a_line_on_the_day_after(zone: str) -> None:
    seen, first, last = told_in(zone)
    data = handed(seen)
    rows = data.execute(changes([trait("spend")], Days(first, last, data), as_asked))
    lines = {(str(row["customer_id"]), int(str(row["day"]))) for row in rows}
    known = seen.everyone(seen.shop.instant(first))
    for day in (first + timedelta(days=n) for n in range(1, (last - first).days + 1)):
        new = seen.everyone(seen.shop.instant(day)) - known
        assert {(who, day_number(day)) for who in new} <= lines
        known |= new


@every_zone
def test_the_last_order_is_that_of_the_orders_which_are_purchases_on_the_day(zone: str) -> None:
    seen, first, last = told_in(zone)
    data = handed(seen)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    points = [(who, day_number(day)) for who in "abcde" for day in days]
    asked = ibis.memtable(pa.table({"customer_id": [who for who, _ in points], "day": [day for _, day in points]}))
    names = ("last_order_at", "first_order_at")
    for row in data.execute(extremes([trait(name) for name in names], asked, Days(first, last, data))):
        who, day = str(row["customer_id"]), date(1970, 1, 1) + timedelta(days=int(str(row["day"])))
        expected = traits_of(seen.shop, orders_of(seen, who), seen.shop.instant(day))
        for name in names:
            at = getattr(expected, name)
            assert row[name] == (None if at is None else at.replace(tzinfo=None)), (name, who, day)


@pytest.mark.parametrize(
    ("name", "can"),
    [
        ("spend_30d", True),
        ("view_count_7d", True),
        ("last_order_at", True),
        ("recency_days", True),
        ("days_since_view", True),
        ("average_order_value_30d", True),
        ("view_duration_s", False),
        ("online_s", False),
        ("session_count", False),
        ("typical_gap_days", False),
        ("active_days_30d", False),
        ("followers", False),
        ("city", False),
    ],
)
def test_only_what_adds_up_exactly_is_followed(name: str, can: bool) -> None:
    # Money and counts add up in any order; sums of seconds do not, and days, sessions and quantiles forget their rows.
    assert followed(trait(name)) is can


def test_nothing_changes_where_nothing_happens() -> None:
    data = shop(("a", "2023-01-01", 1))
    days = Days(date(2024, 3, 1), date(2024, 3, 9), data)
    assert data.execute(changes([trait("spend"), trait("spend_30d")], days, as_asked)) == []


@pytest.mark.parametrize("source", [ORDERS, EVENTS], ids=lambda source: source.name)
def test_every_instant_of_a_row_is_one_that_its_source_is_dated_by(source: Source) -> None:
    seen, _, _ = told_in("Europe/London")
    assert source.ever is not None
    for row in handed(seen).execute(source.ever(handed(seen).table(source.name))):
        instants = {value for name, value in row.items() if isinstance(value, datetime) and name != "recorded_at"}
        assert instants <= {row[name] for name in source.dated}
