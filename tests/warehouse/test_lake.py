"""The warehouse on disk: versions, many processes, damage and repair."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.shop import LINE_HEADER, LINES, csv, orders_csv, put, rows
from titian.domain.mapping import Mapping
from titian.errors import DamagedError
from titian.warehouse.lake import Lake


def loaded(folder: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """A shop with three batches; returns all of its rows."""
    with Lake.open(folder / "shop") as lake:
        put(lake, csv(folder / "l.csv", LINE_HEADER, "9,a,2,2020-01-01,5,7", "9,b,-1,2020-01-03,3,7"), LINES)
        put(lake, orders_csv(folder / "a.csv", "1,ann,2020-01-01 10:00:00,1", "2,bob,bad,2"), zone="Asia/Shanghai")
        put(lake, orders_csv(folder / "b.csv", "1,ann,2020-01-01,3", "3,cy,2020-01-02,4"))
        return rows(lake), rows(lake, "order_items")


def catalogue(folder: Path) -> Path:
    return folder / "shop" / "warehouse" / "catalog.sqlite"


def data_files(folder: Path) -> list[Path]:
    return sorted((folder / "shop" / "warehouse" / "data").rglob("*.parquet"))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


DAMAGES: dict[str, Callable[[Path], None]] = {
    "catalogue truncated": lambda folder: truncate(catalogue(folder)),
    "catalogue garbled": lambda folder: garble(catalogue(folder)),
    "catalogue empty": lambda folder: catalogue(folder).write_bytes(b""),
    "catalogue missing": lambda folder: catalogue(folder).unlink(),
    "file missing": lambda folder: data_files(folder)[-1].unlink(),
    "file truncated": lambda folder: truncate(data_files(folder)[-1]),
    "file garbled": lambda folder: garble(data_files(folder)[-1]),
    "all files missing": lambda folder: [path.unlink() for path in data_files(folder)] and None,
}


SELDOM = ("catalogue truncated", "catalogue empty", "file truncated", "file garbled", "all files missing")
"""Found in the same way as the others: looked at in full only."""


@pytest.mark.parametrize(
    "damage", [pytest.param(name, marks=pytest.mark.full if name in SELDOM else ()) for name in DAMAGES]
)
def test_a_damaged_warehouse_is_moved_aside_and_rebuilt(tmp_path: Path, damage: str) -> None:
    before = loaded(tmp_path)
    (tmp_path / "shop" / "warehouse" / "catalog.sqlite-wal").unlink(missing_ok=True)
    DAMAGES[damage](tmp_path)
    with Lake.open(tmp_path / "shop") as lake:
        assert (rows(lake), rows(lake, "order_items")) == before
        assert isinstance(lake.notice, DamagedError)
        assert "3 batches" in lake.notice.message
    assert len(list((tmp_path / "shop").glob("warehouse.damaged-*"))) == 1
    with Lake.open(tmp_path / "shop") as lake:
        assert lake.notice is None


def test_a_warehouse_that_is_gone_altogether_is_rebuilt(tmp_path: Path) -> None:
    before = loaded(tmp_path)
    (tmp_path / "shop" / "warehouse").rename(tmp_path / "elsewhere")
    with Lake.open(tmp_path / "shop") as lake:
        assert (rows(lake), rows(lake, "order_items")) == before


def test_damage_found_while_reading_is_mended_and_said(tmp_path: Path) -> None:
    before = loaded(tmp_path)
    with Lake.open(tmp_path / "shop") as lake:
        for path in data_files(tmp_path):
            path.unlink()
        with pytest.raises(DamagedError, match="rebuilt"), lake.watched():
            lake.connection().execute("SELECT * FROM lake.orders").fetchall()
        assert rows(lake) == before[0]


def test_other_errors_are_no_damage(lake: Lake) -> None:
    with pytest.raises(duckdb.Error), lake.watched():
        lake.connection().execute("SELECT nothing FROM lake.orders")
    assert lake.notice is None


def test_reading_only_never_mends(tmp_path: Path) -> None:
    loaded(tmp_path)
    catalogue(tmp_path).unlink()
    with pytest.raises(DamagedError):
        Lake.open(tmp_path / "shop", read_only=True)
    assert not catalogue(tmp_path).exists()


def test_a_rebuild_gives_the_same_rows(tmp_path: Path) -> None:
    before = loaded(tmp_path)
    with Lake.open(tmp_path / "shop") as lake:
        version = lake.version()
        assert lake.rebuild() == 3
        assert (rows(lake), rows(lake, "order_items")) == before
        assert lake.version() != version
    assert list((tmp_path / "shop").glob("warehouse.*")) == []


def test_a_moved_workspace_opens(tmp_path: Path) -> None:
    before = loaded(tmp_path)
    (tmp_path / "shop").rename(tmp_path / "new shop's 店")
    with Lake.open(tmp_path / "new shop's 店") as lake:
        assert (rows(lake), lake.notice) == (before[0], None)


def test_tidying_forgets_old_files_and_keeps_the_rows(tmp_path: Path) -> None:
    before = loaded(tmp_path)
    with Lake.open(tmp_path / "shop") as lake:
        for number in range(5):
            put(lake, orders_csv(tmp_path / f"{number}.csv", f"3,cy,2020-01-02,{number}"))
        many = len(data_files(tmp_path))
        lake.tidy(keep_days=0)
        assert len(data_files(tmp_path)) < many
        assert [row for row in rows(lake) if row[0] != "3"] == [row for row in before[0] if row[0] != "3"]
    with Lake.open(tmp_path / "shop") as lake:
        assert lake.notice is None


def test_another_process_reads_what_this_one_loads(tmp_path: Path) -> None:
    loaded(tmp_path)
    code = (
        "import sys; from pathlib import Path; from titian.warehouse.lake import Lake\n"
        "with Lake.open(Path(sys.argv[1])) as lake:\n"
        "    print(lake.connection().execute('SELECT count(*) FROM lake.orders').fetchone()[0])"
    )
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, orders_csv(tmp_path / "c.csv", "77,ann,2020-01-01,1"))
        told = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "shop")], capture_output=True, text=True, check=True
        )
        assert int(told.stdout) == len(rows(lake))


def test_connections_handed_out_live_through_a_load(tmp_path: Path, lake: Lake) -> None:
    connection = lake.connection()
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
    assert connection.execute("SELECT count(*) FROM lake.orders").fetchone() == (1,)


def test_a_warehouse_of_an_older_titian_gets_the_tables_that_came_since(lake: Lake) -> None:
    connection = lake.connection()
    connection.execute("DROP TABLE lake.answers")
    connection.close()
    with Lake.open(lake.workspace) as again:
        assert again.connection().execute("SELECT count(*) FROM lake.answers").fetchone() == (0,)
        assert again.notice is None


def test_an_identity_that_comes_again_is_of_whom_it_was_said_last(lake: Lake, tmp_path: Path) -> None:
    mapping = Mapping(table="identities", columns={one: one for one in ("source", "source_id", "customer_id")})
    for name, lines in (("a", ["wecom,w1,1", "web,w1,1"]), ("b", ["wecom,w1,2"])):
        put(lake, csv(tmp_path / f"{name}.csv", "source,source_id,customer_id", *lines), mapping)
    assert rows(lake, "identities", "source", "source_id", "customer_id") == [("web", "w1", "1"), ("wecom", "w1", "2")]
