"""A small but nasty shop with every canonical table: many random cases of the oracle's strategies, side by side."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings

from tests.oracle.shop import Shop
from tests.oracle.strategies import merged, shops
from titian.domain.meanings import MEANINGS
from titian.warehouse.tables import TABLES

ZONE = "Europe/London"
AS_OF = datetime(2011, 11, 1, tzinfo=UTC)
"""Two days after clocks went back, seven months after they went forward."""
EARLIER = datetime(2011, 4, 27, 23, tzinfo=UTC)

ODD_NAMES = (
    "view",
    "浏览",
    "pv",
    "purchase",
    "下单",
    'O\'Brien \\ "x"',
    "post",
    "like",
    "share",
    "签到",
    "never heard of",
)
ODD_TEXT = (None, "", "广州", "Zürich", "O'Brien", "a\\b", "😀", "unknown")
ARROW = {
    "id": pa.string(),
    "text": pa.string(),
    "status": pa.string(),
    "json": pa.string(),
    "instant": pa.timestamp("us", tz="UTC"),
    "date": pa.date32(),
    "money": pa.decimal128(18, 4),
    "number": pa.float64(),
    "integer": pa.int64(),
}


def drawn(cases: int) -> Shop:
    """So many random shops as one, each with customers of its own; the same ones every time."""
    found: list[Shop] = []

    @settings(
        max_examples=cases,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(shops(ZONE, AS_OF))
    def draw(shop: Shop) -> None:
        found.append(_apart(shop, f"{len(found)}/"))

    draw()
    return merged(found)


def tables(cases: int, seed: int = 7) -> dict[str, pa.Table]:
    """Every canonical table as Arrow; only those the oracle draws are random in all their columns."""
    shop, chance = drawn(cases), random.Random(seed)
    people = sorted({o.customer_id for o in shop.orders if o.customer_id} | {c.customer_id for c in shop.customers})
    rows: dict[str, list[dict[str, object]]] = {
        "orders": [{**vars(order), "channel": chance.choice(ODD_TEXT)} for order in shop.orders],
        "customers": [{**vars(c), **_profile(chance)} for c in shop.customers],
        "events": [_event(chance, people, place) for place in range(12 * cases)],
        "order_items": [_item(chance, order.order_id, place) for place, order in enumerate(shop.orders)],
        "customer_changes": [_change(chance, people) for _ in range(2 * cases)],
        "links": [_link(chance, people) for _ in range(6 * cases)],
        "invites": [_invite(chance, people, place) for place in range(3 * cases)],
        "costs": [{"day": _at(chance).date(), "channel": "sms", "kind": "retain", "amount": Decimal("9.9")}],
    }
    return {name: _arrow(name, found) for name, found in rows.items() if name in TABLES}


def _arrow(name: str, rows: list[dict[str, object]]) -> pa.Table:
    """The columns that some row has; the rest is left out as a shop would."""
    schema = [(c.name, ARROW[c.kind]) for c in TABLES[name].columns if any(c.name in row for row in rows)]
    return pa.Table.from_pylist(rows, schema=pa.schema(schema))


def _apart(shop: Shop, prefix: str) -> Shop:
    return replace(
        shop,
        orders=tuple(
            replace(o, order_id=prefix + o.order_id, customer_id=o.customer_id and prefix + o.customer_id)
            for o in shop.orders
        ),
        customers=tuple(replace(c, customer_id=prefix + c.customer_id) for c in shop.customers),
    )


def _at(chance: random.Random) -> datetime:
    """An instant near local midnights, some long ago, a few after the as_of."""
    day = AS_OF - timedelta(days=chance.choice([-400, -1, 0, 1, 2, 2, 3, 7, 30, 30, 90, 91, 180, 181, 365, 366, 900]))
    return day + timedelta(hours=chance.randint(-2, 2), microseconds=chance.choice([-1, 0, 0, 1]))


def _event(chance: random.Random, people: list[str], place: int) -> dict[str, object]:
    return {
        "event_id": f"e{place}",
        "customer_id": chance.choice([*people, *people, "only events", None]),
        "event": chance.choice([*ODD_NAMES, *MEANINGS]),
        "occurred_at": _at(chance),
        "session_id": f"s{chance.randint(0, 50)}",
        "channel": chance.choice(ODD_TEXT),
        "duration_s": chance.choice([None, -1.0, 0.0, 0.0005, 12.3455, 3600.0, 1e12]),
        "product_id": chance.choice(["p1", "p2", None]),
        "value": chance.choice([None, 0.1, 0.2, 0.3, 5.0, -2.5]),
        "city": chance.choice(ODD_TEXT),
    }


def _profile(chance: random.Random) -> Mapping[str, object]:
    return {
        "registered_at": chance.choice([None, _at(chance)]),
        "gender": chance.choice(["f", "m", None]),
        "birth_date": chance.choice([None, datetime(1980, 2, 29).date(), datetime(2011, 11, 1).date()]),
        "city": chance.choice(ODD_TEXT),
        "province": chance.choice(ODD_TEXT),
        "channel": chance.choice(ODD_TEXT),
    }


def _item(chance: random.Random, order_id: str, place: int) -> dict[str, object]:
    return {
        "item_id": f"i{place}",
        "order_id": order_id,
        "product_id": chance.choice(["p1", "p2", "p3"]),
        "category": chance.choice(ODD_TEXT),
        "brand": chance.choice(ODD_TEXT),
        "quantity": chance.choice([1.0, 2.0, 0.5]),
        "unit_price": Decimal(chance.choice(["0", "9.9", "10.0001", "199"])),
    }


def _change(chance: random.Random, people: list[str]) -> dict[str, object]:
    attribute, value = chance.choice([("city", "深圳"), ("city", None), ("gender", "f"), ("shoe size", "41")])
    return {"customer_id": chance.choice(people), "attribute": attribute, "value": value, "changed_at": _at(chance)}


def _link(chance: random.Random, people: list[str]) -> dict[str, object]:
    return {
        "from_id": chance.choice(people),
        "to_id": chance.choice([*people, "a stranger"]),
        "kind": chance.choice(["follow", "reply", "like", "share"]),
        "linked_at": chance.choice([None, _at(chance)]),
        "weight": chance.choice([None, 1.0, 2.5, -1.0]),
    }


def _invite(chance: random.Random, people: list[str], place: int) -> dict[str, object]:
    invited = _at(chance)
    return {
        "invite_id": f"v{place}",
        "inviter_id": chance.choice(people),
        "invitee_id": chance.choice([*people, None]),
        "invited_at": invited,
        "joined_at": chance.choice([None, invited, invited + timedelta(days=3)]),
    }
