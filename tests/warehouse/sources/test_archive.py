"""Archives: one data file inside is read, everything unsafe or broken is refused with the reason."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from tests.warehouse.sources.files import CHINESE, long_csv, put, read, workbook, zipped
from titian.warehouse.sources import open_source
from titian.warehouse.sources.archive import bound, readable
from titian.warehouse.sources.faults import ArchiveError, DamagedFileError, EmptySourceError, UnknownFormatError

BOMB = "a,b\n" + "1,2\n" * 40_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_gzipped_csv_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    batch = read(put(tmp_path, "a.csv.gz", gzip.compress(CHINESE.encode(encoding))))
    assert (batch.rows, batch.columns[0]) == (300, "订单编号")


def test_a_zip_of_one_file_is_read_and_what_systems_add_is_ignored(tmp_path: Path) -> None:
    packed = zipped(("订单/一月.csv", CHINESE), ("__MACOSX/订单/._一月.csv", "x"), (".DS_Store", "x"))
    batch = read(put(tmp_path, "一月.zip", packed))
    assert (batch.rows, batch.name, batch.bytes) == (300, "一月.zip", len(packed))


def test_nothing_unpacked_is_left_behind(tmp_path: Path) -> None:
    read(put(tmp_path, "a.csv.gz", gzip.compress(CHINESE.encode())))
    assert [path.name for path in (tmp_path / "landed").iterdir()] == ["rows.parquet"]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "C:\\a.csv", "..\\a.csv"])
def test_names_that_point_outside_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveError, match="points outside the archive"):
        open_source(put(tmp_path, "a.zip", zipped((name, CHINESE))))


def test_several_files_are_refused_and_listed(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        open_source(put(tmp_path, "a.zip", zipped(("a.csv", CHINESE), ("b.csv", CHINESE))))
    assert caught.value.details["members"] == ["a.csv", "b.csv"]


def test_an_archive_without_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="holds no data file"):
        open_source(put(tmp_path, "a.zip", zipped(("__MACOSX/._a.csv", "x"))))


def test_an_archive_within_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="an archive within an archive"):
        open_source(put(tmp_path, "a.zip", zipped(("b.zip", zipped(("c.csv", CHINESE))))))


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """160 MB of the same row, packed into some 160 kB."""
    return gzip.compress(BOMB.encode(), 6)


def test_a_gzip_bomb_is_stopped(tmp_path: Path, bomb: bytes) -> None:
    with pytest.raises(ArchiveError, match="out of proportion"):
        read(put(tmp_path, "a.csv.gz", bomb))
    assert list((tmp_path / "landed").iterdir()) == []


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="out of proportion"):
        open_source(put(tmp_path, "a.zip", zipped(("a.csv", BOMB))))


def test_a_zip_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    packed = bytearray(zipped(("a.csv", BOMB)))
    size = len(BOMB).to_bytes(4, "little")
    while (at := packed.find(size)) >= 0:
        packed[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises((ArchiveError, DamagedFileError)):
        read(put(tmp_path, "a.zip", bytes(packed)))


@pytest.mark.parametrize(("packed", "out"), [(1_000, 64 << 20), (1 << 20, 200 << 20), (1 << 40, 64 << 30)])
def test_the_bound_grows_with_the_archive_up_to_a_limit(packed: int, out: int) -> None:
    assert bound(packed) == out


@pytest.mark.parametrize("cut", [-4000, -8, 30], ids=["cut off", "checksum gone", "only a beginning"])
def test_a_damaged_gzip_is_refused(tmp_path: Path, cut: int) -> None:
    with pytest.raises(DamagedFileError, match="damaged gzip file"):
        read(put(tmp_path, "a.csv.gz", gzip.compress(long_csv().encode())[:cut]))


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    packed = zipped(("a.csv", long_csv()))
    with pytest.raises(DamagedFileError, match="damaged zip file"):
        open_source(put(tmp_path, "cut.zip", packed[: len(packed) // 2]))
    with pytest.raises(DamagedFileError, match="damaged zip file"):
        read(put(tmp_path, "spoilt.zip", packed[:60] + b"\xff" * 300 + packed[360:]))


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    packed = bytearray(zipped(("a.csv", CHINESE)))
    packed[6] |= 1
    packed[packed.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ArchiveError, match="locked with a password"):
        open_source(put(tmp_path, "a.zip", bytes(packed)))


def test_names_packed_by_a_chinese_windows_are_readable() -> None:
    member = zipfile.ZipInfo("订单.csv".encode("gbk").decode("cp437"))
    assert readable(member) == "订单.csv"


def test_an_excel_file_in_an_archive_is_read(tmp_path: Path) -> None:
    book = workbook({"一": [["订单号", "金额"], ["001", 2]]})
    assert read(put(tmp_path, "a.zip", zipped(("a.xlsx", book)))).format == "xlsx"
    assert read(put(tmp_path, "a.xlsx.gz", gzip.compress(book))).format == "xlsx"


def test_an_empty_file_in_an_archive_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptySourceError):
        open_source(put(tmp_path, "a.csv.gz", gzip.compress(b"")))
