"""Who is in the workspace: a table that shows them is enough."""

from __future__ import annotations

import pytest

from tests.app import market
from titian.app.desk import Desk
from titian.app.known import known
from titian.traits import population

PEOPLE = sorted(market.customers())


def asked(desk: Desk, *ids: str) -> frozenset[str]:
    with desk.reading() as reading:
        return known(reading, ids)


def test_those_of_any_table_are_known_and_nobody_else(own_desk: Desk) -> None:
    assert asked(own_desk, PEOPLE[0], PEOPLE[-1], "nobody", "x" * 501, "\ud800") == {PEOPLE[0], PEOPLE[-1]}
    assert asked(own_desk) == frozenset()


def test_whom_one_table_shows_is_not_looked_for_in_the_next(own_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    look = population.known_in
    monkeypatch.setattr(population, "known_in", lambda data, table, ids: looked.append(table) or look(data, table, ids))
    with own_desk.reading() as reading:
        tables = population.seen_in(reading.data)
    asked(own_desk, "nobody")
    assert looked == tables
    looked.clear()
    asked(own_desk, PEOPLE[0])
    assert len(looked) <= len(tables)
    assert looked == tables[: len(looked)]
