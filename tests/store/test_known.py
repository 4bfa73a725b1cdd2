"""What is said of the four things: the last one holds, all are kept, and each can be taken back in turn."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from titian.domain.things import KEYS, Saying, Thing
from titian.errors import ConflictError, NotFoundError
from titian.store import known
from titian.store.database import Store

AT = datetime(2026, 11, 28, 13, tzinfo=UTC)
numbers = itertools.count()


def say(store: Store, text: str, customer: str = "ann", thing: Thing = "why_ordered", choice: str | None = None) -> str:
    number = next(numbers)
    at = AT + timedelta(seconds=number)
    said = Saying(id=f"k{number}", customer_id=customer, thing=thing, choice=choice, text=text, by="wang", at=at)
    with store.writing() as connection:
        return known.say(connection, said).id


def take_back(store: Store, key: str) -> known.TakenBack:
    with store.writing() as connection:
        return known.take_back(connection, key, AT + timedelta(days=1))


def holds(store: Store, customer: str = "ann", thing: Thing = "why_ordered") -> str | None:
    with store.reading() as connection:
        found = known.holding(connection, customer, thing)
        return None if found is None else found.text


def test_the_last_one_holds_and_the_others_are_kept(store: Store) -> None:
    for text in ("price", "a gift", "habit"):
        say(store, text)
    assert holds(store) == "habit"
    with store.reading() as connection:
        told = known.of_customer(connection, "ann")
    assert [one.text for one in told] == ["habit", "a gift", "price"]
    assert [one.ended_at for one in told] == [None, told[0].at, told[1].at]
    assert [one.replaces for one in told] == [told[1].id, told[2].id, None]


def test_customers_and_things_do_not_get_in_each_others_way(store: Store) -> None:
    say(store, "hers")
    say(store, "his", "bob")
    say(store, "friends", thing="can_bring")
    assert (holds(store), holds(store, "bob"), holds(store, thing="can_bring")) == ("hers", "his", "friends")
    assert holds(store, "eve") is None


def test_taken_back_the_one_before_holds_again_to_the_first(store: Store) -> None:
    first, second = say(store, "price"), say(store, "a gift")
    back = take_back(store, second)
    assert (back.went.text, back.holds and back.holds.text, back.repeated) == ("a gift", "price", False)
    assert holds(store) == "price"
    assert take_back(store, second).repeated
    assert take_back(store, first).holds is None
    assert holds(store) is None
    assert say(store, "anew")
    assert holds(store) == "anew"


def test_what_was_overtaken_is_not_taken_back(store: Store) -> None:
    first = say(store, "price")
    say(store, "a gift")
    with pytest.raises(ConflictError):
        take_back(store, first)
    assert holds(store) == "a gift"


def test_a_saying_of_nobody_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError):
        take_back(store, "nothing")


def test_two_of_one_thing_can_not_hold_whoever_writes(store: Store) -> None:
    say(store, "price")
    row = {"id": "x", "customer_id": "ann", "thing": "why_ordered", "choice": None, "text": "t", "by": "w", "at": "x"}
    with pytest.raises(IntegrityError), store.writing() as connection:
        connection.execute(known.insert(known.KNOWN), row)


def test_what_holds_of_all_leaves_out_what_was_cleared(store: Store) -> None:
    say(store, "price")
    say(store, "", "bob", choice="gift")
    say(store, "x", "cid")
    say(store, "", "cid")
    with store.reading() as connection:
        found = {(one.customer_id, one.choice, one.text) for one in known.all_that_holds(connection)}
    assert found == {("ann", None, "price"), ("bob", "gift", "")}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_history_ends_as_stacks_in_python_say(store: Store, seed: int) -> None:
    drawn = random.Random(seed)
    stacks: dict[tuple[str, Thing], list[tuple[str, str]]] = {}
    for step in range(25):
        who, thing = drawn.choice(["ann", "bob"]), drawn.choice(KEYS[:2])
        stack = stacks.setdefault((who, thing), [])
        if stack and drawn.random() < 0.4:
            take_back(store, stack.pop()[0])
        else:
            stack.append((say(store, f"t{step}", who, thing), f"t{step}"))
    for (who, thing), stack in stacks.items():
        assert holds(store, who, thing) == (stack[-1][1] if stack else None)
