"""A deed in the store and its line are one: both hold, or neither, and what changed nothing has no line."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.test_tagged import a_tag
from titian.app.acting import acting
from titian.app.trail import Trail
from titian.domain.tag import TagGroup
from titian.domain.words import Words
from titian.store import tags
from titian.store.audit import Line
from titian.store.database import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def trail(store: Store) -> Trail:
    return Trail(store)


def lines(trail: Trail) -> list[Line]:
    return trail.lines("", None, None)[0]


def keys(store: Store) -> list[str]:
    with store.reading() as connection:
        return tags.keys(connection)


def test_a_deed_is_done_on_the_connection_of_its_line(store: Store, trail: Trail) -> None:
    with trail.of("tag.create", "vip", colour="red") as connection:
        tags.add(connection, a_tag("vip"))
    assert [(line.subject, line.details) for line in lines(trail)] == [("vip", {"colour": "red"})]
    assert keys(store) == ["vip"]


def test_a_deed_that_fails_on_the_connection_leaves_neither(store: Store, trail: Trail) -> None:
    with pytest.raises(ZeroDivisionError), trail.of("tag.create", "vip") as connection:
        tags.add(connection, a_tag("vip" if keys(store) else f"k{1 / 0}"))
    assert (lines(trail), keys(store)) == ([], [])


def test_what_came_of_a_deed_is_told_when_it_is_done(store: Store, trail: Trail) -> None:
    token = acting.set("cli:wang")
    with trail.telling("tag.create", "vip") as telling:
        tags.add(telling.connection, a_tag("vip"))
        telling.tell(customers=len(tags.counted(telling.connection)))
    acting.reset(token)
    (line,) = lines(trail)
    assert (line.actor, line.action, line.subject, line.details) == ("cli:wang", "tag.create", "vip", {"customers": 1})


def test_a_deed_that_tells_nothing_leaves_no_line(trail: Trail) -> None:
    with trail.telling("tag.create", "vip"):
        pass
    with trail.telling("tag.create", "silver") as telling:
        telling.tell()
    assert [(line.subject, line.details) for line in lines(trail)] == [("silver", {})]


def test_a_deed_that_told_and_failed_leaves_neither(store: Store, trail: Trail) -> None:
    with pytest.raises(ZeroDivisionError), trail.telling("tag.create", "vip") as telling:
        telling.tell(customers=tags.add(telling.connection, a_tag("vip")) or 1 / 0)
    assert (lines(trail), keys(store)) == ([], [])


def test_a_line_that_can_t_be_written_undoes_the_deed(store: Store, trail: Trail) -> None:
    def create(action: str) -> None:
        with trail.telling(action, "vip") as telling:
            tags.add(telling.connection, a_tag("vip"))
            telling.tell()

    with pytest.raises(ValueError, match="action"):
        create("no action")
    assert (lines(trail), keys(store)) == ([], [])


def test_deeds_wait_for_each_other(store: Store, trail: Trail) -> None:
    with store.writing() as connection:
        tags.add_group(connection, TagGroup(key="g", name=Words(zh="", en="")))

    def turn(_: int) -> None:
        with trail.telling("tag_group.change", "g") as telling:
            held = tags.group(telling.connection, "g")
            longer = Words(zh=held.name.zh + "x", en="")
            tags.put_group(telling.connection, held.model_copy(update={"name": longer}))
            telling.tell(length=len(longer.zh))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(turn, range(20)))
    assert [line.details["length"] for line in reversed(lines(trail))] == list(range(1, 21))
    assert trail.broken() is None
