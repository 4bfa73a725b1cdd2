"""Amounts as shops write them."""

from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import read

CENT_OF_CENT = Decimal("0.0001")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.5", "12.5"),
        ("¥1,234.50", "1234.5"),
        ("￥１，２３４．５０", "1234.5"),
        ("$1,000", "1000"),
        ("£ 3", "3"),
        ("12元", "12"),
        ("RMB 5", "5"),
        ("1 234.50", "1234.5"),
        ("+7", "7"),
        (".5", "0.5"),
        ("1e3", "1000"),
        (" 9.90\t", "9.9"),
        ("99999999999999.9999", "99999999999999.9999"),
    ],
)
def test_signs_separators_and_widths_are_understood(tmp_path: Path, text: str, amount: str) -> None:
    rows, faults = read(tmp_path, {"amount": [text]})
    assert (rows[0]["amount"], faults) == (Decimal(amount), [])


@pytest.mark.parametrize("text", ["-12.5", "(12.50)", "12.5-", "-¥12.50", "¥-12.5", "−12.5", "（12.5）"])
def test_money_back_is_negative_however_it_is_written(tmp_path: Path, text: str) -> None:
    rows, _ = read(tmp_path, {"amount": [text]})
    assert rows[0]["amount"] == Decimal("-12.5")


@pytest.mark.parametrize(
    "text", ["abc", "NaN", "inf", "-Infinity", "1,23", "1.2.3", "12,34,5", "1_000", "1.2万", "--5"]
)
def test_what_is_no_amount_is_a_fault(tmp_path: Path, text: str) -> None:
    _, faults = read(tmp_path, {"amount": ["1", text]})
    assert faults == [(1, "amount", "not_money")]


@pytest.mark.parametrize("text", ["1e400", "100000000000000", "99999999999999.99996", "-1e20"])
def test_too_much_money_is_a_fault(tmp_path: Path, text: str) -> None:
    _, faults = read(tmp_path, {"amount": ["1", text]})
    assert faults == [(1, "amount", "money_range")]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.234,50", "1234.5"), ("12,5", "12.5"), ("1.234", "1234"), ("€ 1.234.567,1", "1234567.1"), ("12.50", "12.5")],
)
def test_a_decimal_comma_is_taken_where_the_mapping_says_so(tmp_path: Path, text: str, amount: str) -> None:
    rows, faults = read(tmp_path, {"amount": [text]}, decimal_comma=True)
    assert (rows[0]["amount"], faults) == (Decimal(amount), [])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.decimals(-(10**13), 10**13, allow_nan=False, places=7), min_size=1, max_size=40))
def test_more_than_four_decimals_are_rounded_half_to_even(tmp_path: Path, amounts: list[Decimal]) -> None:
    rows, faults = read(tmp_path, {"amount": [f"{amount:f}" for amount in amounts]})
    expected = [amount.quantize(CENT_OF_CENT, rounding=ROUND_HALF_EVEN) for amount in amounts]
    assert ([row["amount"] for row in rows], faults) == (expected, [])


def test_ties_go_to_the_even_digit(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, {"amount": ["0.00005", "0.00015", "-0.00025"]})
    assert [row["amount"] for row in rows] == [Decimal("0"), Decimal("0.0002"), Decimal("-0.0002")]
