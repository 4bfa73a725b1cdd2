"""Whatever is defined, changed, merged and removed, and by how many at once, tables of tags say what is in force."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from titian.app import standing
from titian.app.definition import Definition, Sort
from titian.app.definitions import Definitions
from titian.app.stored import Stored
from titian.app.tag_definition import group_of, tag_of, whole_group, whole_tag
from titian.app.tags import Tags
from titian.app.trail import Trail
from titian.errors import TitianError
from titian.store import tags
from titian.store.database import Store
from titian.store.tables import AUDIT, METADATA

SPENT = {"trait": "spend", "op": ">=", "value": 100}
KEYS, GROUPS = ("gold", "silver", "tea"), ("level", "kind")


def defined(store: Store, sort: Sort) -> Definitions:
    return Definitions(sort, cast(Stored, SimpleNamespace(store=store, there=store)))


def a_tag(key: str, group: str | None = None, colour: str = "grey", rule: Any = None) -> Definition:
    said = {"colour": colour, "group": group, "rule": rule}
    kept = {name: value for name, value in said.items() if value is not None}
    return whole_tag(Definition(kind="hand" if rule is None else "rule", key=key, parameters=kept))


def a_group(key: str, exclusive: bool = False) -> Definition:
    return whole_group(Definition(kind="group", key=key, parameters={"exclusive": exclusive}))


def put(store: Store, sort: Sort, made: Definition) -> Definition:
    """Make a definition, or publish its next version."""
    kept = defined(store, sort)
    present = kept.current().get(made.key)
    if present is None:
        return kept.create(made, check=standing.together)
    return kept.publish(made, present, check=standing.together)


def as_in_force(store: Store) -> bool:
    """Whether tables say what definitions say."""
    with store.reading() as connection:
        held = {one.tag.key: one.tag for one in tags.counted(connection)}
        groups = {one.key: one for one in tags.groups(connection)}
    meant = defined(store, "tags").current()
    assert groups == {key: group_of(one) for key, one in defined(store, "tag_groups").current().items()}
    assert set(held) == set(meant)
    return held == {key: tag_of(one, held[key].made_by, held[key].made_at) for key, one in meant.items()}


looks = st.tuples(
    st.sampled_from(KEYS),
    st.sampled_from([None, *GROUPS]),
    st.sampled_from(["red", "blue"]),
    st.sampled_from([None, SPENT]),
)
deeds = st.lists(
    st.tuples(st.just("tag"), looks)
    | st.tuples(st.just("tag"), looks)
    | st.tuples(st.just("group"), st.tuples(st.sampled_from(GROUPS), st.booleans()))
    | st.tuples(st.sampled_from(["remove", "restore"]), st.sampled_from(KEYS))
    | st.tuples(st.just("ungroup"), st.sampled_from(GROUPS))
    | st.tuples(st.just("merge"), st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)))
    | st.tuples(st.just("give"), st.tuples(st.sampled_from(KEYS), st.sampled_from(["ann", "bob"]))),
    min_size=6,
    max_size=20,
)


def done(store: Store, deed: str, asked: Any) -> None:
    kept, held = defined(store, "tags"), Tags(store, Trail(store))
    match deed:
        case "tag":
            put(store, "tags", a_tag(*asked))
        case "group":
            put(store, "tag_groups", a_group(*asked))
        case "remove":
            held.remove(asked, check=standing.together)
        case "restore":
            kept.restore(asked, check=standing.together)
        case "ungroup":
            held.remove_group(asked, check=standing.together)
        case "merge":
            held.merge(*asked, check=standing.together)
        case "give":
            held.give(asked[0], [asked[1]], "", "hand")


@pytest.mark.full
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=deeds)
def test_after_every_deed_tables_say_what_is_in_force_and_versions_are_as_they_were(
    store: Store, asked: list[tuple[str, Any]]
) -> None:
    with store.writing() as connection:
        for table in reversed(METADATA.sorted_tables):
            if table is not AUDIT:
                connection.execute(delete(table))
    seen: dict[str, list[Definition]] = {}
    for deed, given_to in asked:
        with suppress(TitianError):
            done(store, deed, given_to)
        assert as_in_force(store)
        for key in KEYS:
            history = [one.definition for one in defined(store, "tags").history(key)]
            assert history[: len(seen.get(key, []))] == seen.get(key, [])
            assert [one.version for one in history] == list(range(1, len(history) + 1))
            seen[key] = history
    assert Trail(store).broken() is None


@pytest.fixture
def stores(opened: Callable[[], Store]) -> list[Store]:
    """Four connections to a store with the group level, gold in it, and tea."""
    found = [opened() for _ in range(4)]
    put(found[0], "tag_groups", a_group("level"))
    put(found[0], "tags", a_tag("gold", "level"))
    put(found[0], "tags", a_tag("tea"))
    return found


def at_once(stores: list[Store], act: Callable[[Store, int], Any]) -> list[Any]:
    """What each of eight turns gave, or the error that it met."""

    def turn(number: int) -> Any:
        try:
            return act(stores[number % 4], number)
        except TitianError as error:
            return error

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(turn, range(8)))


def test_one_of_those_who_change_a_tag_from_the_same_version_wins(stores: list[Store]) -> None:
    base = defined(stores[0], "tags").current()["tea"]

    def change(store: Store, number: int) -> Definition:
        made = base.model_copy(update={"description": str(number)})
        return defined(store, "tags").publish(made, base, check=standing.together)

    won = [one for one in at_once(stores, change) if isinstance(one, Definition)]
    assert [one.version for one in won] == [2]
    with stores[1].reading() as connection:
        assert tags.tag(connection, "tea").description == won[0].description
    assert as_in_force(stores[2])


def test_no_tag_follows_a_rule_in_a_group_that_comes_to_allow_one_meanwhile(stores: list[Store]) -> None:
    def turn(store: Store, number: int) -> Definition:
        if number % 2:
            return put(store, "tag_groups", a_group("level", exclusive=True))
        return put(store, "tags", a_tag("gold", "level", rule=SPENT))

    at_once(stores, turn)
    exclusive = group_of(defined(stores[0], "tag_groups").current()["level"]).exclusive
    assert exclusive != (defined(stores[0], "tags").current()["gold"].kind == "rule")
    assert as_in_force(stores[0])


def test_no_group_allows_one_while_customers_come_to_have_several(stores: list[Store]) -> None:
    put(stores[0], "tags", a_tag("tea", "level"))
    people = [f"c{number}" for number in range(20)]

    def turn(store: Store, number: int) -> Any:
        if number == 7:
            return put(store, "tag_groups", a_group("level", exclusive=True))
        return Tags(store, Trail(store)).give(("gold", "tea")[number % 2], people, "", "batch")

    at_once(stores, turn)
    held = Tags(stores[0], Trail(stores[0]))
    several = set(held.customers("gold")) & set(held.customers("tea"))
    exclusive = group_of(defined(stores[0], "tag_groups").current()["level"]).exclusive
    assert not (exclusive and several)
