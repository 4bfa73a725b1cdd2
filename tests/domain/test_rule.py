"""Rules as values: what can be written, in Python, JSON and YAML alike, and what is refused."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from titian.domain.condition import Before, Condition
from titian.domain.rule import All, AnyOf, Not, Rule, RuleTree, conditions, leaves, placed

RULE: TypeAdapter[Rule] = TypeAdapter(RuleTree)
WHOLE = {
    "all": [
        {"trait": "spend_90d", "op": ">=", "value": 100},
        {"any": [{"trait": "city", "op": "in", "value": ["上海", "杭州"]}, {"trait": "city", "op": "is_unknown"}]},
        {"not": {"trait": "last_order_at", "op": "<", "value": {"days_before": 30}}},
        {"trait": "recency_days", "op": "between", "value": [1, 7.5]},
    ]
}


def nested(depth: int) -> dict[str, object]:
    rule: dict[str, object] = {"trait": "spend", "value": 1}
    for _ in range(depth - 1):
        rule = {"not": rule}
    return rule


def refused(given: object) -> str:
    with pytest.raises(ValidationError) as found:
        RULE.validate_python(given)
    return str(found.value)


def test_python_json_and_yaml_are_one_rule() -> None:
    rule = RULE.validate_python(WHOLE)
    assert RULE.dump_python(rule, mode="json") == WHOLE
    assert RULE.validate_json(json.dumps(WHOLE)) == rule
    assert RULE.validate_python(yaml.safe_load(yaml.safe_dump(WHOLE, allow_unicode=True))) == rule


def test_a_rule_can_be_built_of_values() -> None:
    rule = All(
        all=(
            Condition(trait="spend_90d", op=">=", value=100),
            AnyOf(
                any=(Condition(trait="city", op="in", value=("上海", "杭州")), Condition(trait="city", op="is_unknown"))
            ),
            Not(rule=Condition(trait="last_order_at", op="<", value=Before(days_before=30))),
            Condition(trait="recency_days", op="between", value=(1, 7.5)),
        )
    )
    assert RULE.validate_python(rule) == RULE.validate_python(WHOLE)


def test_conditions_come_from_left_to_right() -> None:
    assert [c.trait for c in conditions(RULE.validate_python(WHOLE))] == [
        "spend_90d", "city", "city", "last_order_at", "recency_days",
    ]  # fmt: skip


def test_dates_of_python_and_yaml_are_text() -> None:
    for given in (date(2024, 6, 1), yaml.safe_load("2024-06-01"), "2024-06-01"):
        assert Condition(trait="last_order_at", op=">", value=given).value == "2024-06-01"
    assert Condition(trait="last_order_at", value=datetime(2024, 6, 1, 8)).value == "2024-06-01T08:00:00"


@pytest.mark.parametrize(
    ("op", "value"),
    [("=", True), (">", 1), (">", 1.5), ("=", "x"), ("in", [1]), ("between", [1, 2]), ("is_known", None)],
)
def test_literals_keep_their_type(op: str, value: object) -> None:
    told = RULE.dump_python(RULE.validate_python({"trait": "t", "op": op, "value": value}), mode="json")
    assert told.get("value") == value
    assert type(told.get("value")) is type(value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"trait": "spend"}, "takes one value"),
        ({"trait": "spend", "value": [1, 2]}, "takes one value"),
        ({"trait": "spend", "op": "in", "value": []}, "takes a list"),
        ({"trait": "spend", "op": "in", "value": 1}, "takes a list"),
        ({"trait": "spend", "op": "between", "value": [1]}, "takes two values"),
        ({"trait": "spend", "op": "is_known", "value": 1}, "takes no value"),
        ({"trait": "spend", "op": "like", "value": 1}, "Input should be"),
        ({"trait": "spend", "value": float("nan")}, "finite"),
        ({"trait": "spend", "value": 10**400}, "finite"),
        ({"trait": "city", "value": "a\0b"}, "NUL"),
        ({"trait": "city", "value": "x" * 1001}, "1000"),
        ({"trait": "spend", "value": 1, "or": 2}, "Extra inputs"),
        ({"all": []}, "at least 1"),
        ({"all": {"trait": "spend"}}, "takes a list of rules"),
        ({"none": []}, "each part of a rule"),
        ("spend > 1", "each part of a rule"),
        ([], "each part of a rule"),
        ({"trait": "t", "value": {"days_before": -1}}, "greater than or equal"),
    ],
)
def test_what_is_no_rule_is_refused(given: object, said: str) -> None:
    assert said in refused(given)


def test_depth_is_bounded() -> None:
    assert RULE.validate_python(nested(8))
    assert "8 levels" in refused(nested(9))
    assert "8 levels" in refused(nested(5000))


def test_a_rule_that_holds_itself_is_refused() -> None:
    endless: dict[str, object] = {}
    endless["not"] = endless
    assert "8 levels" in refused(endless)


@pytest.mark.parametrize(
    "large",
    [
        {"any": [{"trait": "spend", "value": n} for n in range(200)]},
        {"trait": "spend", "op": "in", "value": list(range(200))},
    ],
    ids=["conditions", "values"],
)
def test_size_is_bounded_with_lists_counted_by_their_values(large: dict[str, object]) -> None:
    assert "200 conditions" in refused(large)


def test_every_condition_stands_somewhere_else_in_the_order_of_the_rule() -> None:
    rule = RULE.validate_python(WHOLE)
    assert [place for place, _ in placed(rule)] == ["all.0", "all.1.any.0", "all.1.any.1", "all.2.not", "all.3"]
    assert [leaf for _, leaf in placed(rule)] == list(leaves(rule))


def test_a_rule_that_is_a_condition_stands_nowhere() -> None:
    (alone,) = placed(Condition(trait="spend", value=1))
    assert alone == ("", Condition(trait="spend", value=1))
