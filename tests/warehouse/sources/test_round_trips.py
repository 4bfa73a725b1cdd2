"""Round trips: whatever is written by somebody else's writer comes back cell by cell."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.sources.files import put, read, row_numbers, rows, workbook, zipped
from titian.domain.mapping import Mapping

LETTERS = "abcXYZ019éß中文订单，。'\"\n ;,\t|"
HEADED = Mapping(columns={}, has_header=True)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one example."""
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@st.composite
def tables(draw: st.DrawFn, delimiter: str = ",") -> list[list[str]]:
    """A header and records; cells hold quotes, line ends and the delimiter itself, but no other one."""
    others = {";", ",", "\t", "|"} - {delimiter}
    alphabet = "".join(letter for letter in LETTERS if letter not in others)
    cell = st.text(alphabet, max_size=12).map(str.strip)
    width = draw(st.integers(2, 5))
    count = draw(st.integers(1, 12))
    records = [[f"r{n}", *draw(st.lists(cell, min_size=width - 1, max_size=width - 1))] for n in range(count)]
    return [[f"name {n}" for n in range(width)], *records]


def nulled(records: list[list[str]]) -> list[tuple[str | None, ...]]:
    return [tuple(cell or None for cell in record) for record in records]


def written(table: list[list[str]], **dialect: object) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(table)  # type: ignore[arg-type]
    return out.getvalue()


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]))
def test_what_csv_writes_comes_back(data: st.DataObject, delimiter: str, end: str) -> None:
    table = data.draw(tables(delimiter))
    text = written(table, delimiter=delimiter, lineterminator=end)
    with folder() as place:
        batch = read(put(place, "a.csv", text), mapping=HEADED)
        assert batch.columns == tuple(table[0])
        assert rows(batch) == nulled(table[1:])


@settings(max_examples=30, deadline=None)
@given(tables(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_what_is_written_in_an_encoding_comes_back(table: list[list[str]], encoding: str) -> None:
    head = [["编号", "客户", "订单", "时间", "金额"][: len(table[0])]]
    plain = [[cell.translate({ord(c): None for c in "éß"}) for cell in record] for record in table[1:]]
    with folder() as place:
        batch = read(put(place, "a.csv", written(head + plain).encode(encoding)), mapping=HEADED)
        assert rows(batch) == nulled(plain)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_sound_rows_land_and_broken_ones_are_numbered(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.sampled_from(["sound", "short", "long", "blank", "nul"]), min_size=1, max_size=40))
    lines = {"sound": "1,2,3", "short": "1,2", "long": "1,2,3,4", "blank": "", "nul": "1,\0,3"}
    text = "\n".join(["a,b,c", "1,2,3", *(lines[kind] for kind in kinds), "7,8,9"])
    expected = [2, *(n for n, kind in enumerate(kinds, 3) if kind == "sound"), len(kinds) + 3]
    bad = [n for n, kind in enumerate(kinds, 3) if kind in ("short", "long", "nul")]
    with folder() as place:
        batch = read(put(place, "a.csv", text))
        assert [row.row for row in batch.malformed] == bad
        assert row_numbers(batch) == expected


JSON_CELLS = st.one_of(
    st.none(), st.text(max_size=8), st.integers(), st.booleans(), st.lists(st.integers(), max_size=3)
)


def as_text(value: object) -> str | None:
    """What a JSON value is as text."""
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(JSON_CELLS, JSON_CELLS), min_size=1, max_size=10), st.booleans())
def test_what_json_writes_comes_back(records: list[tuple[object, object]], as_array: bool) -> None:
    objects = [{"a": a, "b": b} for a, b in records]
    text = json.dumps(objects) if as_array else "\n".join(json.dumps(one) for one in objects)
    with folder() as place:
        batch = read(put(place, "a.json", text))
        assert rows(batch) == [(as_text(a), as_text(b)) for a, b in records]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**14), st.text("ab中文 ", min_size=1, max_size=5)), min_size=1, max_size=8))
def test_what_excel_writes_comes_back(records: list[tuple[int, str]]) -> None:
    sheet: list[list[object]] = [["编号", "名称"], *([number, text] for number, text in records)]
    with folder() as place:
        batch = read(put(place, "a.xlsx", workbook({"s": sheet})), mapping=HEADED)
        assert [(a, (b or "").strip()) for a, b in rows(batch)] == [(str(n), text.strip()) for n, text in records]


@pytest.mark.parametrize(
    "wrap", [lambda b: b, gzip.compress, lambda b: zipped(("a.csv", b))], ids=["plain", "gzip", "zip"]
)
def test_wrappings_change_nothing_of_the_rows(tmp_path: Path, wrap) -> None:  # type: ignore[no-untyped-def]
    text = written([["id", "who"], *([str(n), f"客户 {n}"] for n in range(2_000))])
    batch = read(put(tmp_path, "a.bin", wrap(text.encode("gb18030"))))
    assert rows(batch) == [(str(n), f"客户 {n}") for n in range(2_000)]
