"""A village: a shop with what its people did, who they say they are, and whom they brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pyarrow as pa

import titian as tt
from tests.acceptance.product import UTC_INSTANT, orders_table
from tests.oracle.facts import counts
from tests.oracle.shop import Order, Shop


@dataclass(frozen=True)
class Event:
    """One row of events; the name is a meaning of the house, so that this side needs no dictionary."""

    customer_id: str | None
    event: str
    occurred_at: datetime
    duration_s: float | None = None


@dataclass(frozen=True)
class Person:
    """One row of customers."""

    customer_id: str
    first_seen_at: datetime | None = None
    registered_at: datetime | None = None


@dataclass(frozen=True)
class Invite:
    """One row of invites."""

    inviter_id: str
    invitee_id: str | None
    invited_at: datetime | None
    joined_at: datetime | None = None


@dataclass(frozen=True)
class Village:
    """Everything that is known."""

    zone: str = "UTC"
    events: tuple[Event, ...] = ()
    orders: tuple[Order, ...] = ()
    people: tuple[Person, ...] = ()
    invites: tuple[Invite, ...] = ()
    shop: Shop = field(init=False)
    """The orders and the calendar."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "shop", Shop(self.orders, self.zone))

    def known_before(self, end: datetime) -> Village:
        """What somebody at `end` could have known."""
        return replace(
            self,
            events=tuple(e for e in self.events if e.occurred_at < end),
            orders=tuple(o for o in self.orders if o.ordered_at < end),
            people=tuple(p for p in self.people if (seen := p.first_seen_at or p.registered_at) is None or seen < end),
            invites=tuple(
                replace(i, joined_at=i.joined_at if i.joined_at and i.joined_at < end else None)
                for i in self.invites
                if (at := i.invited_at or i.joined_at) is None or at < end
            ),
        )

    def everyone(self, end: datetime) -> set[str]:
        """Who was seen before `end` in events, orders of any status, or customers."""
        known = self.known_before(end)
        rows: Iterable[Event | Order | Person] = (*known.events, *known.orders, *known.people)
        return {row.customer_id for row in rows if row.customer_id is not None}

    def purchases(self, who: str, end: datetime) -> list[datetime]:
        """When the customer bought: by orders, and by what they did before the first order that is known at all."""
        first_order = min((o.ordered_at for o in self.orders), default=end)
        bought = [o.ordered_at for o in self.orders if o.customer_id == who and counts(self.shop, o, end)]
        said = [e.occurred_at for e in self.doings(who, end) if e.event == "purchase" and e.occurred_at < first_order]
        return bought + said

    def doings(self, who: str, end: datetime) -> list[Event]:
        """The customer's events before `end`."""
        return [e for e in self.events if e.customer_id == who and e.occurred_at < end]

    def acts(self, who: str, end: datetime) -> list[datetime]:
        """When the customer was active: events and purchases by order."""
        orders = [o.ordered_at for o in self.orders if o.customer_id == who and counts(self.shop, o, end)]
        return [e.occurred_at for e in self.doings(who, end)] + orders

    def days(self, instants: Iterable[datetime]) -> list[int]:
        """The different local days of instants, in order."""
        return sorted({self.shop.day(at).toordinal() for at in instants})

    def within(self, instants: Iterable[datetime], end: datetime, days: int | None) -> list[datetime]:
        """Those of the last `days` local days."""
        start = None if days is None else self.shop.days_before(end, days)
        return [at for at in instants if at < end and (start is None or at >= start)]


def handed(village: Village, order: Sequence[int] | None = None) -> tt.Dataset:
    """The village as Titian reads it; tables without rows are left out but for the events."""
    instants = {"occurred_at", "first_seen_at", "registered_at", "invited_at", "joined_at"}

    def table(rows: Sequence[object], columns: Sequence[str]) -> pa.Table:
        kinds = {name: UTC_INSTANT if name in instants else pa.string() for name in columns}
        kinds |= {name: pa.float64() for name in columns if name == "duration_s"}
        return pa.Table.from_pylist([{name: vars(row)[name] for name in columns} for row in rows], pa.schema(kinds))

    events = table(village.events, ["customer_id", "event", "occurred_at", "duration_s"])
    events = events.append_column("event_id", pa.array([f"e{n}" for n in range(len(events))], pa.string()))
    if order is not None:
        events = events.take(list(order))
    people = table(village.people, ["customer_id", "first_seen_at", "registered_at"])
    invites = table(village.invites, ["inviter_id", "invitee_id", "invited_at", "joined_at"])
    invites = invites.append_column("invite_id", pa.array([f"i{n}" for n in range(len(invites))], pa.string()))
    given = {"orders": orders_table(village.orders), "customers": people, "invites": invites}
    return tt.Dataset(events=events, timezone=village.zone, **{k: v for k, v in given.items() if len(v)})
