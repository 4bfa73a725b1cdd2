"""Columns find their canonical names: as said, else by their own name whatever its case; what lacks is named."""

from __future__ import annotations

import pytest

from titian.warehouse.naming import lacking, missing, named


def test_columns_with_canonical_names_need_no_mapping() -> None:
    found = named("orders", ["Order_ID", "customer_id", "ORDERED_AT", "amount", "note"], {})
    assert found == {
        "order_id": "Order_ID",
        "customer_id": "customer_id",
        "ordered_at": "ORDERED_AT",
        "amount": "amount",
    }


def test_what_was_said_stands_and_its_column_is_not_used_twice() -> None:
    said = {"amount": "paid", "customer_id": "amount"}
    found = named("orders", ["amount", "paid", "customer_id", "ordered_at"], said)
    assert found == {**said, "ordered_at": "ordered_at"}


def test_of_two_columns_that_differ_in_case_the_first_counts() -> None:
    assert named("events", ["Event", "EVENT"], {})["event"] == "Event"


@pytest.mark.parametrize(
    ("table", "chosen", "lacks"),
    [
        ("orders", {}, ["customer_id", "ordered_at", "amount"]),
        ("orders", dict.fromkeys(("customer_id", "ordered_at", "quantity", "unit_price"), "x"), []),
        ("orders", dict.fromkeys(("customer_id", "ordered_at", "quantity"), "x"), ["amount"]),
        ("events", {"customer_id": "who"}, ["event", "occurred_at"]),
        ("links", {"from_id": "a", "to_id": "b"}, []),
    ],
    ids=["orders of nothing", "lines tell the amount", "pieces alone do not", "events", "links"],
)
def test_required_columns_that_nothing_fills(table: str, chosen: dict[str, str], lacks: list[str]) -> None:
    assert missing(table, chosen) == lacks


def test_the_error_gives_an_example_and_the_columns_that_there_are() -> None:
    error = lacking("events", ["who", "what"], ["event", "occurred_at"])
    assert "event, occurred_at" in error.message
    assert 'mapping={"events": {"event": "COLUMN"}}' in error.hint
    assert "who, what" in error.hint
    assert "event、occurred_at" in error.zh
    assert '"列名"' in error.hint_zh
