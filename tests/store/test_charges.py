"""Who is in charge: what the databases hold is what a dictionary in Python says."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from titian.errors import NotFoundError
from titian.store import audit, charges
from titian.store.charges import Charged, Stamp, TakenBack
from titian.store.database import Store

AT = datetime(2026, 11, 28, 13, tzinfo=UTC)
numbers = itertools.count()


def put(store: Store, staff: str | None, customers: Iterable[str], batch: str | None = None) -> Charged:
    with store.writing() as connection:
        audit.wait_for_others(connection)
        return charges.put(connection, staff, customers, Stamp(batch or f"b{next(numbers)}", "admin", AT))


def take_back(store: Store, batch: str) -> TakenBack:
    with store.writing() as connection:
        return charges.take_back(connection, batch, AT)


def who(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return dict(charges.of_everyone(connection))


def test_one_is_in_charge_of_many_and_the_next_takes_over(store: Store) -> None:
    assert put(store, "王芳", ["a", "b", "a"]) == Charged(2, 0, 0)
    assert put(store, "Li", ["b", "c"]) == Charged(2, 0, 1)
    assert put(store, "Li", ["b", "c", "d"]) == Charged(1, 2, 0)
    assert who(store) == {"a": "王芳", "b": "Li", "c": "Li", "d": "Li"}


def test_nobody_is_in_charge_of_whom_everybody_is_taken_from(store: Store) -> None:
    put(store, "Li", ["a", "b"])
    assert put(store, None, ["a", "x"]) == Charged(1, 1, 1)
    assert who(store) == {"b": "Li"}
    with store.reading() as connection:
        assert charges.of_customer(connection, "a") is None
        found = charges.of_customer(connection, "b")
    assert found is not None
    assert (found.staff, found.since, found.by) == ("Li", AT, "admin")


def test_a_batch_is_taken_back_once_and_those_before_return(store: Store) -> None:
    put(store, "Li", ["a"])
    put(store, "Wang", ["a", "b"], "one")
    assert take_back(store, "one") == TakenBack(2, 1, repeated=False)
    assert who(store) == {"a": "Li"}
    assert take_back(store, "one") == TakenBack(0, 0, repeated=True)


def test_who_came_since_stays_when_an_older_batch_is_taken_back(store: Store) -> None:
    put(store, "Li", ["a", "b"])
    put(store, None, ["a", "b"], "gone")
    put(store, "Zhao", ["b"])
    assert take_back(store, "gone") == TakenBack(0, 1, repeated=False)
    assert who(store) == {"a": "Li", "b": "Zhao"}


def test_where_nothing_changes_there_is_no_batch(store: Store) -> None:
    put(store, "Li", ["a"])
    assert put(store, "Li", ["a"], "same") == Charged(0, 1, 0)
    with pytest.raises(NotFoundError):
        take_back(store, "same")


def test_customers_are_counted_by_who_takes_care_of_them(store: Store) -> None:
    put(store, "Wang", ["a", "b"])
    put(store, "Li", ["c"])
    with store.reading() as connection:
        assert charges.counted(connection) == [("Li", 1), ("Wang", 2)]
        assert dict(charges.of_everyone(connection, ["Li"])) == {"c": "Li"}
        assert charges.of_customers(connection, ["a", "c", "x"]) == {"a": "Wang", "c": "Li"}


def test_more_than_a_statement_can_bind_is_asked_for(store: Store) -> None:
    many = [f"c{number}" for number in range(1_300)]
    assert put(store, "Li", many) == Charged(1_300, 0, 0)
    with store.reading() as connection:
        assert len(charges.of_customers(connection, many)) == 1_300


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_calls_end_as_a_dictionary_says(store: Store, seed: int) -> None:
    drawn = random.Random(seed)
    held: dict[str, str] = {}
    for _ in range(20):
        staff = drawn.choice(["Li", "Wang", None])
        some = drawn.sample("abcdefgh", drawn.randint(1, 5))
        changing = [one for one in some if held.get(one) != staff]
        expected = Charged(len(changing), len(some) - len(changing), sum(one in held for one in changing))
        assert put(store, staff, some) == expected
        held.update(dict.fromkeys(some, staff or ""))
        held = {one: by for one, by in held.items() if by}
        assert who(store) == held
