"""Opening: what a file is, is told by its content."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.warehouse.sources.files import CHINESE, put
from titian.errors import InputError
from titian.warehouse.sources import open_source
from titian.warehouse.sources.content import recognise
from titian.warehouse.sources.faults import SourceError, UnknownFormatError


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PAR1....", "parquet"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "excel"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "excel"),
        (b"PK\x03\x04" + b"\0" * 26 + b"orders.csv", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "excel"),
        (b'{"a":1}', "json"),
        (b'\xef\xbb\xbf [ {"a":1}]', "json"),
        (b"[id],name\n1,2\n", "text"),
        ("订单,金额\n".encode("gbk"), "text"),
        ("订单,金额\n".encode("utf-16-le"), "text"),
        (b"<html><table>", "other"),
        (b"<?xml version='1.0'?>", "other"),
        (b"%PDF-1.7", "other"),
        (b"SQLite format 3\0", "other"),
        (b"\0" * 5000, "other"),
    ],
)
def test_content_is_recognised(head: bytes, kind: str) -> None:
    assert recognise(head).kind == kind


@pytest.mark.parametrize(
    "content", [os.urandom(20_000), b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9], ids=["noise", "picture"]
)
def test_binary_data_are_refused_with_the_formats_that_are_read(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnknownFormatError) as caught:
        open_source(put(tmp_path, "orders.csv", content))
    assert "Parquet" in caught.value.hint
    assert "Parquet" in caught.value.hint_zh


def test_a_web_page_named_xls_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="open it in Excel and save it as xlsx"):
        open_source(put(tmp_path, "orders.xls", "<html><table><tr><td>订单</td></tr></table></html>"))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no file"):
        open_source(tmp_path / "none.csv")
    with pytest.raises(SourceError, match="is not a file"):
        open_source(tmp_path)


@pytest.mark.parametrize("name", ["a.csv", "a.CSV", "a.txt", "a", "a.data", "a.csv.bak"])
def test_a_text_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    source = open_source(put(tmp_path, name, CHINESE))
    assert source.format == "csv"
    assert source.columns_and_samples().notes == ()


def test_every_fault_of_a_source_is_one_of_input() -> None:
    assert issubclass(SourceError, InputError)
    codes = [kind.code for kind in SourceError.__subclasses__()]
    assert len(codes) == len(set(codes))
