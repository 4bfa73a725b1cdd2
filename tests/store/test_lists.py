"""Lists of customers are named by what is in them, and kept once."""

from __future__ import annotations

from datetime import UTC, datetime

from titian.domain.audience import list_name
from titian.store import lists
from titian.store.database import Store

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def test_a_list_is_kept_once_whatever_the_order_in_which_it_is_told(store: Store) -> None:
    with store.writing() as connection:
        names = {lists.keep(connection, ids, NOW) for ids in (["b", "a"], ["a", "b"], ["a", "b", "a"])}
    (name,) = names
    with store.reading() as connection:
        assert sorted(lists.customers(connection, name)) == ["a", "b"]


def test_lists_of_others_have_other_names(store: Store) -> None:
    assert len({list_name(ids) for ids in ([], ["a"], ["a", "b"], ["ab"])}) == 4


def test_a_list_of_nobody_can_be_kept(store: Store) -> None:
    with store.writing() as connection:
        name = lists.keep(connection, [], NOW)
        assert lists.customers(connection, name) == []
