"""Streaming: ragged files go through DuckDB as well, with the same result as row by row."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.warehouse.sources import files
from titian.warehouse.progress import silent
from titian.warehouse.sources import layout, lenient, payload, streaming
from titian.warehouse.sources.faults import SourceError
from titian.warehouse.sources.writing import Shapes


def ragged(rows: int, seed: int, quotes: bool) -> str:
    """A long file in which some rows are short, long, blank or quoted."""
    dice = random.Random(seed)
    lines = ["id,who,amount,state"]
    for n in range(rows):
        kind = dice.random()
        if kind < 0.001:
            lines.append(",".join("x" * dice.choice([1, 2, 3, 5, 7])))
        elif kind < 0.002:
            lines.append("")
        else:
            lines.append(f'{n},"c {n % 99}",{n}.5,paid' if quotes else f"{n},c {n % 99},{n}.5,paid")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(3))
def test_streamed_and_read_row_by_row_are_the_same(tmp_path: Path, seed: int) -> None:
    streamed = files.read(files.put(tmp_path, "a.csv", ragged(30_000, seed, quotes=False)))
    one_by_one = files.read(files.put(tmp_path / "landed", "b.csv", ragged(30_000, seed, quotes=True)))
    assert streamed.malformed == one_by_one.malformed
    assert streamed.blank_rows == one_by_one.blank_rows
    assert files.rows(streamed) == files.rows(one_by_one)


def test_row_numbers_are_those_of_the_lines(tmp_path: Path) -> None:
    text = ragged(30_000, 5, quotes=False)
    batch = files.read(files.put(tmp_path, "a.csv", text))
    lines = text.splitlines()
    assert batch.malformed
    for number, cells in list(zip(files.row_numbers(batch), files.rows(batch), strict=True))[::997]:
        assert lines[number - 1] == ",".join(cell or "" for cell in cells)


def test_sound_rows_are_written_and_anything_amiss_is_handed_back(tmp_path: Path) -> None:
    good = payload.look(files.put(tmp_path, "good.csv", "a,b\n1,2\n"), "good.csv")
    found, _ = layout.read(good, None)
    out = tmp_path / "rows.parquet"
    assert streaming.sound(good.path, found, out, None, silent) == 1
    bad = files.put(tmp_path, "bad.csv", "a,b\n1\n")
    assert streaming.sound(bad, found, out, None, silent) is None
    shapes = Shapes("bad.csv")
    assert streaming.ragged(bad, found, out, None, silent, shapes) == 0
    assert [row.row for row in shapes.malformed] == [2]


@pytest.mark.parametrize("line", [b"1,\xff\xfe\n", b'"1,2\n'], ids=["no UTF-8", "open quote"])
def test_faults_other_than_the_number_of_cells_are_handed_back(tmp_path: Path, line: bytes) -> None:
    good = payload.look(files.put(tmp_path, "good.csv", "a,b\n1,2\n"), "good.csv")
    found, _ = layout.read(good, None)
    bad = files.put(tmp_path, "bad.csv", b"a,b\n1,2\n" + line)
    assert streaming.ragged(bad, found, tmp_path / "rows.parquet", None, silent, Shapes("bad.csv")) is None


def test_too_many_ragged_rows_refuse_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("titian.warehouse.sources.text.Shapes", lambda name: Shapes(name, limit=10))
    with pytest.raises(SourceError, match="more than 10 rows have a wrong shape"):
        files.read(files.put(tmp_path, "a.csv", "a,b\n1,2\n" + "1\n" * 20))
    assert not (tmp_path / "landed" / "rows.parquet").exists()


@pytest.mark.parametrize(
    ("line", "place"), [('1,"ab"c,3', 1), ('"1"x,2', 0), ('1,2,"3', 2), ('1,"a,b","c', 2), ("1,2", 1)]
)
def test_the_cell_with_the_broken_quote_is_named(line: str, place: int) -> None:
    assert lenient.open_cell(line, ",")[0] == place
