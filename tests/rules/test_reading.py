"""Rules as people hand them in: what is wrong is named by its place, and nothing odd gets through or takes long."""

from __future__ import annotations

import time
from typing import Any

import pytest

from titian.domain.condition import Condition
from titian.domain.rule import All
from titian.errors import UnknownNameError
from titian.rules.checking import of_traits
from titian.rules.reading import RuleError, read

GOOD = {"trait": "spend", "op": ">=", "value": 1}


def refused(rule: Any) -> RuleError:
    with pytest.raises(RuleError) as error:
        read(rule)
    return error.value


def test_a_rule_of_values_and_one_of_mappings_are_the_same() -> None:
    condition = Condition(trait="spend", op=">=", value=1)
    assert read(condition) == read(GOOD) == condition
    assert read(All(all=(condition,))) == read({"all": [GOOD]})


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"did": "cart", "times": -1}, "times"),
        ({"all": [GOOD, {"did": "cart", "times": -1}]}, "all.1.times"),
        ({"not": {"any": [{"not": {"did": "cart", "within_days": 0}}]}}, "not.any.0.not.within_days"),
        ({"any": [GOOD, {"all": [GOOD, {"layering": "rfm", "layers": []}]}]}, "any.1.all.1.layers"),
        ({"all": []}, "all"),
        ({"funnel": {"steps": ["view"]}, "reached": 1}, "funnel.steps"),
        ({"all": [GOOD, {"funnel": {"steps": ["view", {"event": ""}]}, "reached": 1}]}, "all.1.funnel.steps.1"),
        ({"any": [{"funnel": {"steps": ["view", "cart"]}, "reached": 3}]}, "any.0"),
        ({"not": {"funnel": {"steps": ["view", "cart"]}, "reached": 1, "between": ["soon", "later"]}}, "not"),
        ({"all": [GOOD, {"trait": "spend", "op": "contains", "value": "x"}]}, "all.1"),
        ({"any": [GOOD, {"not": {"trait": "spend", "op": ">", "value": "x"}}]}, "any.1.not"),
        ({"all": [{"layering": "rfm", "layers": ["a"], "as_of": "someday"}]}, "all.0"),
    ],
)
def test_what_is_wrong_is_named_by_its_place_as_it_is_written(rule: dict[str, Any], place: str) -> None:
    error = refused(rule)
    assert error.details["place"] == place
    assert error.message.startswith(f"the rule: {place}: ")
    assert error.zh.startswith(f"规则：{place}: ")


@pytest.mark.parametrize(
    ("rule", "zh"),
    [
        ({"did": ""}, "至少 1 个字"),
        ({"did": "c" * 201}, "最多 200 个字"),
        ({"tag": 7}, "应为文本"),
        ({"did": "cart", "role": "owner"}, "没有这一项"),
        ({"moved": "rfm", "target": ["a"]}, "必填"),
        ({"layering": "rfm", "layers": []}, "至少要有 1 项"),
        ({"did": "cart", "times": 1.5}, "应为整数"),
        ({"did": "cart", "op": "~"}, "之一"),
    ],
)
def test_the_reason_is_said_in_chinese_too(rule: dict[str, Any], zh: str) -> None:
    assert zh in refused(rule).zh


@pytest.mark.parametrize(
    "rule",
    [{}, [], None, 7, "spend > 1", {"all": {"any": []}}, {"all": [None]}, {"not": []}, {"buys": 1}, {"all": "abc"}],
    ids=repr,
)
def test_what_is_no_rule_is_refused(rule: Any) -> None:
    assert refused(rule).hint.startswith("a rule is")


def test_a_rule_a_thousand_deep_is_refused_at_once() -> None:
    rule: dict[str, Any] = dict(GOOD)
    for _ in range(1_000):
        rule = {"not": rule}
    started = time.perf_counter()
    assert "at most 8 levels" in refused(rule).message
    assert time.perf_counter() - started < 1


def test_a_rule_that_holds_itself_is_refused() -> None:
    rule: dict[str, Any] = {"all": [GOOD]}
    rule["all"].append(rule)
    assert "at most 8 levels" in refused(rule).message


def test_a_rule_as_wide_as_a_book_is_refused() -> None:
    assert "at most 8 levels and 200" in refused({"any": [GOOD] * 100_000}).message


@pytest.mark.parametrize("name", ["wealth", "", "spend; DROP TABLE orders", "spend\0", "__class__", "=1+1"])
def test_a_trait_that_is_none_is_named_and_never_run(name: str) -> None:
    with pytest.raises((UnknownNameError, RuleError)):
        read({"trait": name, "op": ">", "value": 1})


@pytest.mark.parametrize(
    "leaf", [{"tag": "x"}, {"audience": "x"}, {"moved": "rfm", "target": ["a"], "since": "2024-01-01"}]
)
def test_the_rule_of_a_layer_says_why_it_can_not_ask_that(leaf: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"not of {next(iter(leaf))}"):
        of_traits(read({"all": [GOOD, leaf]}))
