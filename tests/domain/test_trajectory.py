"""Trajectories as values: what can be written, and what is refused; and how far somebody went as a condition of rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from titian.domain.rule import LARGEST, Rule, RuleTree, conditions, leaves, memberships
from titian.domain.trajectory import Step, Trajectory, Tried, WentTo, trait_name

RULE: TypeAdapter[Rule] = TypeAdapter(RuleTree)
STEPS: list[Any] = ["view", {"event": "cart", "channel": ["app"], "value_from": 10}, {"orders": "paid"}]
STOPPED = {"funnel": {"steps": STEPS, "within_days": 7, "exclude": ["home"]}, "stopped_at": 2}


def refused(kind: type[Step | Trajectory | WentTo], given: object) -> str:
    with pytest.raises(ValidationError) as found:
        kind.model_validate(given)
    return str(found.value)


def test_a_plain_event_is_its_name() -> None:
    assert Step.model_validate("view") == Step(event="view")
    assert Step(event="view").model_dump(mode="json") == "view"
    assert Step(event="view", channel=("app",)).model_dump(mode="json") == {"event": "view", "channel": ["app"]}


def test_one_value_stands_for_a_list_of_one() -> None:
    assert Step.model_validate({"event": "view", "channel": "app"}).channel == ("app",)


def test_python_json_and_yaml_are_one_rule() -> None:
    rule = RULE.validate_python(STOPPED)
    assert RULE.dump_python(rule, mode="json") == STOPPED
    assert RULE.validate_json(json.dumps(STOPPED)) == rule
    assert RULE.validate_python(yaml.safe_load(yaml.safe_dump(STOPPED, allow_unicode=True))) == rule
    funnel = Trajectory(steps=tuple(map(Step.model_validate, STEPS)), within_days=7, exclude=(Step(event="home"),))
    assert WentTo(funnel=funnel, stopped_at=2) == rule


def test_how_far_somebody_went_is_a_condition_on_a_trait() -> None:
    stopped, reached = (
        RULE.validate_python({"funnel": {"steps": ["view", "cart"]}, how: 1}) for how in ("stopped_at", "reached")
    )
    (one,), (other,) = list(conditions(stopped)), list(conditions(reached))
    assert (one.op, one.value, other.op, other.value) == ("=", 1, ">=", 1)
    assert one.trait == other.trait == 'funnel:{"funnel":{"steps":["view","cart"]}}'
    assert list(leaves(stopped)) == [stopped]
    assert list(memberships(stopped)) == []


def test_other_trajectories_and_dates_are_other_traits() -> None:
    funnels = [{"steps": ["a", "b"]}, {"steps": ["b", "a"]}, {"steps": ["a", "b"], "within_days": 1}]
    funnels.append({"steps": ["a", "b"], "exclude": ["c"]})
    tried = [Tried.model_validate({"funnel": funnel}) for funnel in funnels]
    tried.append(Tried.model_validate({"funnel": funnels[0], "between": ["2024-06-01", "2024-06-02"]}))
    assert len({trait_name(one) for one in tried}) == len(tried)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("", "at least 1 character"),
        ("a\0b", "no NUL"),
        ({}, "one of them"),
        ({"event": "view", "orders": "paid"}, "one of them"),
        ({"orders": "unpaid"}, "'paid'"),
        ({"event": "view", "channel": []}, "at least 1 item"),
        ({"event": "view", "channel": ["x"] * 51}, "at most 50 items"),
        ({"event": "view", "value_from": 2, "value_to": 1}, "at most"),
        ({"event": "view", "value_from": float("nan")}, "at most"),
        ({"event": "view", "value_from": "10"}, "valid"),
        ({"event": "view", "city": ["x"]}, "Extra inputs"),
        (7, "valid"),
    ],
)
def test_a_step_that_says_nothing_is_refused(step: object, said: str) -> None:
    assert said in refused(Step, step)


@pytest.mark.parametrize(
    "asked", [{}, {"stopped_at": 1, "reached": 1}, {"stopped_at": 0}, {"reached": 3}, {"reached": 1.5}]
)
def test_one_step_of_the_funnel_is_asked_for(asked: dict[str, object]) -> None:
    assert refused(WentTo, {"funnel": {"steps": ["view", "cart"]}, **asked})


def test_what_funnels_say_counts_for_the_size_of_a_rule() -> None:
    wide = {"steps": [{"event": f"e{n}", "channel": ["x"] * 50} for n in range(3)]}
    large = [{"funnel": wide, "reached": 1}] * (LARGEST // 150 + 1)
    with pytest.raises(ValidationError, match=str(LARGEST)):
        RULE.validate_python({"all": large})
    with pytest.raises(ValidationError, match=str(LARGEST)):
        RULE.validate_python({"all": [WentTo.model_validate(one) for one in large]})
