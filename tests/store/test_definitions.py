"""Versions of definitions are kept as they were; one of each key at most is in force."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from titian.store import definitions
from titian.store.database import Store
from titian.store.definitions import Version

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def version(number: int, key: str = "rfm") -> Version:
    return Version(key, number, f'{{"version": {number}}}', "wang", NOW, "here")


def test_what_was_kept_is_read_as_it_was(store: Store) -> None:
    with store.writing() as connection:
        for number in (2, 1, 3):
            definitions.add(connection, "layerings", version(number))
        definitions.put_in_force(connection, "layerings", "rfm", 2)
    with store.reading() as connection:
        assert definitions.versions(connection, "layerings", "rfm") == [version(1), version(2), version(3)]
        assert definitions.in_force(connection, "layerings") == [version(2)]
        assert definitions.numbers_in_force(connection, "layerings") == {"rfm": 2}


def test_another_version_takes_the_place_of_the_one_in_force(store: Store) -> None:
    with store.writing() as connection:
        for number in (1, 2):
            definitions.add(connection, "layerings", version(number))
            definitions.put_in_force(connection, "layerings", "rfm", number)
        assert definitions.numbers_in_force(connection, "layerings") == {"rfm": 2}
        definitions.out_of_force(connection, "layerings", "rfm")
        assert definitions.in_force(connection, "layerings") == []
        assert len(definitions.versions(connection, "layerings", "rfm")) == 2


def test_sorts_do_not_meet(store: Store) -> None:
    with store.writing() as connection:
        definitions.add(connection, "layerings", version(1))
        definitions.add(connection, "audiences", version(1))
        definitions.put_in_force(connection, "audiences", "rfm", 1)
        assert definitions.in_force(connection, "layerings") == []


def test_a_version_is_kept_once_and_only_what_is_kept_comes_into_force(store: Store) -> None:
    with store.writing() as connection:
        definitions.add(connection, "layerings", version(1))
    for wrong in (
        lambda connection: definitions.add(connection, "layerings", version(1)),
        lambda connection: definitions.put_in_force(connection, "layerings", "rfm", 7),
    ):
        with pytest.raises(IntegrityError), store.writing() as connection:
            wrong(connection)
