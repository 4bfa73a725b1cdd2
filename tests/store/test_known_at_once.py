"""Several people fill in the same things and put others in charge at the same time, each over a connection of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from titian.app.charges import Charges
from titian.app.sayings import Sayings
from titian.app.trail import Trail
from titian.errors import ConflictError
from titian.store.database import Store

PEOPLE = [f"c{number}" for number in range(40)]
STAFF = ("Li", "Wang", "王芳", "Zhao")


@pytest.fixture
def stores(opened: Callable[[], Store]) -> list[Store]:
    """Four who use the same store."""
    return [opened() for _ in range(4)]


@pytest.fixture
def teams(stores: list[Store]) -> list[Sayings]:
    return [Sayings(store, Trail(store)) for store in stores]


@pytest.fixture
def offices(stores: list[Store]) -> list[Charges]:
    return [Charges(store, Trail(store)) for store in stores]


def test_of_all_who_write_one_holds_and_none_is_lost(teams: list[Sayings]) -> None:
    turns = [(teams[number % 4], f"t{number}") for number in range(16)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda turn: turn[0].say("ann", "judgement", None, turn[1], None), turns))
    told = teams[0].of_customer("ann")
    assert Counter(one.text for one in told) == Counter(f"t{number}" for number in range(16))
    assert len([one for one in told if one.ended_at is None]) == 1
    assert len({one.replaces for one in told}) == 16, "each came in the place of another"


def test_of_those_who_saw_nothing_one_is_first_and_the_others_are_told(teams: list[Sayings]) -> None:
    def first(team: Sayings) -> bool:
        try:
            return team.say("ann", "can_bring", "family", "", "")[1]
        except ConflictError:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(first, teams)) == [False, False, False, True]


def test_a_saying_is_taken_back_once(teams: list[Sayings]) -> None:
    teams[0].say("ann", "judgement", None, "before", None)
    said, _ = teams[0].say("ann", "judgement", None, "after", None)
    assert said is not None
    with ThreadPoolExecutor(4) as pool:
        undone = list(pool.map(lambda team: team.take_back(said.id), teams))
    assert sorted(one.repeated for one in undone) == [False, True, True, True]
    assert {one.holds and one.holds.text for one in undone} == {"before"}


def test_each_customer_is_with_one_whoever_comes_last(offices: list[Charges]) -> None:
    turns = [(offices[number % 4], STAFF[number % 4]) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda turn: turn[0].put(turn[1], PEOPLE), turns))
    assert sorted(customer for customer, _ in offices[0].of_everyone()) == sorted(PEOPLE)
    assert sum(customers for _, customers in offices[1].counted()) == len(PEOPLE)


def test_a_batch_is_taken_back_once(offices: list[Charges]) -> None:
    _, batch = offices[0].put("Li", PEOPLE)
    with ThreadPoolExecutor(4) as pool:
        undone = list(pool.map(lambda office: office.take_back(str(batch)), offices))
    assert sorted(one.removed for one in undone) == [0, 0, 0, len(PEOPLE)]
    assert offices[0].of_everyone() == []


def test_the_log_tells_each_deed_once_and_stays_whole(offices: list[Charges], stores: list[Store]) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda office: office.put("Li", PEOPLE), offices))
    trail = Trail(stores[0])
    lines, found = trail.lines("staff.assign", None, None)
    assert (found, lines[0].details["customers"], trail.broken()) == (1, len(PEOPLE), None)
