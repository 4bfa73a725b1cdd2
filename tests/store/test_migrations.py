"""A store of an older step is brought up to date and holds what it held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, inspect, text

from titian.store import audit, definitions, people, tags
from titian.store.audit import Deed
from titian.store.database import Store

NOW = datetime(2026, 11, 28, tzinfo=UTC)
STEPS = {
    "0002": ("untagged", "tag_batches", "tagged", "tags", "tag_groups", "notes"),
    "0003": ("definitions_in_force", "definitions", "listed", "customer_lists"),
    "0004": (),
    "0005": ("sessions", "browsers", "api_keys", "people", "failures"),
    "0006": (),
    "0007": ("known", "in_charge", "relieved", "charge_batches"),
}
"""Which tables each step made, in an order in which they can be dropped."""


@pytest.mark.parametrize("step", ["0001", "0002", "0003", "0004"])
def test_a_store_of_each_older_step_keeps_its_log_and_gets_all_tables(opened: Callable[[], Store], step: str) -> None:
    store = opened()
    later = [table for number, tables in STEPS.items() if number > step for table in tables]
    with store.writing() as connection:
        audit.append(connection, Deed(actor="wang", action="layering.save", subject="rfm"), NOW)
        for table in later:
            connection.execute(text(f"DROP TABLE {table}"))
        if "tags" not in later:
            connection.execute(text("ALTER TABLE tags DROP COLUMN followed_at"))
            if step < "0004":
                connection.execute(text("ALTER TABLE tags DROP COLUMN rule"))
        connection.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})
    store.close()
    with opened().reading() as connection:
        assert [line.subject for line in audit.lines(connection)] == ["rfm"]
        assert audit.broken(connection) is None
        assert set(later) <= set(inspect(connection).get_table_names())
        assert tags.counted(connection) == []
        assert definitions.in_force(connection, "layerings") == []
        assert people.everybody(connection) == []


def test_a_store_that_is_up_to_date_is_left_alone(opened: Callable[[], Store], address: str) -> None:
    opened()
    driver = address.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(driver)
    before = inspect(engine).get_table_names()
    opened()
    assert inspect(engine).get_table_names() == before
    engine.dispose()
