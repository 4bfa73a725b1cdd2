"""Telling a damaged warehouse from everything else that can go wrong."""

from pathlib import Path

import duckdb
import pytest

from titian.warehouse import damage
from titian.warehouse.landing import Landing

WAREHOUSE = Path("/shop/warehouse")
FILE = "/shop/warehouse/data/main/orders/ducklake-1.parquet"


@pytest.mark.parametrize(
    "said",
    [
        f'Cannot open file "{FILE}": No such file or directory',
        f"No magic bytes found at end of file '{FILE}'",
        "Snappy decompression failure",
        "TProtocolException: Invalid data",
        "database disk image is malformed",
        "no such table: ducklake_snapshot",
    ],
)
def test_what_is_stored_can_not_be_read(said: str) -> None:
    assert damage.looks_like(duckdb.IOException(said), WAREHOUSE)


@pytest.mark.parametrize(
    "error",
    [
        duckdb.IOException('Cannot open file "/home/ann/orders.parquet": No such file or directory'),
        duckdb.IOException("No magic bytes found at end of file '/home/ann/orders.parquet'"),
        duckdb.IOException(f'Could not write file "{FILE}": No space left on device'),
        duckdb.BinderException("Referenced column parquet not found"),
        duckdb.InterruptException("Interrupted!"),
        duckdb.OutOfMemoryException("failed to allocate data"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_other_trouble_is_no_damage(error: duckdb.Error) -> None:
    assert not damage.looks_like(error, WAREHOUSE)


@pytest.mark.parametrize("said", ["database or disk is full", "disk I/O error", "write: No space left on device"])
def test_a_full_disk_is_known_by_its_words(said: str) -> None:
    assert damage.looks_full(duckdb.Error(said))
    assert not damage.looks_full(duckdb.Error("something else"))


def test_a_catalogue_that_is_no_database_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "catalog #1?.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    assert "not a database" in str(damage.broken_catalogue(path))


def test_nothing_is_expected_where_nothing_was_stored(tmp_path: Path) -> None:
    assert not damage.expected(tmp_path / "warehouse", Landing(tmp_path / "landing"))
    (tmp_path / "warehouse" / "data").mkdir(parents=True)
    (tmp_path / "warehouse" / "data" / "x.parquet").touch()
    assert damage.expected(tmp_path / "warehouse", Landing(tmp_path / "landing"))


def test_moving_aside_keeps_everything_under_a_new_name(tmp_path: Path) -> None:
    folder = tmp_path / "warehouse"
    assert damage.move_aside(folder) is None
    (folder / "data").mkdir(parents=True)
    aside = damage.move_aside(folder)
    assert aside is not None
    assert (aside.name.startswith("warehouse.damaged-"), (aside / "data").is_dir(), folder.exists()) == (
        True,
        True,
        False,
    )
