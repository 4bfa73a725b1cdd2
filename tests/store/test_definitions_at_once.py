"""Several people define at the same time, each over a connection of their own: one wins, the others are told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from titian.app.definition import Definition
from titian.app.definitions import Definitions
from titian.app.stored import Stored
from titian.app.trail import Trail
from titian.domain.audience import list_name
from titian.errors import ConflictError, NotFoundError, TitianError
from titian.store import lists
from titian.store.database import Store

NOW = datetime(2026, 11, 28, tzinfo=UTC)
BASE = Definition(kind="rule", key="core", parameters={"rule": {"did": "cart"}})
PEOPLE = 6


@pytest.fixture
def desks(opened: Callable[[], Store]) -> list[Definitions]:
    """Four who use the same store."""
    return [seen_by(opened()) for _ in range(4)]


def seen_by(store: Store) -> Definitions:
    return Definitions("audiences", cast(Stored, SimpleNamespace(store=store, there=store)))


def says(value: int) -> Definition:
    return BASE.model_copy(update={"parameters": {"rule": {"did": "cart", "times": value}}})


def at_once(desks: list[Definitions], act: Callable[[Definitions, int], Any]) -> list[Any]:
    """What each of six turns gave, or the error that it met."""

    def turn(number: int) -> Any:
        try:
            return act(desks[number % len(desks)], number)
        except TitianError as error:
            return error

    with ThreadPoolExecutor(len(desks)) as pool:
        return list(pool.map(turn, range(PEOPLE)))


def won(answers: list[Any]) -> list[Definition]:
    lost = [one for one in answers if not isinstance(one, Definition)]
    assert all(isinstance(one, ConflictError) for one in lost), lost
    return [one for one in answers if isinstance(one, Definition)]


def told(desk: Definitions) -> list[str]:
    lines, _ = Trail(desk._stored.store).lines("", None, None)
    return [line.action for line in reversed(lines)]


def test_one_of_those_who_create_the_same_key_wins(desks: list[Definitions]) -> None:
    (winner,) = won(at_once(desks, lambda desk, number: desk.create(says(number))))
    assert desks[0].current() == {"core": winner}
    assert desks[1].versions("core") == (1,)
    assert told(desks[2]) == ["audience.create"]


def test_those_who_create_the_very_same_all_win_and_it_is_told_once(desks: list[Definitions]) -> None:
    assert won(at_once(desks, lambda desk, _: desk.create(BASE))) == [BASE] * PEOPLE
    assert told(desks[0]) == ["audience.create"]


def test_one_of_those_who_publish_from_the_same_base_wins(desks: list[Definitions]) -> None:
    base = desks[0].create(BASE)
    answers = at_once(desks, lambda desk, number: desk.publish(says(number), base))
    (winner,) = won(answers)
    assert winner.version == 2
    assert desks[3].current()["core"] == winner
    assert desks[3].versions("core") == (1, 2)
    assert {one.details["version"] for one in answers if isinstance(one, ConflictError)} == {2}


def test_those_who_come_back_with_the_new_base_all_get_in(desks: list[Definitions]) -> None:
    desks[0].create(BASE)

    def stubborn(desk: Definitions, number: int) -> Definition:
        while True:
            try:
                return desk.publish(says(number), desk.current()["core"])
            except ConflictError:
                continue

    numbers = sorted(one.version for one in won(at_once(desks, stubborn)))
    assert numbers == list(range(2, PEOPLE + 2))
    assert desks[0].versions("core") == tuple(range(1, PEOPLE + 2))


def test_it_is_removed_once(desks: list[Definitions]) -> None:
    desks[0].create(BASE)
    answers = at_once(desks, lambda desk, _: desk.remove("core"))
    assert sum(one is None for one in answers) == 1
    assert sum(isinstance(one, NotFoundError) for one in answers) == PEOPLE - 1
    assert told(desks[0]) == ["audience.create", "audience.remove"]


def test_it_is_brought_back_once(desks: list[Definitions]) -> None:
    desks[0].create(BASE)
    desks[0].remove("core")
    assert won(at_once(desks, lambda desk, _: desk.restore("core"))) == [BASE] * PEOPLE
    assert told(desks[0]).count("audience.restore") == 1


def test_different_keys_do_not_disturb_each_other(desks: list[Definitions]) -> None:
    made = won(at_once(desks, lambda desk, n: desk.create(BASE.model_copy(update={"key": f"k{n}"}))))
    assert list(desks[0].current()) == sorted(one.key for one in made) == [f"k{n}" for n in range(PEOPLE)]


def test_a_list_that_several_keep_is_kept_once(desks: list[Definitions]) -> None:
    people = [f"c{number}" for number in range(300)]

    def keep(desk: Definitions, number: int) -> Definition:
        made = BASE.model_copy(update={"key": f"k{number}", "kind": "list", "parameters": {"customers": "x"}})
        return desk.create(made, beside=lambda connection: lists.keep(connection, people, NOW))

    assert len(won(at_once(desks, keep))) == PEOPLE
    with desks[0]._stored.store.reading() as connection:
        assert sorted(lists.customers(connection, list_name(people))) == sorted(people)


class TornError(Exception):
    """The cable was pulled."""


def test_what_is_done_beside_that_fails_leaves_nothing(desks: list[Definitions]) -> None:
    desks[0].create(BASE)

    def half(connection: Any) -> None:
        lists.keep(connection, ["c1"], NOW)
        raise TornError

    with pytest.raises(TornError):
        desks[0].publish(says(1), BASE, beside=half)
    with pytest.raises(TornError):
        desks[0].create(BASE.model_copy(update={"key": "other"}), beside=half)
    assert desks[1].numbers() == {"core": 1}
    assert desks[1].versions("core") == (1,)
    assert told(desks[1]) == ["audience.create"]
    with desks[1]._stored.store.reading() as connection:
        assert lists.customers(connection, list_name(["c1"])) == []


def test_a_base_that_was_removed_meanwhile_is_a_conflict(desks: list[Definitions]) -> None:
    base = desks[0].create(BASE)
    desks[1].remove("core")
    with pytest.raises((ConflictError, NotFoundError)):
        desks[0].publish(says(1), base)


def test_what_was_published_is_what_is_in_force_though_newer_versions_were_removed(desks: list[Definitions]) -> None:
    base = desks[0].create(BASE)
    desks[1].publish(says(1), base)
    desks[1].remove("core")
    try:
        published = desks[0].publish(says(2), base)
    except (ConflictError, NotFoundError):
        return
    assert desks[2].current()["core"] == published


ODD_TEXTS = [
    "😀" * 50,
    "\u202eevil\u202c",
    "שלום",
    "'; DROP TABLE definitions; --",
    "a\\u0000b",
    "x" * 100_000,
    "\u2028",
    "\0",
]


def test_odd_texts_are_read_as_they_were_written(desks: list[Definitions]) -> None:
    for number, text in enumerate(ODD_TEXTS):
        said = {"key": f"k{number}", "description": text, "parameters": {text[:1_000]: [text, {"deep": text}]}}
        made = BASE.model_copy(update=said)
        assert desks[0].create(made) == made
        assert desks[1].current()[made.key] == made
