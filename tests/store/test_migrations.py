"""A store of an older step is brought up to date and holds what it held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, inspect

from tests.store.older import STEPS, made_older
from titian.store import audit, definitions, people, tags
from titian.store.audit import Deed
from titian.store.database import Store

NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.mark.parametrize("step", ["0001", *STEPS][:-1])
def test_a_store_of_each_older_step_keeps_its_log_and_gets_all_tables(opened: Callable[[], Store], step: str) -> None:
    store = opened()
    with store.writing() as connection:
        audit.append(connection, Deed(actor="wang", action="layering.save", subject="rfm"), NOW)
        later = made_older(connection, step)
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
