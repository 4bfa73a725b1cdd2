"""Dispatchers count their beats, and learn when others took them for dead."""

from __future__ import annotations

from tests.store.touches import NOW
from titian.store import dispatchers
from titian.store.database import Store


def test_each_counts_its_own_beats(store: Store) -> None:
    with store.writing() as connection:
        for worker in ("one", "two"):
            dispatchers.enter(connection, worker, "host:1", NOW)
        assert [dispatchers.beat(connection, "one", NOW) for _ in range(3)] == [True] * 3
        assert dispatchers.beats(connection) == {"one": 3, "two": 0}


def test_who_was_taken_off_the_list_learns_of_it(store: Store) -> None:
    with store.writing() as connection:
        for worker in ("one", "two", "three"):
            dispatchers.enter(connection, worker, "host:1", NOW)
        dispatchers.leave(connection, ["one"])
        assert [dispatchers.beat(connection, worker, NOW) for worker in ("one", "two")] == [False, True]
        dispatchers.leave(connection, None)
        assert dispatchers.beats(connection) == {}
