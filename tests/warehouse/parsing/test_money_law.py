"""Amounts, numbers and quantities in whatever way they are written, against the figures that they were written from."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import read
from titian.warehouse.frames import FrameError, canonical

LAW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WIDE = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")
LARGEST = Decimal(10) ** 14
STORED = Decimal("0.0001")

Way = Callable[[Decimal], str]
GERMAN = str.maketrans(",.", ".,")
WAYS: dict[str, Way] = {
    "plain": lambda money: f"{money:f}",
    "thousands": lambda money: f"{money:,f}",
    "thousands apart": lambda money: f"{money:,f}".replace(",", " "),
    "swiss thousands": lambda money: f"{money:,f}".replace(",", "'"),
    "yuan before": lambda money: f"¥{money:,f}",
    "wide yuan before": lambda money: f"￥{money:f}",
    "yuan behind": lambda money: f"{money:,f} 元",
    "round yuan": lambda money: f"{money:f}圆",
    "dollar": lambda money: f"${money:,f}",
    "minus before the dollar": lambda money: f"{'-' if money < 0 else ''}${abs(money):,f}",
    "pound": lambda money: f"£ {money:,f}",
    "euro behind": lambda money: f"{money:,f} €",
    "code before": lambda money: f"CNY {money:,f}",
    "code behind": lambda money: f"{money:,f} usd",
    "both": lambda money: f"RMB{money:,f}元",
    "full width": lambda money: f"{money:,f}".translate(WIDE),
    "in brackets": lambda money: f"({abs(money):,f})" if money < 0 else f"{money:,f}",
    "dollar in brackets": lambda money: f"(${abs(money):,f})" if money < 0 else f"${money:,f}",
    "minus behind": lambda money: f"{abs(money):,f}-" if money < 0 else f"{money:,f}",
    "plus before": lambda money: f"{money:+f}",
    "scientific": lambda money: f"{money:E}",
    "blanks around": lambda money: f"\u3000{money:f}\xa0 ",
}
WITH_COMMA: dict[str, Way] = {
    "german": lambda money: f"{money:,f}".translate(GERMAN),
    "french": lambda money: f"{money:,f}".replace(",", " ").replace(".", ","),
    "german euro": lambda money: f"{money:,f}".translate(GERMAN) + " €",
    "bare": lambda money: f"{money:f}".replace(".", ","),
}
amounts = st.decimals(-(10**11), 10**11, places=2)


def money(folder: Path, cells: list[str | None], **said: Any) -> list[Decimal]:
    """The amounts of cells without a fault."""
    found, faults = read(folder, {"amount": cells}, **said)
    assert faults == []
    return [row["amount"] for row in found]


@LAW
@given(written=st.lists(st.tuples(amounts, st.sampled_from(list(WAYS))), min_size=30, max_size=80))
def test_an_amount_comes_back_however_it_is_written(tmp_path: Path, written: list[tuple[Decimal, str]]) -> None:
    cells: list[str | None] = [WAYS[way](amount) for amount, way in written]
    assert money(tmp_path, cells) == [amount for amount, _ in written]


def test_each_way_of_writing_brings_back_small_and_large_amounts(tmp_path: Path) -> None:
    given = [Decimal(text) for text in ("0", "-0.01", "999.99", "-1000", "1234567.8", "-99999999999999.99")]
    cells: list[str | None] = [way(amount) for way in WAYS.values() for amount in given]
    assert money(tmp_path, cells) == given * len(WAYS)


@LAW
@given(written=st.lists(st.tuples(amounts, st.sampled_from(list(WITH_COMMA))), min_size=30, max_size=60))
def test_with_decimal_commas_too(tmp_path: Path, written: list[tuple[Decimal, str]]) -> None:
    cells: list[str | None] = [WITH_COMMA[way](amount) for amount, way in written]
    assert money(tmp_path, cells, decimal_comma=True) == [amount for amount, _ in written]


def in_python(text: str) -> Decimal | None:
    """What Python makes of a number in plain digits, as the warehouse keeps it."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if abs(amount) >= LARGEST else amount.quantize(STORED, rounding=ROUND_HALF_EVEN)


