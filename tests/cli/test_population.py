"""titian population: who counts, and who is left out by which rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.test_population import out
from tests.cli.calling import Called, here
from titian.app.desk import Desk

OFTEN = "{trait: order_count, op: '>=', value: 7}"
Call = Callable[..., Called]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], own_desk: Desk) -> Call:
    def called(*arguments: str | Path) -> Called:
        return here(capsys, *arguments, "--workspace", own_desk.workspace.path)

    return called


def test_nobody_is_left_out_until_a_rule_says_so(call: Call) -> None:
    told = call("population")
    assert told.code == 0
    assert "58 customers counted" in told.out
    assert "titian population --rule" in told.err


def test_a_rule_is_tried_then_put_in_force_then_taken_back(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(OFTEN, "utf-8")
    assert f"{len(out())} customers of 58 would be left out" in call("population", "--try", "--rule", OFTEN).out
    assert json.loads(call("population", "--json").out)["excluded"] == 0
    put = json.loads(call("population", "--rule", path, "--json").out)
    assert (put["excluded"], put["everyone"]) == (len(out()), 58 - len(out()))
    assert f"{len(out())} customers left out: orders ≥ 7" in call("population").out
    assert json.loads(call("population", "--clear", "--json").out)["everyone"] == 58


def test_somebody_who_is_left_out_is_explained_as_such(call: Call, chinese: None) -> None:
    call("population", "--rule", OFTEN)
    assert "不计入任何分层" in call("explain", out()[0]).out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--clear", "--rule", OFTEN), "--rule, or --clear"),
        (("--try",), "--try goes with --rule"),
        (("--rule", "{layering: rfm, layers: [none]}"), "can't rest on the layering rfm"),
        (("--rule", "often"), "holds no rule"),
        (("--store", "west"), "store 'west' is not known"),
    ],
)
def test_a_call_that_says_nothing_is_wrong(call: Call, arguments: tuple[str, ...], why: str) -> None:
    told = call("population", *arguments)
    assert (told.code, why in told.err) == (2, True)
