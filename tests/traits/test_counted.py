"""A store's customers are those whose row names it, else whose first order does; the stores share all customers out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pandas as pd
import pytest

import titian as tt
from titian.traits.counted import counted, stores

START, END = datetime(2024, 1, 1), datetime(2024, 6, 1)
STORES = ["north", "south", "east", None]
PEOPLE = [f"c{number:02}" for number in range(40)]


@dataclass(frozen=True)
class Town:
    """Rows as people write them, with the stores that they name."""

    orders: pd.DataFrame
    customers: pd.DataFrame
    items: pd.DataFrame
    invites: pd.DataFrame

    def handed(self) -> tt.Dataset:
        return tt.Dataset(orders=self.orders, customers=self.customers, order_items=self.items, invites=self.invites)

    def home(self, who: str, end: datetime) -> str | None:
        """Where somebody belongs, by a plain walk."""
        own = self.customers.set_index("customer_id")["store_id"].get(who)
        if isinstance(own, str):
            return own
        rows = self.orders[(self.orders.customer_id == who) & (self.orders.ordered_at < end)]
        named = [(at, store) for at, store in zip(rows.ordered_at, rows.store_id, strict=True) if store is not None]
        return min(named)[1] if named else None

    def of(self, whose: Iterable[str], end: datetime) -> Town:
        """What is left where only these customers were ever loaded."""
        whose = set(whose)
        orders = self.orders[self.orders.customer_id.isin(whose)]
        open_then = self.invites.joined_at.isna() | (self.invites.joined_at >= end)
        both = self.invites.inviter_id.isin(whose) & (open_then | self.invites.invitee_id.isin(whose))
        return Town(
            orders,
            self.customers[self.customers.customer_id.isin(whose)],
            self.items[self.items.order_id.isin(set(orders.order_id))],
            self.invites[both],
        )


def town(seed: int) -> Town:
    chance = Random(seed)

    def at() -> datetime:
        return START + timedelta(days=chance.randrange(180), hours=chance.choice([0, 0, 9]))

    orders = [
        (f"o{n}", chance.choice(PEOPLE), at(), chance.randrange(5, 90), chance.choice(STORES)) for n in range(150)
    ]
    people = [(who, START, chance.choice(STORES)) for who in PEOPLE if chance.random() < 0.5]
    items = [(f"i{n}", f"o{chance.randrange(150)}", "p1", chance.choice(["tea", "cup"]), 1, 5) for n in range(200)]
    invites = []
    for number in range(40):
        inviter, invitee = chance.sample(PEOPLE, 2)
        joined = chance.choice([None, at()])
        invites.append((f"v{number}", inviter, invitee if joined else None, START, joined))
    return Town(
        pd.DataFrame(orders, columns=["order_id", "customer_id", "ordered_at", "amount", "store_id"]),
        pd.DataFrame(people, columns=["customer_id", "first_seen_at", "store_id"]),
        pd.DataFrame(items, columns=["item_id", "order_id", "product_id", "category", "quantity", "unit_price"]),
        pd.DataFrame(invites, columns=["invite_id", "inviter_id", "invitee_id", "invited_at", "joined_at"]).astype(
            {"invited_at": "datetime64[ns]", "joined_at": "datetime64[ns]"}
        ),
    )


TOWN = town(7)
DATA = TOWN.handed()


def layered(data: tt.Dataset) -> pd.DataFrame:
    got = tt.RFM().assign(data, as_of=END).to_pandas()
    return got.sort_values("customer_id", ignore_index=True)


def traited(data: tt.Dataset) -> pd.DataFrame:
    names = ["order_count", "people_brought", "invitations_sent", "favourite_category"]
    return tt.traits(names, data, as_of=END).sort_values("customer_id", ignore_index=True)


def everyone() -> set[str]:
    return set(layered(DATA).customer_id)


@pytest.mark.parametrize("store", ["north", "south", "east"])
def test_a_store_is_as_if_only_its_customers_had_been_loaded(store: str) -> None:
    theirs = [who for who in everyone() if TOWN.home(who, END) == store]
    alone = TOWN.of(theirs, END).handed()
    for asked in (layered, traited):
        pd.testing.assert_frame_equal(asked(DATA.of_store(store)), asked(alone))


def test_every_customer_is_of_one_store_or_of_none() -> None:
    parts = [set(layered(DATA.of_store(store)).customer_id) for store in ("north", "south", "east")]
    homeless = {who for who in everyone() if TOWN.home(who, END) is None}
    assert sum(map(len, parts)) + len(homeless) == len(everyone())
    assert set().union(*parts, homeless) == everyone()


def test_who_is_left_out_is_left_out_of_their_store_and_counted_there() -> None:
    rule = {"trait": "order_count", "op": ">=", "value": 5}
    data = DATA.excluding(tt.Dataset(orders=TOWN.orders, exclude=rule).exclusion)
    out = set(layered(DATA).query("order_count >= 5").customer_id)
    found = {store: counted(data.of_store(store), END) for store in ("north", "south", "east")}
    for store, part in found.items():
        homes = {who for who in everyone() if TOWN.home(who, END) == store}
        assert part.excluded == len(homes & out)
        assert set(layered(data.of_store(store)).customer_id) == homes - out


def test_nobody_is_counted_in_another_store_than_theirs_by_buying_there() -> None:
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "customer_id": ["ann", "ann"],
            "ordered_at": pd.to_datetime(["2024-01-02", "2024-02-02"]),
            "amount": [10, 20],
            "store_id": ["north", "south"],
        }
    )
    data = tt.Dataset(orders=orders)
    assert layered(data.of_store("north")).spend.tolist() == [30]
    assert layered(data.of_store("south")).empty


def test_a_customer_who_moved_belongs_where_they_were_on_the_day() -> None:
    customers = pd.DataFrame({"customer_id": ["ann"], "first_seen_at": [START], "store_id": ["south"]})
    changes = pd.DataFrame(
        {
            "change_id": ["1", "2"],
            "customer_id": ["ann", "ann"],
            "attribute": ["store_id", "store_id"],
            "value": ["north", "south"],
            "changed_at": pd.to_datetime(["2024-01-01", "2024-03-01"]),
        }
    )
    data = tt.Dataset(customers=customers, customer_changes=changes)
    assert [len(tt.traits(["city"], data.of_store("north"), as_of=day)) for day in ("2024-02-01", "2024-04-01")] == [
        1,
        0,
    ]


def test_a_store_that_nobody_names_is_said_with_those_that_there_are() -> None:
    with pytest.raises(tt.TitianError, match="store 'west' is not known") as refused:
        tt.RFM().assign(DATA.of_store("west"), as_of=END)
    assert "north" in refused.value.hint


def test_stores_are_listed_in_order() -> None:
    assert stores(DATA) == ["east", "north", "south"]
    assert (
        stores(tt.Dataset(events=pd.DataFrame({"customer_id": ["a"], "event": ["view"], "occurred_at": [START]}))) == []
    )


def test_without_a_store_nothing_is_computed() -> None:
    assert counted(DATA.of_store(None), END) is not None
    assert counted(DATA, END) is DATA
