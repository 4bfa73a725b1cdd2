"""Marks: what a pass over a text notices, however the text is cut into pieces."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.sources.files import put
from titian.warehouse.sources.marks import Marks, blank_inside
from titian.warehouse.sources.payload import fingerprint


def seen(text: bytes, size: int = 1) -> Marks:
    """The marks of a text that comes in pieces of `size`."""
    marks = Marks()
    for start in range(0, len(text), size):
        marks.see(text[start : start + size])
    return marks


@given(st.binary(max_size=30), st.integers(1, 7))
def test_nul_bytes_and_quotes_are_noticed(text: bytes, size: int) -> None:
    marks = seen(text, size)
    assert (marks.zeros, marks.quotes) == (b"\0" in text, b'"' in text)


@given(st.lists(st.sampled_from(["a", "", "b c"])), st.integers(1, 5), st.booleans())
def test_lines_are_counted(lines: list[str], size: int, ended: bool) -> None:
    text = "\n".join(lines) + ("\n" if ended else "")
    assert seen(text.encode(), size).lines == len(text.splitlines())


@pytest.mark.parametrize("block", [1, 2, 3, 4096])
@pytest.mark.parametrize(
    ("text", "inside"),
    [
        (b"a\nb\n", False),
        (b"a\nb\n\n\n", False),
        (b"a\r\nb\r\n\r\n", False),
        (b"a\n\nb\n", True),
        (b"a\r\n\r\nb", True),
        (b"a\n\n" + b"\n" * 5000 + b"b", True),
        (b"", False),
    ],
)
def test_blank_lines_count_only_when_something_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes, inside: bool, block: int
) -> None:
    monkeypatch.setattr("titian.warehouse.sources.marks._BLOCK", block)
    assert blank_inside(put(tmp_path, "a.csv", text)) is inside


def test_a_fingerprint_can_be_stopped(tmp_path: Path) -> None:
    def tick(done: int) -> None:
        raise KeyError(done)

    with pytest.raises(KeyError):
        fingerprint(put(tmp_path, "a.csv", "a,b\n"), tick)
