"""Sheets: labels and numbers of any table, empty cells told from unreadable ones, and the first of them named."""

import datetime
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

from titian.domain.words import Words
from titian.errors import InputError, TitianError, UnknownNameError
from titian.warehouse.sheet import sheet

MEND = Words(zh="请改正", en="mend it")


def column(values: list[object], kind: str | None = None) -> list[tuple[float | None, bool]]:
    """What the numbers of a column of a frame are, and whether each can't be read."""
    return read(pd.DataFrame({"x": pd.Series(values, dtype=kind)}))


def read(frame: object) -> list[tuple[float | None, bool]]:
    with sheet(frame, [], ["x"]) as found:
        rows = found.engine.arrow(found.rows.select(x=found.number("x"), unread=found.unread("x")))
        return [(row["x"], row["unread"]) for row in rows.to_pylist()]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12), ("12.50", 12.5), ("-3", -3), (" 7 ", 7), ("1,234.5", 1234.5), ("¥12", 12), ("１２", 12), ("1e3", 1000),
        ("true", 1), ("False", 0), ("是", 1), ("否", 0), (Decimal("1.25"), 1.25), ("(5)", -5), ("12元", 12),
    ],
)  # fmt: skip
def test_text_is_read_as_people_write_numbers(cell, number):
    assert column([cell, "x"]) == [(number, False), (None, True)]


@pytest.mark.parametrize("cell", ["abc", "12 apples", "1.2.3", "nan", "inf", "--", "1e400"])
def test_text_that_is_no_number_is_unread(cell):
    assert column([cell]) == [(None, True)]


@pytest.mark.parametrize("cell", ["", "  ", None, "\u3000"])
def test_an_empty_cell_is_no_number_and_no_fault(cell):
    assert column([cell, "1"]) == [(None, False), (1, False)]


@pytest.mark.parametrize(
    "kind", ["int8", "uint16", "int64", "float32", "float64", "bool", "Int64", "Float64", "boolean"]
)
def test_numbers_of_every_type_are_doubles(kind):
    assert column([1, 0], kind) == [(1.0, False), (0.0, False)]


def test_not_a_number_is_empty_and_what_has_no_variance_is_unread():
    found = read(pl.DataFrame({"x": [1.5, float("nan"), None, float("inf"), -1e200]}))
    assert found == [(1.5, False), (None, False), (None, False), (None, True), (None, True)]


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([1.0, 0.0, None], ["1", "0", None]),
        ([1.5, 2.0, 3.0], ["1.5", "2", "3"]),
        ([True, False, None], ["true", "false", None]),
        ([" a ", "", "b\u3000"], ["a", None, "b"]),
        ([7, 8, 9], ["7", "8", "9"]),
    ],
)
def test_labels_are_text_as_people_say_it(values, labels):
    with sheet(pl.DataFrame({"arm": values}), ["arm"], []) as found:
        assert found.engine.arrow(found.rows.select(arm=found.label("arm")))["arm"].to_pylist() == labels


def test_one_column_may_be_a_label_and_a_number():
    with sheet(pd.DataFrame({"x": [1, 2]}), ["x"], ["x"]) as found:
        rows = found.engine.arrow(found.rows.select(a=found.label("x"), b=found.number("x"))).to_pylist()
    assert rows == [{"a": "1", "b": 1.0}, {"a": "2", "b": 2.0}]


def refused(frame: object, empty: bool, cells: int = 1) -> TitianError:
    with sheet(frame, [], ["x"]) as found:
        return found.refusal("x", cells, empty=empty, mend=MEND)


@pytest.mark.parametrize(
    ("empty", "said", "zh"),
    [
        (True, "frame, row 1 (counted from 0), column 'x': it is empty", "frame 第 1 行（从 0 数起） 'x' 列 为空"),
        (
            False,
            "frame, row 2 (counted from 0), column 'x': 'lots' is no number",
            "frame 第 2 行（从 0 数起） 'x' 列 'lots' 不是数字",
        ),
    ],
)
def test_the_first_bad_row_of_a_frame_is_named(empty, said, zh):
    error = refused(pd.DataFrame({"x": ["1", None, "lots", "more", ""]}), empty)
    assert (error.message, error.zh, error.hint) == (said, zh, "mend it")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_the_first_bad_row_of_a_file_is_named_as_its_program_counts(tmp_path, suffix):
    frame, path = pd.DataFrame({"x": ["1", "2", "lots", "more"]}), tmp_path / f"a.{suffix}"
    write = {"csv": frame.to_csv, "xlsx": frame.to_excel}.get(suffix)
    write(path, index=False) if write else frame.to_json(path, orient="records", lines=True)
    error = refused(path, empty=False, cells=2)
    row = 3 if suffix == "jsonl" else 4
    assert error.message == f"a.{suffix}, row {row}, column 'x': 'lots' is no number (and 1 more)"
    assert error.details["row"] == row


def test_rows_that_were_left_out_of_a_file_are_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("arm,x\na,1\n\nb,2\nc,lots\n")
    assert refused(path, empty=False).details["row"] == 5


def test_a_file_with_a_row_of_another_shape_is_refused_with_its_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("arm,x\n" + "a,1\n" * 50 + "b,2,3,4\n")
    with pytest.raises(InputError, match=r"a.csv, row 52"), sheet(path, ["arm"], ["x"]):
        pass


@pytest.mark.parametrize("value", [datetime.datetime(2026, 1, 1), datetime.date(2026, 1, 1), [1, 2]], ids=str)
def test_a_column_that_can_be_no_number_is_refused(value):
    with pytest.raises(InputError, match="column 'x' is of type"), sheet(pl.DataFrame({"x": [value]}), [], ["x"]):
        pass


def test_a_column_that_is_not_there_lists_those_that_are():
    with pytest.raises(UnknownNameError) as error, sheet(pd.DataFrame({"a": [1], "b": [2]}), ["arm"], []):
        pass
    assert error.value.details["valid"] == ["a", "b"]


def test_what_is_no_table_is_refused():
    with pytest.raises(InputError, match="none of the kinds of data"), sheet({"x": [1]}, [], ["x"]):
        pass
