"""Looks: what values are, whatever their column is called."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.warehouse.guessing.looks import Look, day_orders, decimal_comma, fit, look, numeric_day


def column(*cells: str | None) -> Look:
    return look(("c",), [(cell,) for cell in cells])[0]


DATES = [
    "2024-01-31",
    "2024/1/31 8:05",
    "2024-01-31T08:05:09Z",
    "2024-01-31 08:05:09.123+08:00",
    "2024年1月31日",
    "2024年1月31日 8时05分",
    "20240131",
    "20240131080509",
    "31/01/2024",
    "31.1.24",
    "14-Jan-15",
    "Jan 14, 2015",
    "1704164645",
    "1704164645123",
    "２０２４-０１-３１",
]


@pytest.mark.parametrize("value", DATES)
def test_a_time_looks_like_one(value: str) -> None:
    assert column(value).dates == 1


@pytest.mark.parametrize("value", ["abc", "12.50", "13800138000", "20241301", "2024", "1,234", "-", "10:30"])
def test_other_things_do_not_look_like_times(value: str) -> None:
    assert column(value).dates == 0


AMOUNTS = [
    "12",
    "-12.50",
    "¥12.50",
    "￥1,234.50",
    "$ 5",
    "12,50",
    "(12.50)",
    "12.5元",
    "USD 5",
    "1e3",
    ".5",
    "１２．５",
    "30%",
]


@pytest.mark.parametrize("value", AMOUNTS)
def test_an_amount_looks_like_one(value: str) -> None:
    assert column(value).numbers == 1


@pytest.mark.parametrize("value", ["A12", "12-13", "twelve", "c5", "上海", "1 2 x"])
def test_other_things_do_not_look_like_amounts(value: str) -> None:
    assert column(value).numbers == 0


@pytest.mark.parametrize(
    ("cells", "coded"),
    [
        (("00012", "00013"), True),
        (("123456789012345678",), True),
        (("13800138000", "13900139000"), True),
        (("12", "345"), False),
        (("1.50", "0.5"), False),
    ],
)
def test_numbers_that_are_names_are_told_from_amounts(cells: tuple[str, ...], coded: bool) -> None:
    assert column(*cells).coded is coded


def test_cells_without_a_value_are_empty() -> None:
    seen = column("a", None, "", "  ", "NULL", "nan", "-", "b")
    assert (seen.values, seen.empty_share) == (("a", "b"), 0.75)


def test_samples_are_shown_as_they_are_written() -> None:
    assert column("１２", "１２", "b ", "c", "d", "e", "f").samples == ("１２", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("kind", "cells", "suits"),
    [
        ("instant", ("2024-01-01", "x"), 0.5),
        ("money", ("1.5", "2"), 1.0),
        ("money", ("x", "y"), 0.0),
        ("id", ("a1", "a2"), 1.0),
        ("status", ("paid", "open"), 1.0),
        ("text", ("x",), 1.0),
        ("money", (None,), 0.5),
    ],
)
def test_values_suit_a_kind(kind: str, cells: tuple[str | None, ...], suits: float) -> None:
    assert fit(kind, column(*cells)) == suits  # type: ignore[arg-type]


ORDERS = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "ymd": "%y/%m/%d"}


@given(st.sampled_from(["dmy", "mdy"]), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_a_year_of_days_tells_their_order(order: str, first: date) -> None:
    days = [(first + timedelta(days=n)).strftime(ORDERS[order]) for n in range(366)]
    assert day_orders([column(*days)]) == (order,)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.sampled_from(list(ORDERS)))
def test_the_true_order_is_never_ruled_out(day: date, order: str) -> None:
    assert order in day_orders([column(day.strftime(ORDERS[order]))])


def test_dates_that_need_no_order_have_none() -> None:
    assert day_orders([column("2024-01-02", "20240102", "14-Jan-15")]) == ()


def test_an_example_of_an_unclear_date_is_shown() -> None:
    assert numeric_day([column("2024-01-02", "01/02/2024 10:00")]) == "01/02/2024 10:00"


@pytest.mark.parametrize(
    ("cells", "comma"),
    [(("1,5", "2"), True), (("1,5", "2.5"), False), (("1,500",), False), (("1.500,5",), True), ((), False)],
)
def test_a_decimal_comma_needs_proof(cells: tuple[str, ...], comma: bool) -> None:
    assert decimal_comma([column(*cells)]) is comma
