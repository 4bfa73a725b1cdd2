"""A mapping must fit the file."""

import pytest

from titian.domain.mapping import Mapping
from titian.errors import InputError
from titian.warehouse.parsing.targets import is_lines, targets

COLUMNS = ("id", "who", "when", "money", "n", "price")
GOOD = {"customer_id": "who", "ordered_at": "when", "amount": "money"}


def refused(mapping: Mapping) -> InputError:
    with pytest.raises(InputError) as error:
        targets(mapping, COLUMNS, "shop.csv")
    return error.value


def test_targets_come_in_canonical_order() -> None:
    found = targets(Mapping(columns={"amount": "money", **GOOD}), COLUMNS, "shop.csv")
    assert [t.column.name for t in found] == ["customer_id", "ordered_at", "amount"]


def test_a_missing_required_column_is_named_with_the_columns_there_are() -> None:
    error = refused(Mapping(columns={"ordered_at": "when", "amount": "money"}))
    assert error.details["missing"] == ["customer_id"]
    assert "who" in error.hint
    assert "客户编号" in error.zh


def test_one_column_can_not_be_two_things() -> None:
    assert refused(Mapping(columns={**GOOD, "order_id": "who"})).details["targets"] == ["customer_id", "order_id"]


def test_a_column_that_the_file_lacks_is_named() -> None:
    assert refused(Mapping(columns={**GOOD, "order_id": "nr"})).details["column"] == "nr"


def test_an_unknown_target_is_named_with_the_valid_ones() -> None:
    error = refused(Mapping(columns={**GOOD, "colour": "n"}))
    assert (error.details["column"], "amount" in error.details["valid"]) == ("colour", True)


def test_a_status_word_must_mean_one_of_the_statuses() -> None:
    assert refused(Mapping(columns=GOOD, status_values={"ok": "done"})).details["given"] == "done"


def test_quantity_and_unit_price_stand_in_for_the_amount() -> None:
    mapping = Mapping(
        columns={"order_id": "id", "customer_id": "who", "ordered_at": "when", "quantity": "n", "unit_price": "price"}
    )
    assert is_lines(mapping)
    assert len(targets(mapping, COLUMNS, "shop.csv")) == 5
