"""Villages at random: many customers with awkward logs, near every edge that a stage has."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from tests.oracle.shop import Order, Shop
from tests.oracle.village import Event, Invite, Person, Village

ZONES = ("Asia/Shanghai", "America/New_York", "UTC")
NAMES = (
    *("view",) * 5,
    *("cart", "purchase", "search", "home") * 2,
    *("exposure", "click", "favourite", "follow", "join", "like", "comment", "reply"),
    *("praise", "share", "refer", "register", "invite"),
)
EDGES = (0, 0, 1, 1, 2, 3, 5, 7, 8, 14, 15, 16, 29, 30, 31, 45, 59, 60, 61, 90, 120, 200, 364, 365, 366, 912, 913, 914)


def village(seed: int, customers: int = 60) -> tuple[Village, datetime]:
    """A village and an instant to ask it about: mostly a local midnight."""
    chance = Random(seed)
    zone = chance.choice(ZONES)
    day = datetime(2024, chance.choice([3, 4, 6, 11]), chance.choice([10, 11, 20]), chance.choice([0, 0, 0, 12, 23]))
    end = Shop((), zone).instant(day)
    whos = [f"c{number:02}" for number in range(customers)]
    orders = chance.random() < 0.7
    return Village(
        zone,
        events=tuple(event for who in whos for event in _events(chance, zone, end, who)),
        orders=tuple(_orders(chance, zone, end, whos)) if orders else (),
        people=tuple(_person(chance, zone, end, who) for who in whos if chance.random() < 0.5),
        invites=tuple(_invite(chance, zone, end, whos) for _ in range(customers // 3)),
    ), end


def _instant(chance: Random, zone: str, end: datetime) -> datetime:
    edge = Shop((), zone).days_before(end, chance.choice(EDGES))
    step = chance.choice([timedelta(0), timedelta(microseconds=1), timedelta(hours=1), timedelta(hours=7)])
    return edge + chance.choice([-1, 1]) * step


def _events(chance: Random, zone: str, end: datetime, who: str) -> list[Event]:
    """Here and there, or day after day, so that some have a rhythm and some an often active month."""
    count = chance.choice([0, 1, 2, 4, 8, 14])
    instants = [_instant(chance, zone, end) for _ in range(count)]
    if chance.random() < 0.4:
        back, gap = chance.choice([0, 1, 3, 20, 40]), chance.choice([1, 2, 3, 10])
        instants += [Shop((), zone).days_before(end, back + gap * n + 1) for n in range(chance.choice([4, 9, 12]))]
    rows = [Event(who, chance.choice(NAMES), at, chance.choice([None, 0.0, 30.0, 60.5])) for at in instants]
    return [*rows, Event(None, "view", end - timedelta(days=1))]


def _orders(chance: Random, zone: str, end: datetime, whos: list[str]) -> list[Order]:
    found = []
    for number in range(len(whos)):
        at, back = _instant(chance, zone, end), chance.choice([None, None, None, Decimal(5), Decimal(20)])
        refunded_at = None if back is None or chance.random() < 0.5 else max(at, _instant(chance, zone, end))
        status = chance.choice(["paid"] * 6 + ["unpaid", "refund"])
        paid = status == "paid"
        who = chance.choice(whos)
        found.append(
            Order(f"o{number}", who, at, Decimal(20), status, back if paid else None, refunded_at if paid else None)
        )
    return found


def _person(chance: Random, zone: str, end: datetime, who: str) -> Person:
    registered = _instant(chance, zone, end) if chance.random() < 0.7 else None
    seen = chance.choice([None, registered, _instant(chance, zone, end)])
    return Person(who, min(seen, registered) if seen and registered else seen, registered)


def _invite(chance: Random, zone: str, end: datetime, whos: list[str]) -> Invite:
    invited = chance.choice([None, _instant(chance, zone, end)])
    joined = chance.choice([None, _instant(chance, zone, end)])
    joined = max(invited, joined) if invited and joined else joined
    return Invite(chance.choice(whos), chance.choice([*whos, None]), invited, joined)
