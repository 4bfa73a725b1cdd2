"""A village: a shop with what its people did, who they say they are, and whom they brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa

import titian as tt
from tests.acceptance.product import MONEY, UTC_INSTANT, orders_table
from tests.oracle.facts import counts
from tests.oracle.shop import Order, Shop


@dataclass(frozen=True)
class Event:
    """One row of events; the name is a meaning of the house, so that this side needs no dictionary."""

    customer_id: str | None
    event: str
    occurred_at: datetime
    duration_s: float | None = None
    product_id: str | None = None
    city: str | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Answer:
    """One row of answers."""

    customer_id: str
    answered_at: datetime
    score: float | None = None
    text: str | None = None


@dataclass(frozen=True)
class Person:
    """One row of customers."""

    customer_id: str
    first_seen_at: datetime | None = None
    registered_at: datetime | None = None
    city: str | None = None
    gender: str | None = None
    profession: str | None = None
    birth_date: date | None = None


@dataclass(frozen=True)
class Invite:
    """One row of invites."""

    inviter_id: str
    invitee_id: str | None
    invited_at: datetime | None
    joined_at: datetime | None = None


@dataclass(frozen=True)
class Item:
    """One row of order_items."""

    order_id: str
    product_id: str | None
    category: str | None
    brand: str | None
    quantity: float | None
    unit_price: Decimal | None


@dataclass(frozen=True)
class Link:
    """One row of links."""

    from_id: str
    to_id: str
    kind: str | None = "follow"
    linked_at: datetime | None = None
    weight: float | None = None


@dataclass(frozen=True)
class Change:
    """One row of customer_changes."""

    customer_id: str
    attribute: str
    value: str | None
    changed_at: datetime


@dataclass(frozen=True)
class Village:
    """Everything that is known."""

    zone: str = "UTC"
    events: tuple[Event, ...] = ()
    orders: tuple[Order, ...] = ()
    people: tuple[Person, ...] = ()
    invites: tuple[Invite, ...] = ()
    items: tuple[Item, ...] = ()
    links: tuple[Link, ...] = ()
    changes: tuple[Change, ...] = ()
    answers: tuple[Answer, ...] = ()
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
            links=tuple(link for link in self.links if link.linked_at is None or link.linked_at < end),
            changes=tuple(change for change in self.changes if change.changed_at < end),
            answers=tuple(answer for answer in self.answers if answer.answered_at < end),
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


INSTANTS = {"occurred_at", "first_seen_at", "registered_at", "invited_at", "joined_at", "linked_at"} | {
    "changed_at",
    "answered_at",
}
KINDS = {"birth_date": pa.date32(), "unit_price": MONEY} | dict.fromkeys(
    ("duration_s", "quantity", "weight", "score"), pa.float64()
)
"""Columns that are neither text nor instants."""


def table(kind: type, rows: Sequence[object], made_id: str | None = None) -> pa.Table:
    """Rows of one kind as Arrow, numbered where they need an id."""
    columns = [one.name for one in fields(kind)]
    kinds = {name: UTC_INSTANT if name in INSTANTS else KINDS.get(name, pa.string()) for name in columns}
    found = pa.Table.from_pylist([{name: vars(row)[name] for name in columns} for row in rows], pa.schema(kinds))
    if made_id is None:
        return found
    return found.append_column(made_id, pa.array([f"{made_id[0]}{n}" for n in range(len(found))], pa.string()))


def handed(village: Village, order: Sequence[int] | None = None) -> tt.Dataset:
    """The village as Titian reads it; tables without rows are left out but for the events."""
    events = table(Event, village.events, "event_id")
    given = {
        "orders": orders_table(village.orders),
        "customers": table(Person, village.people),
        "invites": table(Invite, village.invites, "invite_id"),
        "order_items": table(Item, village.items, "item_id"),
        "links": table(Link, village.links, "link_id"),
        "customer_changes": table(Change, village.changes, "change_id"),
        "answers": table(Answer, village.answers, "answer_id"),
    }
    return tt.Dataset(
        events=events if order is None else events.take(list(order)),
        timezone=village.zone,
        **{name: rows for name, rows in given.items() if len(rows)},
    )
