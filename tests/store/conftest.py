"""Stores to test with: every test that asks for one runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from titian.store.database import Store

numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    server, name = request.getfixturevalue("server"), f"store_{next(numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(server).removesuffix("postgres") + name


@pytest.fixture
def opened(address: str) -> Iterator[Callable[[], Store]]:
    """Opens the same store, as often as asked."""
    stores: list[Store] = []

    def made() -> Store:
        stores.append(Store.open(address))
        return stores[-1]

    yield made
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Callable[[], Store]) -> Store:
    return opened()
