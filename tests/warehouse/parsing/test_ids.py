"""Ids survive whole."""

from pathlib import Path

import pytest

from tests.warehouse.shop import read

WHOLE = ["007", "123456789012345678", "+8613800138000", "C536365", "a b", "客户-1", "2020-1", "1e5"]


def customers(tmp_path: Path, *ids: str | None) -> list[str | None]:
    rows, _ = read(tmp_path, {"customer_id": list(ids)})
    return [row["customer_id"] for row in rows]


def test_ids_are_text(tmp_path: Path) -> None:
    assert customers(tmp_path, *WHOLE) == WHOLE


def test_ids_are_trimmed_of_every_kind_of_blank(tmp_path: Path) -> None:
    assert customers(tmp_path, " 7 ", "8\t", "\u30009\xa0", "   ", None) == ["7", "8", "9", None, None]


def test_a_column_of_whole_floats_loses_its_point_zero(tmp_path: Path) -> None:
    assert customers(tmp_path, "17850.0", None, "007.0", "12346") == ["17850", None, "007", "12346"]


def test_one_value_that_is_no_whole_float_keeps_all_as_they_are(tmp_path: Path) -> None:
    assert customers(tmp_path, "17850.0", "A1") == ["17850.0", "A1"]


def test_what_spreadsheets_wrap_around_ids_is_taken_off(tmp_path: Path) -> None:
    assert customers(tmp_path, '="00123"', "'0456") == ["00123", "0456"]


@pytest.mark.parametrize("text", ["1.23457E+17", "1.2E+11", "9e+15"])
def test_an_id_in_scientific_notation_is_a_fault(tmp_path: Path, text: str) -> None:
    _, faults = read(tmp_path, {"order_id": ["1", text]})
    assert faults == [(1, "order_id", "id_rounded")]


def test_an_empty_order_id_is_a_fault_and_an_empty_customer_is_none(tmp_path: Path) -> None:
    rows, faults = read(tmp_path, {"order_id": ["1", " "], "customer_id": [None, "c"]})
    assert (rows[0]["customer_id"], faults) == (None, [(1, "order_id", "missing")])
