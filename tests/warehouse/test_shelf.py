"""The shelf: results kept in memory and in a folder, for this process and the next; what is broken is not there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.keeping import KeptRelation
from titian.warehouse.shelf import ABOUT, SHELVED, STORED, Shelf, Shelved


def shelf(folder: Path | None) -> Shelf:
    made = Shelf()
    made.folder = folder
    return made


@pytest.fixture
def engine() -> DuckDBEngine:
    return DuckDBEngine(duckdb.connect())


def relation(engine: DuckDBEngine, *numbers: int) -> KeptRelation:
    """Some numbers, kept by the engine."""
    return engine.upload(("numbers", numbers), lambda: pa.table({"n": pa.array(numbers, pa.int64())}))[1]


def result(engine: DuckDBEngine, *numbers: int) -> Shelved:
    return Shelved({"version": str(numbers)}, {"part": relation(engine, *numbers)})


def numbers(engine: DuckDBEngine, found: Shelved | None) -> list[int] | None:
    """What a result holds; None when there is none."""
    if found is None:
        return None
    return sorted(row["n"] for row in engine.arrow(engine.relation(found.relations["part"])).to_pylist())


def next_process(folder: Path, key: str) -> list[int] | None:
    """What a shelf and an engine find that know nothing but the folder."""
    other = DuckDBEngine(duckdb.connect())
    return numbers(other, shelf(folder).find(key, other))


def test_a_result_is_found_again_with_what_it_rests_on(engine: DuckDBEngine, tmp_path: Path) -> None:
    made = shelf(tmp_path)
    made.put("a", result(engine, 1, 2), engine)
    found = made.find("a", engine)
    assert found is not None
    assert (found.about, numbers(engine, found)) == ({"version": "(1, 2)"}, [1, 2])
    assert next_process(tmp_path, "a") == [1, 2]


def test_without_a_folder_it_is_kept_in_memory_only(engine: DuckDBEngine, tmp_path: Path) -> None:
    made = shelf(None)
    made.put("a", result(engine, 1), engine)
    assert numbers(engine, made.find("a", engine)) == [1]
    assert list(tmp_path.iterdir()) == []
    assert shelf(None).find("a", engine) is None


def test_a_later_result_takes_the_place_and_the_files_of_the_one_before(engine: DuckDBEngine, tmp_path: Path) -> None:
    made = shelf(tmp_path)
    for number in range(3):
        made.put("a", result(engine, number), engine)
    assert next_process(tmp_path, "a") == [2]
    assert len(list((tmp_path / "a").glob("*.parquet"))) == 1


def test_a_part_that_stays_is_not_written_again(engine: DuckDBEngine, tmp_path: Path) -> None:
    made, part = shelf(tmp_path), relation(engine, 1, 2)
    made.put("a", Shelved({"last": "1"}, {"part": part}), engine)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "a").glob("*.parquet")}
    made.put("a", Shelved({"last": "2"}, {"part": part, "more": relation(engine, 3)}), engine)
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "a").glob("*.parquet")}
    assert before.items() < after.items()
    assert next_process(tmp_path, "a") == [1, 2]


def test_what_the_next_process_found_goes_on_in_the_same_files(engine: DuckDBEngine, tmp_path: Path) -> None:
    shelf(tmp_path).put("a", result(engine, 1), engine)
    files = set((tmp_path / "a").glob("*.parquet"))
    there, other = shelf(tmp_path), DuckDBEngine(duckdb.connect())
    found = there.find("a", other)
    assert found is not None
    there.put("a", Shelved({"version": "later"}, {**found.relations, "more": relation(other, 5)}), other)
    assert files < set((tmp_path / "a").glob("*.parquet"))


def test_one_relation_is_found_under_both_of_its_keys(engine: DuckDBEngine, tmp_path: Path) -> None:
    made, both = shelf(tmp_path), result(engine, 1, 2)
    made.put("a", both, engine)
    made.put("b", both, engine)
    assert next_process(tmp_path, "a") == [1, 2]
    assert next_process(tmp_path, "b") == [1, 2]


def shortened(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


BREAKS: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": shortened,
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "of another kind": lambda path: path.write_text("id,amount"),
}


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("which", ["note", "part"])
def test_what_is_broken_is_not_there_and_is_made_anew(
    engine: DuckDBEngine, tmp_path: Path, which: str, how: str
) -> None:
    shelf(tmp_path).put("a", result(engine, 1), engine)
    [part] = (tmp_path / "a").glob("*.parquet")
    BREAKS[how](tmp_path / "a" / ABOUT if which == "note" else part)
    assert next_process(tmp_path, "a") is None
    shelf(tmp_path).put("a", result(engine, 2), engine)
    assert next_process(tmp_path, "a") == [2]


@pytest.mark.parametrize("note", ["[1, 2]", "null", '"a"', '{"about": {}, "files": ["part.parquet"]}'])
def test_a_note_of_another_shape_is_not_there(engine: DuckDBEngine, tmp_path: Path, note: str) -> None:
    shelf(tmp_path).put("a", result(engine, 1), engine)
    (tmp_path / "a" / ABOUT).write_text(note)
    assert next_process(tmp_path, "a") is None


def test_a_folder_that_can_not_be_written_leaves_the_result_in_memory(engine: DuckDBEngine, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    made = shelf(tmp_path / "kept")
    made.put("a", result(engine, 1), engine)
    assert numbers(engine, made.find("a", engine)) == [1]


def test_all_of_the_folder_may_go_at_any_time(engine: DuckDBEngine, tmp_path: Path) -> None:
    made, first = shelf(tmp_path / "kept"), result(engine, 1)
    made.put("a", first, engine)
    shutil.rmtree(tmp_path / "kept")
    assert numbers(engine, made.find("a", engine)) == [1]
    made.put("a", Shelved({"version": "later"}, first.relations), engine)
    assert next_process(tmp_path / "kept", "a") == [1]


def test_in_memory_the_least_recently_used_goes_first(engine: DuckDBEngine) -> None:
    made = shelf(None)
    for number in range(SHELVED):
        made.put(str(number), result(engine, number), engine)
    made.find("0", engine)
    made.put("new", result(engine, 99), engine)
    there = [key for key in ("0", "1", "2", "new") if made.find(key, engine) is not None]
    assert there == ["0", "2", "new"]


def test_on_disk_the_longest_unwritten_goes_first(engine: DuckDBEngine, tmp_path: Path) -> None:
    made, part = shelf(tmp_path), Shelved({}, {"part": relation(engine, 1)})
    for number in range(STORED):
        (tmp_path / str(number)).mkdir(parents=True)
        os.utime(tmp_path / str(number), (number, number))
    made.put("new", part, engine)
    assert {path.name for path in tmp_path.iterdir()} == {"new", *map(str, range(1, STORED))}


def test_threads_that_put_and_find_see_whole_results_only(engine: DuckDBEngine, tmp_path: Path) -> None:
    made, wrong = shelf(tmp_path), list[object]()

    def work(number: int) -> None:
        own = engine.fork()
        for turn in range(4):
            made.put("shared", result(own, number, turn), own)
            found = made.find("shared", own)
            if found is None or str(tuple(sorted(numbers(own, found) or []))) != sorted_words(found):
                wrong.append(found)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(10, 14)))
    assert wrong == []
    found = next_process(tmp_path, "shared")
    assert found is None or found in [sorted((number, turn)) for number in range(10, 14) for turn in range(4)]


def sorted_words(found: Shelved) -> str:
    """What a result says of itself, its numbers in order."""
    return str(tuple(sorted(json.loads(found.about["version"].replace("(", "[").replace(")", "]")))))


WRITER = """
import sys
from pathlib import Path
import duckdb, pyarrow as pa
from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.shelf import Shelf, Shelved
engine, shelf = DuckDBEngine(duckdb.connect()), Shelf()
shelf.folder = Path(sys.argv[1])
for turn in range(15):
    rows = pa.table({"n": pa.array([turn] * 3, pa.int64())})
    shelf.put("a", Shelved({}, {"part": engine.upload(turn, lambda: rows)[1]}), engine)
"""


@pytest.mark.full
def test_while_another_process_writes_a_reader_finds_whole_results(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)]) as writer:
        seen: list[list[int] | None] = []
        while writer.poll() is None:
            seen.append(next_process(tmp_path, "a"))
    assert writer.returncode == 0
    assert all(found is None or (len(found) == 3 and len(set(found)) == 1) for found in seen)
    assert next_process(tmp_path, "a") == [14, 14, 14]
