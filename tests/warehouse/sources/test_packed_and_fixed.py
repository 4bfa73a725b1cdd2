"""Packed files and fixed columns: what Python packs and pads comes back cell by cell."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.sources.files import CHINESE, put, read, rows, zipped
from titian.domain.mapping import FixedColumn, Mapping
from titian.warehouse.sources import open_source
from titian.warehouse.sources.faults import SourceError

LAW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ORDERS = "".join(f"{n},c{n % 7},2024-01-{n % 28 + 1:02},{n}.5\n" for n in range(400))
TEXT = "id,who,day,amount\n" + ORDERS


def streamed_zip(content: bytes) -> bytes:
    """A zip written to a pipe: sizes stand behind the data."""
    out = io.BytesIO()
    out.seekable = lambda: False  # type: ignore[method-assign]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("orders.csv", "w") as member:
        member.write(content)
    return out.getvalue()


def as_zip(method: int, name: str = "orders.csv") -> Callable[[bytes], bytes]:
    def pack(content: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            archive.writestr(name, content)
        return out.getvalue()

    return pack


PACKED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gz": ("a.csv.gz", gzip.compress),
    "gz of several parts": ("a.gz", lambda whole: b"".join(gzip.compress(whole[at : at + 999]) for at in range(0, len(whole), 999))),
    "gz without compression": ("a.csv.gz", lambda whole: gzip.compress(whole, 0)),
    "gz padded with zeros": ("a.csv.gz", lambda whole: gzip.compress(whole) + bytes(512)),
    "gz by another name": ("orders.csv", gzip.compress),
    "zip": ("a.zip", as_zip(zipfile.ZIP_DEFLATED)),
    "zip that stores": ("a.zip", as_zip(zipfile.ZIP_STORED)),
    "zip by bzip2": ("a.zip", as_zip(zipfile.ZIP_BZIP2)),
    "zip by lzma": ("a.zip", as_zip(zipfile.ZIP_LZMA)),
    "zip with a folder": ("a.zip", as_zip(zipfile.ZIP_DEFLATED, "2024/一月/orders.csv")),
    "zip from a pipe": ("a.zip", streamed_zip),
}  # fmt: skip


@pytest.mark.parametrize("how", PACKED)
@pytest.mark.parametrize("content", [TEXT.encode(), CHINESE.encode("gb18030"), CHINESE.encode("utf-16")],
                         ids=["utf-8", "gb18030", "utf-16"])  # fmt: skip
def test_a_packed_file_is_read_as_the_file_inside(tmp_path: Path, how: str, content: bytes) -> None:
    name, pack = PACKED[how]
    plain = read(put(tmp_path, "plain.csv", content))
    wanted = (plain.columns, rows(plain))
    packed = read(put(tmp_path, name, pack(content)))
    assert (packed.columns, rows(packed)) == wanted


@pytest.mark.parametrize("how", PACKED)
def test_its_sample_is_that_of_the_file_inside(tmp_path: Path, how: str) -> None:
    name, pack = PACKED[how]
    plain = open_source(put(tmp_path, "plain.csv", TEXT)).columns_and_samples(5)
    packed = open_source(put(tmp_path, name, pack(TEXT.encode()))).columns_and_samples(5)
    assert (packed.columns, packed.records) == (plain.columns, plain.records)


@pytest.mark.parametrize(
    "content",
    [bz2.compress(TEXT.encode()), zlib.compress(TEXT.encode()), gzip.compress(TEXT.encode())[:-8] + bytes(8)],
    ids=["bzip2", "zlib", "gz with a wrong sum"],
)
def test_other_packings_and_wrong_sums_are_refused_and_never_read_in_part(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceError):
        read(put(tmp_path, "a.csv.gz", content))


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
def test_a_flipped_byte_inside_a_zip_is_noticed(tmp_path: Path, at: float) -> None:
    whole = bytearray(as_zip(zipfile.ZIP_STORED)(TEXT.encode()))
    whole[round(len(TEXT) * at)] ^= 0x01
    with pytest.raises(SourceError):
        read(put(tmp_path, "a.zip", bytes(whole)))


def test_a_workbook_is_no_archive_of_files_though_it_is_a_zip(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(put(tmp_path, "a.zip", zipped(("[Content_Types].xml", "<Types/>"), ("xl/none.xml", "<a/>"))))


widths = st.lists(st.integers(1, 8), min_size=2, max_size=5)
letters = st.characters(codec="utf-8", categories=["L", "Nd"])


@LAW
@given(widths=widths, data=st.data())
def test_fixed_columns_are_the_slices_that_python_cuts(tmp_path: Path, widths: list[int], data: st.DataObject) -> None:
    ends = [sum(widths[: place + 1]) for place in range(len(widths))]
    cut = tuple(
        FixedColumn(name=f"c{end}", start=end - width, end=end) for end, width in zip(ends, widths, strict=True)
    )
    cell = [st.text(letters, max_size=width) for width in widths]
    table = data.draw(st.lists(st.tuples(*cell).filter(lambda row: any(row)), min_size=1, max_size=12))
    lines = ["".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in table]
    path = put(tmp_path, "a.txt", "\n".join(lines) + "\n")
    batch = read(path, mapping=Mapping(columns={}, fixed_width=cut, has_header=False))
    assert batch.columns == tuple(column.name for column in cut)
    assert rows(batch) == [tuple(text or None for text in row) for row in table]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_lines_that_end_early_lack_their_last_cells(tmp_path: Path, end: str) -> None:
    cut = (
        FixedColumn(name="id", start=0, end=3),
        FixedColumn(name="who", start=4, end=8),
        FixedColumn(name="rest", start=9),
    )
    path = put(tmp_path, "a.txt", end.join(["001 ann  x y  z", "002 bob", "003", ""]))
    batch = read(path, mapping=Mapping(columns={}, fixed_width=cut, has_header=False))
    assert rows(batch) == [("001", "ann", "x y  z"), ("002", "bob", None), ("003", None, None)]


def test_columns_may_overlap_and_leave_gaps(tmp_path: Path) -> None:
    cut = (
        FixedColumn(name="all", start=0, end=10),
        FixedColumn(name="year", start=0, end=4),
        FixedColumn(name="day", start=8, end=10),
    )
    path = put(tmp_path, "a.txt", "2024-01-31\n2024-02-29\n")
    batch = read(path, mapping=Mapping(columns={}, fixed_width=cut, has_header=False))
    assert rows(batch) == [("2024-01-31", "2024", "31"), ("2024-02-29", "2024", "29")]


@LAW
@given(
    table=st.lists(
        st.tuples(*[st.text(letters, min_size=1, max_size=6)] * 3),
        min_size=3,
        max_size=12,
        unique_by=lambda row: row[0],
    )
)
def test_columns_padded_with_blanks_are_told_apart(tmp_path: Path, table: list[tuple[str, str, str]]) -> None:
    lines = ["order_id    customer  amount", *("  ".join(cell.ljust(8) for cell in row) for row in table)]
    batch = read(put(tmp_path, "a.txt", "\n".join(lines) + "\n"), mapping=Mapping(columns={}, has_header=True))
    assert (batch.format, batch.columns) == ("fixed", ("order_id", "customer", "amount"))
    assert rows(batch) == table
