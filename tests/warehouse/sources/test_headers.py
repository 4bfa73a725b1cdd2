"""Headers and dialects: told from the first rows."""

from __future__ import annotations

import pytest

from titian.domain.words import Words
from titian.warehouse.sources import dialect, headers
from titian.warehouse.sources.writing import Shapes

NAMES = ["id", "day", "amount"]
RECORD = ["1", "2024-01-01", "3.5"]


@pytest.mark.parametrize(
    ("first", "found"),
    [
        (["id", "day", "amount"], True),
        (["订单编号", "付款时间", "金额（元）"], True),
        (["A1", "2024-01-01", "x"], False),
        (["00004", "x", "y"], False),
        (["¥12.50", "x", "y"], False),
        (["", "", ""], False),
    ],
)
def test_names_are_told_from_values(first: list[str], found: bool) -> None:
    assert headers.find([first, RECORD, RECORD]).found is found


def test_words_that_come_again_below_are_values() -> None:
    rows = [["paid", "web", "anna"], ["paid", "shop", "anna"], ["open", "web", "bob"]]
    assert not headers.find(rows).found


def test_titles_are_counted() -> None:
    assert headers.find([["Report", "", ""], ["", "", ""], NAMES, RECORD]).rows == 3


def test_names_are_made_for_columns_without() -> None:
    assert headers.find([RECORD, RECORD]).columns == ("column_1", "column_2", "column_3")


def test_empty_names_beyond_the_usual_width_are_left_out() -> None:
    assert headers.find([[*NAMES, "", ""], RECORD, RECORD]).columns == tuple(NAMES)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (["a", "a", "a"], ("a", "a_2", "a_3")),
        (["a", "A"], ("a", "A_2")),
        (["a", "a", "a_2"], ("a", "a_3", "a_2")),
        ([" a\tb ", "\ufeffc"], ("a b", "c")),
        (["", "column_1"], ("column_1", "column_1_2")),
    ],
)
def test_names_are_made_unique(given: list[str], made: tuple[str, ...]) -> None:
    assert headers.unique(given)[0] == made


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a\tb\n1,5\t2,5\n", "\t"),
        ("a;b\n1,5;2,5\n1,5;2\n", ";"),
        ("a|b\n1|2\n", "|"),
        ('a,b\n"x;y;z",2\n', ","),
        ("id\n1\n2\n", ","),
        (" a  b\n 1  2\n", None),
        ("a b\nwords of any number\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_rows_agree_on(text: str, delimiter: str | None) -> None:
    assert dialect.detect(text).delimiter == delimiter


def test_long_values_are_shown_short_and_without_control_characters() -> None:
    shapes = Shapes("a.csv")
    shapes.bad(2, "a", "x\x00\n" + "y" * 500, Words(zh="", en=""))
    shown = shapes.malformed[0].value or ""
    assert shown.startswith("x\\x00\\ny")
    assert len(shown) < 80
