"""Encodings: found, turned into UTF-8, and named where they change."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.sources.files import CHINESE, long_csv, put, read, rows
from titian.warehouse.sources import encoding
from titian.warehouse.sources.faults import EncodingError

CASES = [
    ("utf-8", b"", "UTF-8"),
    ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
    ("gbk", b"", "GB18030"),
    ("gb18030", b"", "GB18030"),
    ("utf-16-le", b"\xff\xfe", "UTF-16-LE"),
    ("utf-16-be", b"\xfe\xff", "UTF-16-BE"),
    ("utf-16-le", b"", "UTF-16-LE"),
    ("utf-16-be", b"", "UTF-16-BE"),
]


@pytest.mark.parametrize(
    ("name", "mark", "called"), CASES, ids=[f"{n}{' with mark' if m else ''}" for n, m, _ in CASES]
)
def test_an_encoding_is_found_and_read(tmp_path: Path, name: str, mark: bytes, called: str) -> None:
    batch = read(put(tmp_path, "a.csv", mark + CHINESE.encode(name)))
    assert batch.encoding == called
    assert batch.columns == ("订单编号", "买家会员名", "付款时间", "实付金额")
    assert rows(batch)[8] == ("000000000000000008", "买家1", "2024-01-09 10:00:00", "8.50")


def test_an_excel_export_of_tabs_in_utf16_is_read(tmp_path: Path) -> None:
    text = CHINESE.replace(",", "\t").replace("\n", "\r\n")
    batch = read(put(tmp_path, "a.txt", text.encode("utf-16")))
    assert (batch.format, batch.rows) == ("tsv", 300)


def test_chinese_that_begins_after_a_long_plain_head_is_still_read(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", (long_csv() + "1,中文买家,2,\n").encode("gbk")))
    assert batch.encoding == "GB18030"
    assert rows(batch)[-1] == ("1", "中文买家", "2", None)


def test_western_letters_are_not_taken_for_chinese(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", (long_csv() + "1,Café £3,2,naïve\n").encode("cp1252")))
    assert batch.encoding == "Windows-1252"
    assert rows(batch)[-1] == ("1", "Café £3", "2", "naïve")


def test_a_line_of_gbk_in_a_file_of_utf8_is_named(tmp_path: Path) -> None:
    before = (long_csv() + "1,中文买家,2,\n").encode()
    with pytest.raises(EncodingError) as caught:
        read(put(tmp_path, "a.csv", before + "2,中文买家,3,\n".encode("gbk")))
    told = caught.value.details
    assert (told["row"], told["byte"], told["value"]) == (20_003, len(before) + 2, "2,中文买家,3,")


def test_a_line_of_utf8_in_a_file_of_gbk_is_named(tmp_path: Path) -> None:
    before = CHINESE.encode("gbk")
    with pytest.raises(EncodingError) as caught:
        read(put(tmp_path, "a.csv", before + "9,中文买家,2024-01-01,3\n".encode()))
    told = caught.value.details
    assert (told["row"], told["byte"]) == (302, len(before) + 2)
    assert not (tmp_path / "landed" / "rows.parquet").exists()


def test_broken_gbk_is_named_with_its_line(tmp_path: Path) -> None:
    broken = CHINESE.encode("gbk") + b"9,\xff\xff,2024-01-01,3\n" + CHINESE.encode("gbk")
    with pytest.raises(EncodingError) as caught:
        read(put(tmp_path, "a.csv", broken))
    assert caught.value.details["row"] == 302


@given(st.text(st.characters(codec="gb18030"), min_size=1), st.sampled_from(["utf-8", "gb18030", "utf-16-le"]))
def test_pieces_of_a_stream_join_to_the_same_text(text: str, name: str) -> None:
    class Slow(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            return super().read(3)

    made = b"".join(encoding.chunks(Slow(text.encode(name)), name, "a.csv")).decode()
    assert made == text.removeprefix("\ufeff") or name == "utf-8"


@pytest.mark.parametrize("word", ["联通", "中文买家", "张三", "已付款"])
def test_a_few_chinese_letters_are_enough_to_tell_gbk(word: str) -> None:
    head = f"id,who\n1,{word}\n2,客户\n3,订单编号\n".encode("gbk")
    assert encoding.detect(head) == "gb18030"


def test_the_survey_counts_lines_by_what_they_can_be() -> None:
    seen = encoding.survey(io.BytesIO("abc\n中文\n".encode() + "买家\n".encode("gbk") + "é,x\n".encode("cp1252")))
    assert (seen.utf8, seen.gb, seen.neither) == (1, 1, 1)
    assert seen.firsts["gb"][:2] == (3, 11)


@pytest.mark.parametrize("line", [b"1,\0,3\n", b"a,\0\n", b"\0,1\n", "买家,\0,3\n".encode()])
def test_stray_nul_bytes_make_no_utf16(line: bytes) -> None:
    assert encoding.detect(b"a,b,c\n1,2,3\n" + line * 50) == "utf-8"


WRITTEN = [
    "1,上海市浦东新区,2\n",
    "王小明,重要价值客户,2024-06-01,88.5\n",
    "1,张三,2\n",
    "1,ひらがなとカタカナ,2\n",
    "1,plain,2\n",
    "é,ü\n",
]


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line", WRITTEN)
def test_utf16_is_told_without_a_mark(name: str, line: str) -> None:
    assert encoding.detect((line * 50).encode(name)) == name
