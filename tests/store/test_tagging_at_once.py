"""Several people tag at the same time, each over a connection of their own: every customer keeps one of a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.store.test_tagged import NAME, a_tag
from titian.app.definitions import unchecked
from titian.app.tags import Tags
from titian.app.trail import Trail
from titian.domain.tag import TagGroup
from titian.errors import NotFoundError, UnknownNameError
from titian.store import tags
from titian.store.database import Store

PEOPLE = [f"c{number}" for number in range(50)]
KEYS = ("bronze", "gold", "silver")


@pytest.fixture
def desks(opened: Callable[[], Store]) -> list[Tags]:
    """Four who use the same store, with three tags of an exclusive group."""
    stores = [opened() for _ in range(4)]
    with stores[0].writing() as connection:
        tags.add_group(connection, TagGroup(key="level", name=NAME, exclusive=True))
        for key in KEYS:
            tags.add(connection, a_tag(key, "level"))
    return [Tags(store, Trail(store)) for store in stores]


def holders(desk: Tags) -> Counter[str]:
    """How many of the tags each customer has."""
    return Counter(one.customer_id for key in KEYS for one in desk.holders(key, None, 100))


def test_each_customer_keeps_one_whoever_comes_last(desks: list[Tags]) -> None:
    turns = [(desks[number % 4], KEYS[number % 3]) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda turn: turn[0].give(turn[1], PEOPLE, "", "batch"), turns))
    assert holders(desks[0]) == Counter(PEOPLE)


def test_the_same_batch_is_taken_back_once(desks: list[Tags]) -> None:
    _, batch = desks[0].give("gold", PEOPLE, "", "batch")
    with ThreadPoolExecutor(4) as pool:
        undone = list(pool.map(lambda tags: tags.take_back(str(batch)), desks))
    assert sorted(one.removed for one in undone) == [0, 0, 0, len(PEOPLE)]
    assert holders(desks[0]) == Counter()


def test_the_same_customers_are_tagged_once(desks: list[Tags]) -> None:
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda tags: tags.give("gold", PEOPLE, "", "batch")[0], desks))
    assert sorted((one.tagged, one.already) for one in given) == [(0, 50), (0, 50), (0, 50), (50, 0)]


def test_a_tag_that_is_merged_meanwhile_is_gone_for_the_others(desks: list[Tags]) -> None:
    desks[0].give("gold", PEOPLE[:10], "", "batch")

    def merged(tags: Tags) -> bool:
        try:
            return tags.merge("gold", "silver", check=unchecked).moved == 10
        except UnknownNameError:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(merged, desks)) == [False, False, False, True]
    assert desks[1].one("silver").customers == 10


def test_the_log_tells_each_deed_once(desks: list[Tags], opened: Callable[[], Store]) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda tags: tags.give("gold", PEOPLE, "", "batch"), desks))
    trail = Trail(opened())
    lines, found = trail.lines("tag.give", None, None)
    assert (found, lines[0].details["tagged"], trail.broken()) == (1, 50, None)


def test_what_fails_leaves_nothing(desks: list[Tags], opened: Callable[[], Store]) -> None:
    before = Trail(opened()).lines("", None, None)[1]
    with pytest.raises(UnknownNameError):
        desks[0].give("nothing", PEOPLE, "", "batch")
    with pytest.raises(NotFoundError):
        desks[0].take_back("nothing")
    assert (holders(desks[0]), Trail(opened()).lines("", None, None)[1]) == (Counter(), before)
