"""A rule has to fit the traits that it names."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from titian.domain.refused import RefusedError
from titian.domain.rule import Rule, RuleTree
from titian.errors import UnknownNameError
from titian.rules.checking import checked, dated, relative


def parsed(trait: str, op: str, value: Any = None) -> Rule:
    return TypeAdapter(RuleTree).validate_python({"trait": trait, "op": op, "value": value})


@pytest.mark.parametrize(
    ("trait", "op", "value"),
    [
        ("spend_90d", ">=", 100),
        ("recency_days", "between", [1, 2.5]),
        ("city", "contains", "海"),
        ("city", "in", ["上海"]),
        ("last_order_at", ">", "2024-06-01"),
        ("last_order_at", "<=", "2024-06-01T08:30"),
        ("last_order_at", ">=", {"days_before": 30}),
        ("days_since_login", "<", 7),
        ("city", "is_unknown", None),
    ],
)
def test_what_fits_is_taken(trait: str, op: str, value: Any) -> None:
    assert checked(parsed(trait, op, value))


@pytest.mark.parametrize(
    ("trait", "op", "value", "said"),
    [
        ("spend", ">=", "100", "a number"),
        ("spend", "=", True, "a number"),
        ("spend", ">", {"days_before": 3}, "a number"),
        ("spend", "contains", "1", "can't be asked"),
        ("city", ">", "上海", "can't be asked"),
        ("city", "=", 1, "a text"),
        ("city", "in", ["上海", 2], "a text"),
        ("last_order_at", "=", 20240601, "a date"),
        ("last_order_at", ">", "soon", "a date"),
        ("last_order_at", ">", "0001-01-01", "a date"),
        ("last_order_at", ">", "9999-12-31", "a date"),
        ("last_order_at", "in", ["2024-06-01"], "can't be asked"),
    ],
)
def test_what_does_not_fit_is_refused_in_both_languages(trait: str, op: str, value: Any, said: str) -> None:
    with pytest.raises(RefusedError, match=said) as refused:
        checked(parsed(trait, op, value))
    assert trait in refused.value.reason.zh
    assert refused.value.reason.zh != refused.value.reason.en


def test_an_unknown_trait_is_said_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="wealth") as refused:
        checked(parsed("wealth", ">", 1))
    assert "spend" in refused.value.details["valid"]


def test_days_before_the_as_of_are_relative_and_dates_are_fixed() -> None:
    reckoned, named = parsed("last_order_at", ">", {"days_before": 3}), parsed("last_order_at", ">", "2024-06-01")
    assert (relative(reckoned), dated(reckoned)) == (True, False)
    assert (relative(named), dated(named)) == (False, True)
    assert not dated(parsed("city", "=", "2024-06-01"))
