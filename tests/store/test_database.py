"""The store's database: brought up to date once, whole transactions, and plain words when it does not work."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from titian.errors import InputError, StorageError
from titian.store import audit
from titian.store.audit import Deed
from titian.store.database import Store
from titian.store.reach_tables import OUTBOX
from titian.store.tables import METADATA

DEED = Deed(actor="wang", action="layering.save", subject="rfm")
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def count(store: Store) -> int:
    with store.reading() as connection:
        return audit.count(connection)


def test_the_steps_lead_to_the_tables_that_the_code_means(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert OUTBOX.metadata is METADATA
        assert compare_metadata(context, METADATA) == []


def test_a_store_that_is_opened_again_holds_what_it_held(opened: Callable[[], Store]) -> None:
    with opened().writing() as connection:
        audit.append(connection, DEED, NOW)
    assert count(opened()) == 1


def test_many_open_a_new_store_at_once(opened: Callable[[], Store]) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert [count(store) for store in pool.map(lambda _: opened(), range(4))] == [0] * 4


def test_a_reader_sees_one_state_while_others_write(opened: Callable[[], Store]) -> None:
    reader, writer = opened(), opened()
    with reader.reading() as connection:
        assert audit.count(connection) == 0
        with writer.writing() as other:
            audit.append(other, DEED, NOW)
        assert audit.count(connection) == 0
    assert count(reader) == 1


def test_a_store_of_a_newer_titian_is_refused_and_left_alone(store: Store, opened: Callable[[], Store]) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer Titian"):
        opened()
    with store.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_what_sqlite_commits_outlives_a_loss_of_power(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")
    with store.reading() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert pragmas == ["wal", 2]
    store.close()


@pytest.mark.parametrize("url", ["mysql://joe:hush@here/x", "nonsense", ""])
def test_an_address_of_another_kind_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(InputError) as refused:
        Store.open(url)
    assert "hush" not in str(refused.value.said("en")) + str(refused.value.said("zh"))
    assert "postgresql://" in refused.value.hint


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    with pytest.raises(StorageError) as refused:
        Store.open("postgresql://joe:hush@127.0.0.1:9/store")
    said = str(refused.value.said("en")) + str(refused.value.said("zh")) + str(refused.value.details)
    assert "127.0.0.1" in said
    assert "hush" not in said


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StorageError, match="not a database"):
        Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")


def test_one_that_is_locked_for_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("titian.store.database.WAIT_SECONDS", 0.1)
    store = Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")
    other = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked"), store.writing():
        raise AssertionError
    other.close()
    store.close()


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "店 ?a=1 #%41"
    folder.mkdir()
    store = Store.open(folder / "store.sqlite")
    assert count(store) == 0
    store.close()
    assert (folder / "store.sqlite").is_file()
