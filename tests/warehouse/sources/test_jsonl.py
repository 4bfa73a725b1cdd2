"""JSON: an object a line or an array of objects; numbers as they were written."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.warehouse.sources.files import put, read, row_numbers, rows
from titian.warehouse.sources import open_source
from titian.warehouse.sources.faults import DamagedFileError, EmptySourceError, EncodingError, UnknownFormatError


def test_values_are_kept_as_they_were_written(tmp_path: Path) -> None:
    line = '{"id":"01","n":12.50,"big":123456789012345678,"e":1e400,"ok":true,"none":null,"o":{"a":[1,2.5]}}\n'
    batch = read(put(tmp_path, "a.jsonl", line))
    assert batch.columns == ("id", "n", "big", "e", "ok", "none", "o")
    assert rows(batch) == [("01", "12.50", "123456789012345678", "1e400", "true", None, '{"a":[1,2.5]}')]


def test_columns_are_all_keys_of_all_lines(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.jsonl", '{"a":1}\n{"b":2}\n{"a":3,"c":4}\n'))
    assert batch.columns == ("a", "b", "c")
    assert rows(batch) == [("1", None, None), (None, "2", None), ("3", None, "4")]


def test_lines_that_are_no_objects_are_set_aside(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.jsonl", '{"a":1}\n\nnope\n[1]\n{"a":2}'))
    assert [bad.row for bad in batch.malformed] == [3, 4]
    assert row_numbers(batch) == [1, 5]


@pytest.mark.parametrize("indent", [None, 2], ids=["tight", "pretty"])
def test_an_array_of_objects_is_read(tmp_path: Path, indent: int | None) -> None:
    content = [{"id": n, "名": "中文" * 30} for n in range(9_000)]
    batch = read(put(tmp_path, "a.json", json.dumps(content, ensure_ascii=False, indent=indent)))
    assert rows(batch) == [(str(n), "中文" * 30) for n in range(9_000)]


def test_gzipped_lines_in_gbk_are_read(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.jsonl.gz", gzip.compress('{"买家":"张三丰"}\n{"买家":"李四光"}\n'.encode("gbk"))))
    assert rows(batch) == [("张三丰",), ("李四光",)]


def test_an_array_that_breaks_off_is_named_with_the_element(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="breaks at element 3"):
        read(put(tmp_path, "a.json", '[{"a":1},{"a":2},{"a":'))


@pytest.mark.parametrize("content", ["[]", "[ ]", "[\n]"])
def test_an_array_of_nothing_is_empty(tmp_path: Path, content: str) -> None:
    with pytest.raises((EmptySourceError, UnknownFormatError)):
        open_source(put(tmp_path, "a.json", content)).columns_and_samples()


def test_one_object_over_many_lines_is_refused_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="neither one object a line nor an array"):
        open_source(put(tmp_path, "a.json", '{\n "a": 1,\n "b": 2\n}')).columns_and_samples()


def test_a_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    mixed = ('{"a":"中文"}\n' * 3).encode() + '{"a":"中文买家"}\n'.encode("gbk")
    with pytest.raises(EncodingError) as caught:
        read(put(tmp_path, "a.jsonl", mixed))
    assert caught.value.details["row"] == 4


def test_half_of_a_character_pair_does_not_stop_the_reading(tmp_path: Path) -> None:
    assert rows(read(put(tmp_path, "a.jsonl", '{"a":"x\\ud83d"}\n'))) == [("x?",)]
