"""Who meets a rule is the same in Python, over HTTP and on the command line, and as the pages of layerings count."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pytest

import titian as tt
from tests.app import bazaar
from tests.cli.calling import here
from tests.oracle.facts import all_traits
from tests.server.conftest import client_of
from titian.app import layerings, selections, tag_making, tagging
from titian.app.answers.selection import SelectionAsked
from titian.app.answers.tags import NewTag
from titian.app.desk import Desk, Reading
from titian.domain.words import Words

SPENT = {"trait": "spend", "op": ">=", "value": 100}
RULES: list[dict[str, Any]] = [
    SPENT,
    {"all": [SPENT, {"not": {"layering": "value_levels", "layers": ["churned"]}}]},
    {"moved": "rfm", "target": ["important_keep", "general_keep", "general_retain"], "since": {"days_before": 100}},
]


def selected(desk: Desk, rule: dict[str, Any], **more: Any) -> Any:
    with desk.reading() as reading:
        return selections.selected(reading, SelectionAsked(rule=rule, **more))


@pytest.mark.parametrize("rule", RULES, ids=["a trait", "a layer", "a move"])
def test_python_http_and_the_command_line_count_alike(
    rule: dict[str, Any], bazaar_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    found = selected(bazaar_desk, rule)
    with bazaar_desk.reading() as reading:
        direct = tt.select(rule, reading.data, as_of=reading.instant(reading.day(None)))
        assert direct.counts() == (found.customers, found.everyone)
    told = client_of(bazaar_desk).post("/api/v1/selections", json={"rule": rule}).raise_for_status().json()
    said = json.loads(here(capsys, "select", json.dumps(rule), "--json", "-w", bazaar_desk.workspace.path).out)
    assert told == said == found.model_dump(mode="json")
    assert 0 < found.customers < found.everyone


def test_a_layer_holds_as_many_as_its_page_says(bazaar_desk: Desk) -> None:
    with bazaar_desk.reading() as reading:
        page = layerings.now(reading, "rfm", None, None, {})
    for held in page.layers:
        rule = {"layering": "rfm", "layers": [held.layer.key]}
        assert selected(bazaar_desk, rule).customers == held.customers, held.layer.key


def test_it_is_said_in_words_and_some_are_shown(bazaar_desk: Desk) -> None:
    found = selected(bazaar_desk, RULES[1], sample=3)
    assert found.said.zh == "消费金额 ≥ $100.00 且 不满足（在“价值四级”的“流失用户”）"
    assert [one.customer_id for one in found.sample] == sorted(one.customer_id for one in found.sample)
    assert len(found.sample) == 3
    assert all(float(str(one.traits["spend"])) >= 100 for one in found.sample)


def test_all_of_them_go_into_a_file(bazaar_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "spent.csv"
    with bazaar_desk.reading() as reading:
        selections.write(reading, SelectionAsked(rule=SPENT), path)
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    assert len(rows) == selected(bazaar_desk, SPENT).customers
    assert all(float(row["spend"]) >= 100 for row in rows)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"layering": "pyramid", "layers": ["top"]}, "unknown_name"),
        ({"tag": "vip"}, "unknown_name"),
        ({"audience": "core"}, "unknown_name"),
        ({"trait": "spend", "op": "contains", "value": "1"}, "rule"),
        ({}, "rule"),
    ],
)
def test_what_can_not_be_asked_is_a_problem_with_a_code(rule: dict[str, Any], code: str, bazaar_desk: Desk) -> None:
    answer = client_of(bazaar_desk).post("/api/v1/selections", json={"rule": rule})
    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize("given", ["nonsense", "missing.yaml", "[1, 2]", "{"])
def test_what_is_no_rule_is_said_in_a_line(given: str, bazaar_desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    said = here(capsys, "select", given, "-w", bazaar_desk.workspace.path).err.splitlines()
    assert "holds no rule" in said[0]
    assert "write it as" in said[1]


def test_a_rule_may_stand_in_a_file(bazaar_desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "spent.yaml"
    path.write_text("trait: spend\nop: '>='\nvalue: 100\n", encoding="utf-8")
    said = json.loads(here(capsys, "select", str(path), "--json", "-w", bazaar_desk.workspace.path).out)
    assert said["customers"] == selected(bazaar_desk, SPENT).customers == len(rich())


def test_tags_of_the_workspace_are_asked_as_they_are_now(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        ids = [str(row["customer_id"]) for row in reading.data.execute(seen_of(reading).limit(3))]
        tag_making.create(own_desk, NewTag(key="picked", name=Words(zh="挑选", en="picked")))
        tagging.give(reading, "picked", ids[:2])
    tagged = {"any": [{"tag": "picked"}, {"all": [SPENT, {"not": SPENT}]}]}
    assert [one.customer_id for one in selected(own_desk, tagged).sample] == sorted(ids[:2])
    with own_desk.reading() as reading:
        tagging.take(reading, "picked", ids[:1])
    assert [one.customer_id for one in selected(own_desk, tagged).sample] == ids[1:2]


def seen_of(reading: Reading) -> ir.Table:
    return reading.data.table("orders").select("customer_id").distinct().order_by("customer_id")


def rich() -> list[str]:
    """Who spent a hundred or more, by a loop."""
    spent = all_traits(bazaar.SHOP, bazaar.midnight(bazaar.END))
    return [who for who, traits in spent.items() if traits.spend >= 100]
