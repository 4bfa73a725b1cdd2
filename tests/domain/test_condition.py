"""What a rule can ask, beside traits: written alike everywhere, bounded, and each thing under a name of its own."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from titian.domain.condition import Before, Condition, Did
from titian.domain.rule import Rule, RuleTree, conditions, leaves, memberships

RULE: TypeAdapter[Rule] = TypeAdapter(RuleTree)
WHOLE: dict[str, Any] = {
    "all": [
        {"did": "加购", "op": ">=", "times": 3, "within_days": 30},
        {"did": "view", "op": ">=", "times": 1, "between": ["2024-06-01", {"days_before": 3}]},
        {"any": [{"layering": "rfm", "layers": ["important_value"]}, {"tag": "wholesale"}]},
        {"not": {"moved": "rfm", "source": ["a", "b"], "target": ["c"], "since": {"days_before": 30}}},
        {"layering": "aipl", "layers": ["loyalty"], "as_of": "2024-06-01"},
        {"audience": "tea_lovers"},
    ]
}

names = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=200)
dates = st.one_of(st.dates().map(str), st.integers(0, 36_500).map(lambda days: {"days_before": days}))
keys = st.lists(names, min_size=1, max_size=5)
LEAVES = st.one_of(
    st.fixed_dictionaries({"tag": names}),
    st.fixed_dictionaries({"audience": names}),
    st.fixed_dictionaries({"layering": names, "layers": keys}, optional={"as_of": dates}),
    st.fixed_dictionaries({"moved": names, "since": dates, "target": keys}, optional={"source": keys}),
)


def test_python_json_and_yaml_are_one_rule() -> None:
    rule = RULE.validate_python(WHOLE)
    assert RULE.dump_python(rule, mode="json") == WHOLE
    assert RULE.validate_json(json.dumps(WHOLE)) == rule
    assert RULE.validate_python(yaml.safe_load(yaml.safe_dump(WHOLE, allow_unicode=True))) == rule
    assert RULE.validate_python(rule) == rule


@given(leaf=LEAVES)
def test_what_is_asked_of_layers_tags_and_audiences_is_written_as_it_was_given(leaf: dict[str, Any]) -> None:
    rule = RULE.validate_python(leaf)
    assert RULE.dump_python(rule, mode="json") == leaf
    assert RULE.validate_json(RULE.dump_json(rule)) == rule


@given(one=LEAVES, other=LEAVES)
def test_different_things_have_different_columns_and_the_same_one_the_same(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    (first,), (second,) = (list(memberships(RULE.validate_python(leaf))) for leaf in (one, other))
    assert (first.column == second.column) == (one == other)
    assert first.column == next(memberships(RULE.validate_python(dict(reversed(one.items()))))).column


def test_dates_of_yaml_and_python_are_taken_as_text() -> None:
    rule = RULE.validate_python({"layering": "rfm", "layers": ["a"], "as_of": date(2024, 6, 1)})
    assert RULE.dump_python(rule, mode="json")["as_of"] == "2024-06-01"


@pytest.mark.parametrize(
    ("did", "trait"),
    [
        (Did(did="cart"), "cart_count"),
        (Did(did="cart", within_days=7), "cart_count_7d"),
        (Did(did="cart", between=("2024-06-01", "2024-06-18")), "cart_count_between_2024-06-01_2024-06-18"),
        (
            Did(did="cart", between=(Before(days_before=60), Before(days_before=30))),
            "cart_count_between_-60d_-30d",
        ),
    ],
)
def test_what_was_done_is_a_condition_on_the_trait_that_counts_it(did: Did, trait: str) -> None:
    assert did.condition == Condition(trait=trait, op=">=", value=1)
    assert list(conditions(did)) == [did.condition]
    assert list(leaves(did)) == [did]


@pytest.mark.parametrize(
    ("given_rule", "said"),
    [
        ({"did": "cart", "within_days": 3, "between": ["2024-01-01", "2024-01-02"]}, "not both"),
        ({"did": "cart", "within_days": 0}, "greater than or equal to 1"),
        ({"did": "cart", "times": 1.5}, "integer"),
        ({"did": "cart", "times": True}, "integer"),
        ({"did": "cart", "op": "between"}, "Input should be"),
        ({"did": ""}, "at least 1 character"),
        ({"did": "c" * 201}, "at most 200 characters"),
        ({"did": "a\0b"}, "NUL"),
        ({"did": "cart", "role": "owner"}, "Extra inputs"),
        ({"tag": 7}, "valid string"),
        ({"layering": "rfm", "layers": []}, "at least 1 item"),
        ({"moved": "rfm", "since": "2024-01-01"}, "source, target or both"),
        ({"moved": "rfm", "target": ["a"]}, "Field required"),
        ({"layering": "rfm", "layers": [f"l{n}" for n in range(200)]}, "at most 8 levels and 200"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(given_rule: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        RULE.validate_python(given_rule)
