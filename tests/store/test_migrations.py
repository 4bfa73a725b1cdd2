"""A store of an older step is brought up to date and holds what it held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, inspect, text

from titian.store import audit, tags
from titian.store.audit import Deed
from titian.store.database import Store

NOW = datetime(2026, 11, 28, tzinfo=UTC)
LATER = ("untagged", "tag_batches", "tagged", "tags", "tag_groups", "notes")


@pytest.fixture
def older(opened: Callable[[], Store]) -> Callable[[], Store]:
    """A store as the first step left it, with a line in its log."""
    store = opened()
    with store.writing() as connection:
        audit.append(connection, Deed(actor="wang", action="layering.save", subject="rfm"), NOW)
        for table in LATER:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    store.close()
    return opened


def test_the_log_of_an_older_store_stays_and_tags_can_be_made(older: Callable[[], Store]) -> None:
    store = older()
    with store.reading() as connection:
        assert [line.subject for line in audit.lines(connection)] == ["rfm"]
        assert audit.broken(connection) is None
        assert tags.counted(connection) == []
        assert set(LATER) <= set(inspect(connection).get_table_names())


def test_a_store_that_is_up_to_date_is_left_alone(opened: Callable[[], Store], address: str) -> None:
    opened()
    driver = address.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(driver)
    before = inspect(engine).get_table_names()
    opened()
    assert inspect(engine).get_table_names() == before
    engine.dispose()
