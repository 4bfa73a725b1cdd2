"""Communities at random: villages whose people also talk, follow, browse, move and have favourites, near every edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from tests.oracle.shop import Shop
from tests.oracle.village import Change, Event, Item, Link, Person, Village
from tests.oracle.villages import village

DOINGS = (
    "post",
    "发帖",
    "answer",
    "comment",
    "share",
    "转发",
    "reply",
    "like",
    "like",
    "view",
    "search",
    "cart",
    "home",
)
PLACES = (None, "北京", "上海", "O'Brien", " 上海 ", "unknown")
TRADES = (None, None, "医生", "teacher", " ")
DAYS = (-1, 0, 0, 1, 2, 29, 30, 31, 89, 90, 91, 200, 366)
NEVER = datetime(2099, 1, 1, tzinfo=UTC)
"""Long after anybody asks."""


def community(seed: int, customers: int = 30) -> tuple[Village, datetime]:
    """A village with every table, and an instant to ask it about."""
    chance = Random(seed)
    seen, end = village(seed, customers)
    whos = [f"c{number:02}" for number in range(customers)]
    goods = [f"p{number}" for number in range(6)]
    talk = [_doing(chance, seen.zone, end, whos, goods) for _ in range(customers * 5)]
    return replace(
        seen,
        events=(*seen.events, *talk, Event(whos[0], "post", NEVER), Event(None, "post", end - timedelta(days=1))),
        people=tuple(_known(chance, person, end) for person in seen.people),
        items=tuple(_item(chance, order.order_id, goods) for order in seen.orders for _ in range(chance.randint(0, 3))),
        links=tuple(_link(chance, seen.zone, end, [*whos, "stranger", "路人"]) for _ in range(customers * 2)),
        changes=tuple(_change(chance, seen.zone, end, whos) for _ in range(customers)),
    ), end


def _instant(chance: Random, zone: str, end: datetime) -> datetime:
    step = chance.choice([timedelta(0), timedelta(microseconds=1), timedelta(hours=3), timedelta(hours=11)])
    return Shop((), zone).days_before(end, chance.choice(DAYS)) - chance.choice([-1, 1]) * step


def _doing(chance: Random, zone: str, end: datetime, whos: list[str], goods: list[str]) -> Event:
    """Some say much, most little."""
    who = whos[min(int(chance.expovariate(0.12)), len(whos) - 1)]
    at = _instant(chance, zone, end)
    return Event(who, chance.choice(DOINGS), at, None, chance.choice([None, *goods]), chance.choice(PLACES))


def _known(chance: Random, person: Person, end: datetime) -> Person:
    today = end.date()
    births = [None, today.replace(year=1990), date(2000, 2, 29), today + timedelta(days=1), today - timedelta(days=366)]
    return replace(
        person,
        city=chance.choice(PLACES),
        gender=chance.choice([None, "female", "male", "不愿说"]),
        profession=chance.choice(TRADES),
        birth_date=chance.choice(births),
    )


def _item(chance: Random, order_id: str, goods: list[str]) -> Item:
    """What a product is may be said differently from line to line; some lines name no price or no sane number."""
    product = chance.choice([None, *goods])
    category = chance.choice([None, "茶", "茶", "cups", "Books"])
    quantity = chance.choice([None, 0.0, 1.0, 2.0, 2.5, -3.0, 1e12])
    price = chance.choice([None, Decimal(0), Decimal("9.99"), Decimal(10), Decimal(20), Decimal("-5.5")])
    return Item(order_id, product, category, chance.choice([None, "A", "B"]), quantity, price)


def _link(chance: Random, zone: str, end: datetime, whos: list[str]) -> Link:
    """Some are followed far more than others; a few link to themselves, at no time, or with a strange weight."""
    to = whos[min(int(chance.expovariate(0.2)), len(whos) - 1)]
    kind = chance.choice(["follow", "follow", "关注", "reply", "like", None])
    at = chance.choice([None, NEVER, *(_instant(chance, zone, end) for _ in range(4))])
    return Link(chance.choice([*whos, to]), to, kind, at, chance.choice([None, 1.0, 2.0, 0.5, 0.0, -1.0]))


def _change(chance: Random, zone: str, end: datetime, whos: list[str]) -> Change:
    what, values = chance.choice([("city", PLACES), ("profession", TRADES), ("mood", ("good", "bad"))])
    return Change(chance.choice(whos), what, chance.choice(values), _instant(chance, zone, end))
