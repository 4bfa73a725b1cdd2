"""Each file of a workspace broken in each way: the data come out as before, or an error says which file it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.warehouse.shop import LINE_HEADER, LINES, csv, orders_csv, put, rows
from titian.domain.mapping import Mapping
from titian.errors import DamagedError
from titian.warehouse.lake import Lake

TABLES = ("orders", "order_items", "customers", "events")
Held = dict[str, list[tuple[object, ...]]]
EVENTS = Mapping(table="events", columns={name: name for name in ("event_id", "customer_id", "event", "occurred_at")})
PEOPLE = Mapping(table="customers", columns={name: name for name in ("customer_id", "name", "city")})


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    """Turn over a run of bytes in the middle."""
    held = bytearray(path.read_bytes())
    middle = len(held) // 2
    held[middle : middle + 64] = bytes(255 - byte for byte in held[middle : middle + 64])
    path.write_bytes(held)


BREAKS: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "half": truncate,
    "garbled": lambda path: path.write_bytes(os.urandom(path.stat().st_size)),
}
every_break = pytest.mark.parametrize("how", BREAKS)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace folder with a batch for every table, two of them for orders."""
    folder = tmp_path_factory.mktemp("sound")
    with Lake.open(folder / "shop") as lake:
        put(lake, csv(folder / "l.csv", LINE_HEADER, "9,a,2,2020-01-01,5,7", "9,b,-1,2020-01-03,3,7"), LINES)
        put(lake, orders_csv(folder / "a.csv", "1,ann,2020-01-01 10:00:00,1", "2,安,2020-01-02,2.25"))
        put(lake, csv(folder / "p.csv", "customer_id,name,city", "ann,Ann,上海", "zoe,Zoë,"), PEOPLE)
        put(lake, csv(folder / "e.csv", "event_id,customer_id,event,occurred_at", "e1,ann,login,2020-01-05"), EVENTS)
    return folder / "shop"


@pytest.fixture
def shop(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "shop"))


@pytest.fixture(scope="module")
def before(sound: Path) -> Held:
    return held_in(sound)


def held_in(folder: Path) -> Held:
    with Lake.open(folder) as lake:
        return {name: rows(lake, name) for name in TABLES}


def files_of_tables(folder: Path) -> Iterator[Path]:
    """One data file of every table."""
    for name in TABLES:
        yield sorted((folder / "warehouse" / "data").rglob(f"{name}/**/*.parquet"))[0]


@every_break
@pytest.mark.parametrize("place", range(len(TABLES)), ids=TABLES)
def test_a_broken_file_of_a_table_is_made_again(shop: Path, before: Held, how: str, place: int) -> None:
    broken = list(files_of_tables(shop))[place]
    BREAKS[how](broken)
    with Lake.open(shop) as lake:
        assert {name: rows(lake, name) for name in TABLES} == before
        assert isinstance(lake.notice, DamagedError)
        assert lake.notice.zh != lake.notice.message
    assert len(list(shop.glob("warehouse.damaged-*"))) == 1


@every_break
def test_a_broken_catalogue_is_made_again(shop: Path, before: Held, how: str) -> None:
    BREAKS[how](shop / "warehouse" / "catalog.sqlite")
    assert held_in(shop) == before


@pytest.mark.parametrize("name", ["catalog.sqlite-wal", "catalog.sqlite-shm", "catalog.sqlite-journal"])
def test_rubbish_beside_the_catalogue_harms_nothing(shop: Path, before: Held, name: str) -> None:
    (shop / "warehouse" / name).write_bytes(os.urandom(3000))
    assert held_in(shop) == before


@every_break
@pytest.mark.parametrize("name", ["manifest.json", "rows.parquet"])
def test_a_broken_batch_does_not_touch_what_is_in_the_warehouse(shop: Path, before: Held, how: str, name: str) -> None:
    BREAKS[how](sorted((shop / "landing").glob(f"*/{name}"))[1])
    assert held_in(shop) == before


@every_break
def test_a_rebuild_from_a_broken_batch_is_refused_by_its_name_and_keeps_the_warehouse(
    shop: Path, before: Held, how: str
) -> None:
    batch = sorted((shop / "landing").glob("*/rows.parquet"))[1]
    BREAKS[how](batch)
    with Lake.open(shop) as lake:
        with pytest.raises(DamagedError) as raised:
            lake.rebuild()
        assert raised.value.details["batch"] == batch.parent.name
        assert batch.parent.name in raised.value.zh
        assert {name: rows(lake, name) for name in TABLES} == before


@pytest.mark.parametrize("how", ["empty", "half", "garbled"])
def test_a_rebuild_over_a_broken_manifest_is_refused_by_its_name(shop: Path, before: Held, how: str) -> None:
    manifest = sorted((shop / "landing").glob("*/manifest.json"))[0]
    BREAKS[how](manifest)
    with Lake.open(shop) as lake:
        with pytest.raises(DamagedError, match=manifest.parent.name):
            lake.rebuild()
        assert {name: rows(lake, name) for name in TABLES} == before


def test_with_both_a_broken_warehouse_and_a_broken_batch_nothing_is_thrown_away(shop: Path) -> None:
    batch = sorted((shop / "landing").glob("*/rows.parquet"))[1]
    truncate(batch)
    truncate(next(files_of_tables(shop)))
    kept = {path.relative_to(shop) for path in (shop / "landing").rglob("*") if path.is_file()}
    with pytest.raises(DamagedError) as raised:
        held_in(shop)
    assert batch.parent.name in raised.value.message
    assert {path.relative_to(shop) for path in (shop / "landing").rglob("*") if path.is_file()} == kept
    assert list(files_of_tables(shop))


def test_put_back_from_elsewhere_the_batch_serves_again(shop: Path, before: Held) -> None:
    batch = sorted((shop / "landing").glob("*/rows.parquet"))[1]
    sound = batch.read_bytes()
    flip(batch)
    shutil.rmtree(shop / "warehouse")
    with pytest.raises(DamagedError):
        held_in(shop)
    batch.write_bytes(sound)
    assert held_in(shop) == before


def test_after_the_mend_loading_goes_on(shop: Path, tmp_path: Path) -> None:
    (shop / "warehouse" / "catalog.sqlite").write_bytes(b"no database")
    with Lake.open(shop) as lake:
        assert put(lake, orders_csv(tmp_path / "more.csv", "77,ann,2020-02-01,1")).added == 1
        assert put(lake, orders_csv(tmp_path / "again.csv", "1,ann,2020-01-01 10:00:00,1")).unchanged == 1
    with Lake.open(shop) as lake:
        assert lake.notice is None
