"""JSON as Python writes it comes back value by value, and no object is left out without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.sources.files import put, read, rows
from titian.warehouse.sources import encoding, open_source
from titian.warehouse.sources.faults import BrokenTextError, DamagedFileError, SourceError

LAW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
nested = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))
records = st.lists(st.builds(lambda key, value: {"id": key, "v": value}, st.integers(), nested), min_size=2, max_size=8)


def cell(value: object) -> str | None:
    """A value as it should stand in a cell."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@LAW
@given(records=records, escaped=st.booleans(), indent=st.sampled_from([None, 0, 2]))
def test_arrays_come_back_value_by_value(
    tmp_path: Path, records: list[dict[str, object]], escaped: bool, indent: int | None
) -> None:
    path = put(tmp_path, "a.json", json.dumps(records, ensure_ascii=escaped, indent=indent))
    assert rows(read(path)) == [(str(record["id"]), cell(record["v"])) for record in records]


@LAW
@given(records=records, escaped=st.booleans(), end=st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_lines_come_back_value_by_value(
    tmp_path: Path, records: list[dict[str, object]], escaped: bool, end: str
) -> None:
    lines = [json.dumps(record, ensure_ascii=escaped) for record in records]
    assert rows(read(put(tmp_path, "a.jsonl", end.join(lines)))) == [
        (str(record["id"]), cell(record["v"])) for record in records
    ]


@pytest.mark.parametrize(
    "name",
    ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("form", ["lines", "array"])
def test_every_encoding_is_read_as_utf8_is(tmp_path: Path, name: str, form: str) -> None:
    content = [{"编号": f"{n:03}", "买家": "王小明" * 5} for n in range(50)]
    listed = [json.dumps(record, ensure_ascii=False) for record in content]
    text = "\n".join(listed) if form == "lines" else f"[{','.join(listed)}]"
    marked = "\ufeff" if name in ("utf-16-le", "utf-16-be") else ""
    batch = read(put(tmp_path, "a.json", (marked + text).encode(name)))
    assert batch.columns == ("编号", "买家")
    assert rows(batch) == [(record["编号"], record["买家"]) for record in content]


@pytest.mark.parametrize("number", ["12.50", "1e3", "-0.0", "123456789012345678901", "0.1000000000000000055", "1E-7"])
def test_numbers_stay_as_they_were_written_wherever_they_stand(tmp_path: Path, number: str) -> None:
    line = f'{{"n":{number},"list":[{number}],"deep":{{"n":{number}}}}}\n'
    [found] = rows(read(put(tmp_path, "a.jsonl", line + line)))[:1]
    assert found[0] == number
    assert [json.loads(str(text)) for text in found[1:]] == [[json.loads(number)], {"n": json.loads(number)}]


@pytest.mark.parametrize("number", ["1e400", "-1e999"])
def test_a_nested_number_beyond_a_float_is_still_json(tmp_path: Path, number: str) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    [found] = rows(read(put(tmp_path, "a.jsonl", f'{{"a":"x","o":{{"n":{number}}}}}\n')))
    json.loads(str(found[1]), parse_constant=refuse)


@pytest.mark.parametrize(
    "content",
    ['[{"a":1},{"a":2}', '[{"a":1},{"a":', '[{"a":1} {"a":2}]', '[{"a":1},{"a":tru}]', '[{"a":1};{"a":2}]'],
    ids=["no end", "cut off", "no comma", "no value", "semicolon"],
)
def test_a_broken_array_is_refused_and_never_read_in_part(tmp_path: Path, content: str) -> None:
    with pytest.raises(DamagedFileError):
        read(put(tmp_path, "a.json", content))


@pytest.mark.parametrize(
    "more", ['\n[{"a":2}]', '\n{"a":2}', ',{"a":2}]', " and so on"], ids=["array", "object", "rest", "words"]
)
def test_what_follows_the_end_of_an_array_is_not_passed_over(tmp_path: Path, more: str) -> None:
    path = put(tmp_path, "a.json", f'[{{"a":1}}]{more}')
    try:
        batch = read(path)
    except SourceError:
        return
    assert batch.rows + len(batch.malformed) > 1


def test_what_is_no_object_in_an_array_is_set_aside_by_its_place(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.json", '[{"a":1}, 7, "x", null, [1], {"a":2}]'))
    assert ([bad.row for bad in batch.malformed], rows(batch)) == ([2, 3, 4, 5], [("1",), ("2",)])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("form", ["lines", "array"])
def test_what_comes_in_many_pieces_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, size: int
) -> None:
    monkeypatch.setattr(encoding, "CHUNK", size)
    content = [{"id": n, "买家": "é客户😀"[n % 5 :], "o": {"list": [n] * (n % 3)}} for n in range(30)]
    listed = [json.dumps(record, ensure_ascii=False) for record in content]
    text = "\n".join(listed) if form == "lines" else f"[{','.join(listed)}]"
    assert rows(read(put(tmp_path, "a.json", text))) == [
        (str(record["id"]), record["买家"] or None, cell(record["o"])) for record in content
    ]


def test_the_last_of_two_values_of_a_key_counts_as_in_python(tmp_path: Path) -> None:
    line = '{"a":1,"b":2,"a":3}'
    batch = read(put(tmp_path, "a.jsonl", f"{line}\n{line}\n"))
    assert (batch.columns, rows(batch)[0]) == (("a", "b"), ("3", "2"))


def test_keys_without_end_are_refused_with_the_row(tmp_path: Path) -> None:
    lines = [json.dumps({f"k{row * 500 + place}": 1 for place in range(500)}) for row in range(60)]
    with pytest.raises(BrokenTextError, match="different keys") as error:
        read(put(tmp_path, "a.jsonl", "\n".join(lines)))
    assert error.value.details["row"] <= 60


def test_the_sample_has_the_keys_of_its_rows_only(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", '{"a":1}\n{"b":2}\n{"c":3}\n')
    sample = open_source(path).columns_and_samples(2)
    assert (sample.columns, sample.records) == (("a", "b"), (("1", None), (None, "2")))
