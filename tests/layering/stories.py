"""Small villages told by hand, with days ago in sight."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import titian as tt
from tests.acceptance.product import layers
from tests.oracle.shop import Order
from tests.oracle.village import Event, Invite, Person, Village, handed

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
Doing = tuple[float, str]
"""Days before the as_of, and what was done."""


def ago(days: float) -> datetime:
    return AS_OF - timedelta(days=days)


def did(who: str, *doings: Doing, seconds: float | None = None) -> list[Event]:
    """Events of one customer."""
    return [Event(who, event, ago(days), seconds) for days, event in doings]


def came(who: str, *days: float, seconds: float | None = None) -> list[Event]:
    """Days on which a customer did something without a meaning."""
    return did(who, *((day, "home") for day in days), seconds=seconds)


def bought(who: str, *days: float, status: str = "paid", refunded: bool = False) -> list[Order]:
    """Orders of one customer, the money given back where `refunded`."""
    back = Decimal(9) if refunded else None
    return [Order(f"{who}{day}", who, ago(day), Decimal(9), status, back, None) for day in days]


def registered(who: str, days: float | None) -> Person:
    """A profile, registered that long ago or never."""
    return Person(who, None, None if days is None else ago(days))


def told(
    events: Iterable[Event] = (),
    orders: Iterable[Order] = (),
    people: Iterable[Person] = (),
    invites: Iterable[Invite] = (),
) -> tt.Dataset:
    """The village as Titian reads it."""
    return handed(Village("UTC", tuple(events), tuple(orders), tuple(people), tuple(invites)))


def layer_of(layering: tt.Layering, data: tt.Dataset, who: str = "a") -> str:
    """Where one customer is."""
    return layers(layering.assign(data, as_of=AS_OF))[who]


def codes(layering: tt.Layering, data: tt.Dataset) -> set[str]:
    """What is remarked on."""
    return {note.code for note in layering.assign(data, as_of=AS_OF).notes}


def sentences(layering: tt.Layering, data: tt.Dataset, who: str = "a", language: str = "en") -> list[str]:
    """Why one customer is where they are."""
    return [reason.sentence.said(language) for reason in layering.assign(data, as_of=AS_OF).explain(who)]