@LAW
@given(
    texts=st.lists(
        st.from_regex(r"[-+]?[0-9]{0,9}\.?[0-9]{0,9}([eE]([-+]?[0-6]|[+]?[0-9]{2}))?", fullmatch=True), min_size=40
    )
)
def test_what_python_reads_as_a_number_is_that_amount(tmp_path: Path, texts: list[str]) -> None:
    found, faults = read(tmp_path, {"amount": ["1", *texts]})
    bad = {row: fault for row, _, fault in faults}
    for row, text in zip(found[1:], texts, strict=True):
        amount = in_python(text)
        if text.strip() == "" or amount is None:
            assert bad[row["at"]] in ("missing", "not_money")
        elif abs(amount) >= LARGEST:
            assert bad[row["at"]] == "money_range"
        else:
            assert (row["amount"], bad.get(row["at"])) == (amount, None)


def test_an_amount_is_rounded_once(tmp_path: Path) -> None:
    assert money(tmp_path, ["1.0001499999999999"]) == [Decimal("1.0001")]


@LAW
@given(cells=st.lists(st.text("0123456789.,-+()¥$€元 eE'万k%", max_size=10), min_size=40, max_size=80))
def test_a_cell_gives_an_amount_or_a_fault_and_never_both(tmp_path: Path, cells: list[str]) -> None:
    found, faults = read(tmp_path, {"amount": ["1", *cells]})
    bad = {row for row, _, _ in faults}
    assert [row["at"] for row in found if row["amount"] is None] == sorted(bad)


@pytest.mark.parametrize("way", [WAYS["plain"], WAYS["thousands"]], ids=["plain", "with care"])
def test_the_bounds_are_those_of_the_store(tmp_path: Path, way: Way) -> None:
    inside, outside = LARGEST - STORED, LARGEST
    found, faults = read(tmp_path, {"amount": [way(inside), way(-inside), way(outside), way(-outside)]})
    assert [row["amount"] for row in found[:2]] == [inside, -inside]
    assert faults == [(2, "amount", "money_range"), (3, "amount", "money_range")]


def item_numbers(texts: list[str], column: str = "quantity") -> list[Any]:
    """One column of order items that are read from text."""
    count = len(texts)
    frame = pa.table(
        {"item_id": [f"{n:04}" for n in range(count)], "order_id": ["o"] * count, column: pa.array(texts, pa.string())}
    )
    with duckdb.connect() as connection:
        canonical(connection, {"order_items": frame}, {}, "UTC", False)
        found = connection.execute(f"SELECT {column} FROM order_items ORDER BY item_id").fetchall()
    return [value for (value,) in found]


@LAW
@given(numbers=st.lists(st.floats(-1e15, 1e15, allow_nan=False), min_size=20, max_size=60))
def test_a_float_written_by_python_comes_back_to_the_last_bit(numbers: list[float]) -> None:
    assert item_numbers([repr(number) for number in numbers]) == numbers


@LAW
@given(numbers=st.lists(st.integers(-(10**9), 10**9), min_size=20, max_size=60))
def test_quantities_may_have_thousands_and_full_width_digits(numbers: list[int]) -> None:
    assert item_numbers([f"{number:,}".translate(WIDE) for number in numbers]) == numbers


@pytest.mark.parametrize("text", ["two", "1e999", "nan", "inf", "1,2,3", "5 pcs"])
def test_what_is_no_number_is_named_and_not_left_out(text: str) -> None:
    with pytest.raises(FrameError, match="not a number") as error:
        item_numbers(["1", text])
    assert (error.value.details["row"], error.value.details["value"]) == (1, text)
