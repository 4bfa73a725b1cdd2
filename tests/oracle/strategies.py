"""Hypothesis strategies: small shops whose rows are valid and awkward."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from tests.oracle.facts import population
from tests.oracle.shop import Customer, Order, Shop

CUSTOMERS = ("a", "b", "c", "甲", "买家 2", "0007", "+8613800138000", "123456789012345678", "O'Brien", "é", "Zoë😀")
SKIPPED_OR_CHANGED = {
    "Asia/Shanghai": ("2011-01-01", "1991-04-14"),
    "Europe/London": ("2011-03-27", "2011-10-30"),
    "America/New_York": ("2011-03-13", "2011-11-06"),
    "Pacific/Apia": ("2011-12-30", "2011-04-02"),
}
"""Zones, each with days on which its clocks did something; Samoa left out the whole of 2011-12-30."""

HOUR = timedelta(hours=1)
AMOUNTS = st.one_of(
    st.sampled_from([Decimal("0"), Decimal("0.1"), Decimal("0.01"), Decimal("1"), Decimal("10"), Decimal("99.99")]),
    st.decimals(min_value=0, max_value=10_000, places=4),
    st.decimals(min_value=0, max_value=9_999_999, places=2),
)


@st.composite
def days_to_ask(draw: st.DrawFn, zone: str) -> datetime:
    """A local midnight on or soon after a day on which clocks changed, seldom another hour."""
    day = datetime.fromisoformat(draw(st.sampled_from(SKIPPED_OR_CHANGED[zone])))
    day += timedelta(days=draw(st.sampled_from([0, 1, 2, 30, 91, 181, 365, 366])))
    hour = draw(st.sampled_from([0, 0, 0, 0, 12, 23]))
    return Shop((), zone).instant(day.replace(hour=hour))


@st.composite
def instants(draw: st.DrawFn, shop: Shop, as_of: datetime) -> datetime:
    """An instant near an edge: of today, of a window, of a local day, of a change of clocks; some after as_of."""
    days = draw(st.sampled_from([-2, 0, 0, 1, 1, 2, 3, 7, 30, 89, 90, 91, 180, 181, 364, 365, 366, 400]))
    edge = shop.days_before(as_of, days)
    step = draw(st.sampled_from([timedelta(microseconds=1), HOUR / 2, HOUR, 5 * HOUR, 12 * HOUR]))
    return edge + draw(st.integers(-2, 2)) * step


@st.composite
def orders(draw: st.DrawFn, shop: Shop, as_of: datetime, customers: tuple[str, ...]) -> Order:
    """One row without its id: mostly paid, some of it given back."""
    at = draw(instants(shop, as_of))
    order = Order(
        order_id="",
        customer_id=draw(st.sampled_from([*customers * 4, None])),
        ordered_at=at,
        amount=draw(AMOUNTS),
        status=draw(st.sampled_from(["paid"] * 12 + ["refund", "refund", "unpaid", "cancelled"])),
    )
    if order.status != "paid" or draw(st.integers(0, 3)):
        return order
    return replace(order, refunded_amount=draw(refunds(order)), refunded_at=draw(refund_times(shop, as_of, at)))


def refunds(order: Order) -> st.SearchStrategy[Decimal]:
    """All of it, nothing, half, or a little less than all."""
    half = (order.amount / 2).quantize(Decimal("0.0001"))
    nearly = max(order.amount - Decimal("0.0001"), Decimal(0))
    return st.sampled_from([order.amount, Decimal(0), half, nearly])


def refund_times(shop: Shop, as_of: datetime, at: datetime) -> st.SearchStrategy[datetime | None]:
    """Unknown, at once, or at another edge, never before the order."""
    return st.one_of(st.none(), st.just(at), instants(shop, as_of).map(lambda edge: max(edge, at)))


@st.composite
def shops(draw: st.DrawFn, zone: str, as_of: datetime, prefix: str = "", min_size: int = 0, max_size: int = 60) -> Shop:
    """Up to sixty rows of a few customers, in any order; ties and same instants are likely."""
    size = draw(st.integers(1, len(CUSTOMERS)))
    customers = tuple(prefix + name for name in draw(st.permutations(CUSTOMERS))[:size])
    empty = Shop((), zone)
    least = max(min_size, min(draw(st.sampled_from([0, 1, 8, 20, 40])), max_size))
    rows = draw(st.lists(orders(empty, as_of, customers), min_size=least, max_size=max_size))
    numbered = tuple(replace(row, order_id=f"{prefix}订单-{i:03}") for i, row in enumerate(rows))
    return Shop(numbered, zone, draw(known_customers(empty, as_of, customers, prefix)))


@st.composite
def known_customers(
    draw: st.DrawFn, shop: Shop, as_of: datetime, customers: tuple[str, ...], prefix: str
) -> tuple[Customer, ...]:
    """Rows of customers for some of those who order, and for strangers."""
    names = draw(st.sets(st.sampled_from([*customers, prefix + "路人", prefix + "stranger"]), max_size=3))
    dates = st.one_of(st.none(), instants(shop, as_of))
    return tuple(Customer(name, draw(dates)) for name in sorted(names))


@st.composite
def asked_shops(draw: st.DrawFn, min_size: int = 0, max_size: int = 60) -> tuple[Shop, datetime]:
    """A shop and an instant to ask it about, at which it had seen somebody unless it has no rows at all."""
    zone = draw(st.sampled_from(sorted(SKIPPED_OR_CHANGED)))
    as_of = draw(days_to_ask(zone))
    shop = draw(shops(zone, as_of, min_size=min_size, max_size=max_size))
    assume(population(shop, as_of) or not (shop.orders or shop.customers))
    return shop, as_of


@st.composite
def streets(draw: st.DrawFn, shops_in_it: int = 5) -> tuple[Shop, datetime]:
    """Several shops as one, each with its own customers: for whatever is true of each customer alone."""
    zone = draw(st.sampled_from(sorted(SKIPPED_OR_CHANGED)))
    as_of = draw(days_to_ask(zone))
    each = [draw(shops(zone, as_of, prefix=f"{i}/", max_size=20)) for i in range(shops_in_it)]
    return merged(each), as_of


def merged(each: list[Shop]) -> Shop:
    """All rows of shops in one zone."""
    rows = tuple(order for shop in each for order in shop.orders)
    return Shop(rows, each[0].zone, tuple(customer for shop in each for customer in shop.customers))


def known_before(shop: Shop, as_of: datetime) -> Shop:
    """What somebody at `as_of` could have known: earlier rows, without what happened to them later."""
    end = shop.instant(as_of)
    return replace(
        shop,
        orders=tuple(as_known(order, end) for order in shop.orders if order.ordered_at < end),
        customers=tuple(c for c in shop.customers if c.first_seen_at is None or c.first_seen_at < end),
    )


def as_known(order: Order, end: datetime) -> Order:
    """The row without a refund that came later."""
    if (order.refunded_at or order.ordered_at) < end:
        return order
    return replace(order, refunded_amount=None, refunded_at=None)
