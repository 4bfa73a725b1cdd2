"""A shop as the oracle knows it: orders, customers, a time zone, and the instants of local days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

Number = int | float | Decimal | Fraction


@dataclass(frozen=True)
class Order:
    """One row of orders. `amount` of a refund row is the money given back, as a positive number."""

    order_id: str
    customer_id: str | None
    ordered_at: datetime
    amount: Decimal
    status: str = "paid"
    refunded_amount: Decimal | None = None
    refunded_at: datetime | None = None


@dataclass(frozen=True)
class Customer:
    """One row of customers; without a date they have always been known."""

    customer_id: str
    first_seen_at: datetime | None = None


@dataclass(frozen=True)
class Shop:
    """Everything that is known, and the zone whose days are the shop's days."""

    orders: tuple[Order, ...]
    zone: str = "Asia/Shanghai"
    customers: tuple[Customer, ...] = ()

    def instant(self, at: datetime | date) -> datetime:
        """The UTC instant of `at`: a day is its local midnight, a naive time is local (the earlier of two)."""
        if not isinstance(at, datetime):
            at = datetime.combine(at, time())
        if at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(self.zone))
        return at.astimezone(UTC)

    def day(self, at: datetime) -> date:
        """The local day that holds `at`."""
        return self.instant(at).astimezone(ZoneInfo(self.zone)).date()

    def days_before(self, at: datetime, days: int) -> datetime:
        """The instant at which local clocks showed the same time `days` days earlier; of a day's beginning, its beginning."""
        if self.instant(self.day(at)) == self.instant(at):
            return self.instant(self.day(at) - timedelta(days=days))
        wall = self.instant(at).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, fold=0)
        return self.instant(wall - timedelta(days=days))

    def orders_of(self, customer_id: str) -> list[Order]:
        """All rows of one customer, whatever their status."""
        return [order for order in self.orders if order.customer_id == customer_id]


def exact(value: Number) -> Fraction:
    """The number as it is written: 0.1 is a tenth, not its nearest double."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)
