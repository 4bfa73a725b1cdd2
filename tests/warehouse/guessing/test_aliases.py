"""Aliases: the declared names are whole, and each leads where it should."""

from __future__ import annotations

import pytest

from titian.warehouse.guessing import aliases
from titian.warehouse.guessing.matching import targets_of
from titian.warehouse.parsing.targets import allowed
from titian.warehouse.tables import TABLES


def words(table: str, column: str) -> list[str]:
    return [name for tier in aliases.BY_TABLE[table][column] for line in tier for name in line.split()]


@pytest.mark.parametrize("table", list(TABLES))
def test_every_alias_is_of_a_column_that_a_mapping_may_fill(table: str) -> None:
    assert set(aliases.BY_TABLE[table]) <= {column.name for column in allowed(table)}


@pytest.mark.parametrize("table", list(TABLES))
def test_every_required_column_has_names_in_both_languages(table: str) -> None:
    for column in targets_of(table):
        if column.required:
            names = words(table, column.name)
            assert any(name.isascii() for name in names)
            assert any(not name.isascii() for name in names)


@pytest.mark.parametrize("table", list(TABLES))
def test_no_name_is_best_for_two_columns_of_a_table(table: str) -> None:
    best: dict[str, str] = {}
    for column, tiers in aliases.BY_TABLE[table].items():
        for name in (name for line in tiers[0] for name in line.split()):
            plain = aliases.normalised(name)
            assert best.setdefault(plain, column) == column, f"{name} is both {best[plain]} and {column}"


def test_earlier_names_are_surer() -> None:
    paid, total = aliases.exact("orders", "amount", "实付金额"), aliases.exact("orders", "amount", "总金额")
    assert 1 > paid > total > aliases.exact("orders", "amount", "price") > 0


def test_the_canonical_name_is_certain() -> None:
    assert aliases.exact("orders", "ordered_at", "Ordered At") == 1


@pytest.mark.parametrize(("column", "name"), [("amount", "purchase_amount_usd"), ("ordered_at", "订单付款时间_北京")])
def test_a_name_that_holds_a_known_one_is_a_weaker_guess(column: str, name: str) -> None:
    assert 0.4 < aliases.partly("orders", column, name) < 0.75


@pytest.mark.parametrize("name", ["refund_amount", "payment_method", "收货地址", "birth_date"])
def test_a_name_known_as_something_else_is_no_partial_match(name: str) -> None:
    assert aliases.partly("orders", "amount", name) == 0
    assert aliases.partly("orders", "ordered_at", name) == 0
