"""Excel files hold what was written: every number to the last digit, every text to the last letter."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from titian.app.xlsx import write_xlsx

Cell = float | int | str | None
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LETTERS = st.characters(min_codepoint=32, exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")
"""What XML can hold, but for tabs and ends of lines."""


def sheet_of(folder: Path, *rows: Sequence[Cell], headings: Sequence[str] = ("a",)) -> Worksheet:
    write_xlsx(folder / "some.xlsx", headings, rows)
    found = openpyxl.load_workbook(folder / "some.xlsx").active
    assert isinstance(found, Worksheet)
    return found


def written(folder: Path, *rows: Sequence[Cell]) -> str:
    """The sheet as it stands in the file."""
    write_xlsx(folder / "some.xlsx", ("a",), rows)
    with zipfile.ZipFile(folder / "some.xlsx") as archive:
        assert archive.testzip() is None
        return archive.read("xl/worksheets/sheet1.xml").decode()


@FEW
@given(numbers=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_a_number_is_the_very_double_that_was_written(tmp_path: Path, numbers: list[float]) -> None:
    (line,) = sheet_of(tmp_path, numbers).iter_rows(min_row=2, values_only=True)
    assert [float(str(value)) for value in line] == numbers


@pytest.mark.parametrize("number", [0, -1, 10**15, 0.1 + 0.2, 1e-300, -0.5])
def test_a_number_is_a_number_and_no_text(tmp_path: Path, number: float) -> None:
    cell = sheet_of(tmp_path, [number])["A2"]
    assert (cell.data_type, cell.value) == ("n", number)


@FEW
@given(texts=st.lists(st.text(LETTERS, min_size=1, max_size=20), min_size=1, max_size=5))
def test_a_text_is_the_very_text_that_was_written(tmp_path: Path, texts: list[str]) -> None:
    (line,) = sheet_of(tmp_path, texts).iter_rows(min_row=2, values_only=True)
    assert list(line) == texts


@pytest.mark.parametrize("text", [" around ", "two\nlines", "a\ttab", "]]>", "&lt;", '"', "'", "=1+1", "007", "1e5"])
def test_a_text_stays_a_text_whatever_it_looks_like(tmp_path: Path, text: str) -> None:
    cell = sheet_of(tmp_path, [text])["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    "letter", [pytest.param(chr(code), id=f"U+{code:04X}") for code in (0x00, 0x0B, 0x1F, 0xFFFE, 0xFFFF)]
)
def test_a_letter_that_xml_forbids_is_left_out_and_the_file_opens(tmp_path: Path, letter: str) -> None:
    # Extensible Markup Language 1.0, [2] Char: neither most controls nor U+FFFE and U+FFFF.
    assert sheet_of(tmp_path, [f"a{letter}b"])["A2"].value == "ab"


def test_what_looks_like_an_escape_is_escaped(tmp_path: Path) -> None:
    # ECMA-376 Part 1, 22.9.2.19 ST_Xstring: _xHHHH_ stands for a letter, and _x005F_ for the underscore before one.
    assert "_x005F_x0041_" in written(tmp_path, ["_x0041_"])


def test_nothing_is_an_empty_cell_that_keeps_the_others_in_their_columns(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, [None, 1, None, "x"], headings=("a", "b", "c", "d"))
    assert [cell.value for cell in sheet[2]] == [None, 1, None, "x"]


def test_headings_are_bold_and_stay_in_view(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, ["x"], headings=("客户", "<b>"))
    assert [(cell.value, cell.font.bold) for cell in sheet[1]] == [("客户", True), ("<b>", True)]
    assert not sheet["A2"].font.bold
    assert sheet.freeze_panes == "A2"


def test_no_cell_of_a_file_is_a_formula(tmp_path: Path) -> None:
    text = written(tmp_path, ["=1+1", "<f>1+1</f>", 2.0])
    assert re.findall(r"<f\b", text) == []
