"""Who counts as a customer, and from when on: by every table that can show one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

import titian as tt
from tests.acceptance.product import differences, layers
from tests.layering.stories import AS_OF, ago, bought, did
from tests.oracle.communities import NEVER, community
from tests.oracle.village import Event, Invite, Link, Person, Village, handed
from tests.traits.test_tasting import values

TICK = timedelta(microseconds=1)
SEEN = {seed: community(seed) for seed in (3, 20)}
every_community = pytest.mark.parametrize(("seen", "end"), SEEN.values(), ids=SEEN)


def known(village: Village, end: datetime = AS_OF, trait: str = "followers") -> set[str]:
    """Everyone of whom a trait is told."""
    return set(values(handed(village), trait, end))


@every_community
def test_everyone_seen_before_is_told_of_and_nobody_else(seen: Village, end: datetime) -> None:
    for at in (end, end - timedelta(days=40)):
        assert known(seen, at) == seen.everyone(at)


@pytest.mark.parametrize("at", [AS_OF, AS_OF - TICK], ids=["at the as_of", "just before"])
def test_an_instant_before_the_as_of_is_needed(at: datetime) -> None:
    seen = {"x"} if at < AS_OF else set()
    early = Event("early", "view", ago(900))
    links = (Link("early", "other"),)
    for village in (
        Village("UTC", (early, Event("x", "view", at)), links=links),
        Village("UTC", (early,), people=(Person("x", at),), links=links),
        Village("UTC", (early,), people=(Person("x", None, at),), links=links),
        Village("UTC", (early,), tuple(replace(one, ordered_at=at) for one in bought("x", 1)), links=links),
    ):
        assert known(village) == {"early"} | seen


def test_orders_of_any_status_show_a_customer() -> None:
    orders = [
        order for status in ("paid", "unpaid", "cancelled", "refund") for order in bought(status, 3, status=status)
    ]
    assert known(Village("UTC", orders=tuple(orders)), trait="order_count") == {"paid", "unpaid", "cancelled", "refund"}


def test_a_profile_without_a_date_was_always_known() -> None:
    village = Village("UTC", tuple(did("a", (1, "view"))), people=(Person("b"),), links=(Link("a", "b"),))
    assert known(village, ago(300)) == {"b"}


def test_links_and_invites_show_customers_only_where_nothing_else_does() -> None:
    links = (Link("a", "b"), Link("late", "a", linked_at=NEVER))
    invites = (Invite("c", "d", ago(9), ago(2)), Invite("e", "f", ago(9)), Invite("g", None, None))
    assert known(Village("UTC", links=links, invites=invites), trait="influence") == set("abcdeg")
    told = Village("UTC", tuple(did("z", (1, "view"))), links=links, invites=invites)
    assert known(told, trait="influence") == {"z"}


@every_community
def test_where_invites_are_all_there_is_only_what_was_known_counts(seen: Village, end: datetime) -> None:
    alone = Village(seen.zone, invites=seen.invites)
    layering = tt.Influence(kol="q0.8", koc="q0.8")
    found, before = (layers(layering.assign(handed(one), as_of=end)) for one in (alone, alone.known_before(end)))
    assert differences(found, before) == {}


def test_the_population_only_grows() -> None:
    seen, end = SEEN[3]
    data = handed(seen)
    days = [end - timedelta(days=back) for back in (100, 30, 0)]
    told = [set(tt.traits(["followers"], data, as_of=day)["customer_id"]) for day in days]
    assert all(sooner <= later for sooner, later in pairwise(told))
