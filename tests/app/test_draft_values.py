"""Whatever way a value is written in YAML, what was applied is what the file says, and applying again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app import filing
from titian.app import applying, planning, stepping
from titian.app.desk import Desk, Reading
from titian.errors import InputError


@pytest.fixture
def reading(bare: Desk) -> Iterator[Reading]:
    with bare.reading() as opened:
        yield opened
    for path in bare.workspace.definitions.glob("*/*"):
        path.unlink()
    with bare.reading() as opened:
        filing.apply(opened, prune=True)


def written(reading: Reading, place: str, text: str) -> Path:
    path = filing.path_of(reading.desk, place)
    path.write_text(text, "utf-8")
    return path


def ruled(rule: str) -> str:
    return f"kind: rule\nkey: x\nname: {{zh: 一, en: One}}\nparameters:\n  rule: {rule}\n"


SAME = {
    "a day without quotes": (
        "{did: cart, between: [2024-01-01, 2024-02-01]}",
        "{did: cart, between: ['2024-01-01', '2024-02-01']}",
    ),
    "a number with a point": ("{trait: order_count, op: '>=', value: 2.0}", "{trait: order_count, op: '>=', value: 2}"),
    "a number in base sixteen": (
        "{trait: order_count, op: '>=', value: 0x10}",
        "{trait: order_count, op: '>=', value: 16}",
    ),
    "an anchor and an alias": ("{any: [&c {did: cart}, {not: *c}]}", "{any: [{did: cart}, {not: {did: cart}}]}"),
    "what is understood of itself": ("{did: cart}", "{did: cart, op: '>=', times: 1}"),
    "another order of fields": ("{value: 2, trait: order_count, op: '>='}", "{trait: order_count, op: '>=', value: 2}"),
    "a merge": ("{<<: {did: cart}, times: 2}", "{did: cart, times: 2}"),
}


@pytest.mark.parametrize("what", SAME)
def test_two_ways_to_write_a_rule_are_one_rule(reading: Reading, what: str) -> None:
    one, other = SAME[what]
    written(reading, "audiences/x", ruled(one))
    filing.apply(reading)
    assert filing.deeds(reading) == {}
    written(reading, "audiences/x", ruled(other))
    assert filing.deeds(reading) == {}


@pytest.mark.parametrize("value", [".nan", ".inf", "-.inf", "1e400", "9" * 400, "!!binary aGk=", "[1, [2]]", "~"])
def test_a_value_that_no_rule_compares_with_is_refused(reading: Reading, value: str) -> None:
    written(reading, "audiences/x", ruled(f"{{trait: spend, op: '>=', value: {value}}}"))
    with pytest.raises(InputError, match=r"audiences/x\.yaml"):
        planning.plan(reading)


LAYERINGS = {
    "by default": "kind: rfm\nkey: mine\n",
    "with a number": "kind: rfm\nkey: mine\nparameters: {frequency: 3}\n",
    "with a number with a point": "kind: rfm\nkey: mine\nparameters: {frequency: 3.0}\n",
    "fitted on a day": "kind: value_levels\nkey: mine\nfit_as_of: 2024-06-01\n",
    "fitted on a day in quotes": "kind: value_levels\nkey: mine\nfit_as_of: '2024-06-01'\n",
    "with a name": "kind: value_levels\nkey: mine\nname: {zh: 我的, en: 'null'}\n",
    "described in lines": "kind: value_levels\nkey: mine\ndescription: |\n  one\n\n  two: {three}\n",
    "described by a number in quotes": "kind: value_levels\nkey: mine\ndescription: '0123'\n",
}


@pytest.mark.parametrize("what", LAYERINGS)
def test_a_layering_that_was_applied_is_what_its_file_says_and_so_is_its_export(reading: Reading, what: str) -> None:
    path = written(reading, "layerings/mine", LAYERINGS[what])
    filing.apply(reading)
    made = reading.desk.definitions.current()["mine"]
    assert filing.deeds(reading) == {}
    path.unlink()
    applying.export(reading.desk)
    assert filing.deeds(reading) == {}
    (step,) = [one for one in stepping.steps(reading.desk, prune=False) if one.key == "mine"]
    assert step.draft is not None
    assert step.draft.same(made)


def test_meanings_are_the_same_in_flow_and_in_lines(reading: Reading) -> None:
    written(reading, "events/events", "kind: events\nkey: events\nparameters: {view: [看货, '1'], cart: [加购]}\n")
    filing.apply(reading)
    lines = "kind: events\nkey: events\nparameters:\n  cart:\n  - 加购\n  view:\n  - 看货\n  - '1'\n"
    written(reading, "events/events", lines)
    assert filing.deeds(reading) == {}


SETS = {
    "event meanings": ("events/events", "kind: events\nkey: events\nparameters: {view: !!set {看货, 逛, 瞧}}\n"),
    "a mapping": ("mappings/m", "kind: mapping\nkey: m\nparameters: {table: orders, days: [2024-01-01, .nan]}\n"),
}


@pytest.mark.parametrize("what", SETS)
def test_what_json_has_no_word_for_is_refused_or_applied_once(reading: Reading, what: str) -> None:
    written(reading, *SETS[what])
    try:
        filing.apply(reading)
    except InputError:
        return
    assert filing.deeds(reading) == {}


def test_a_description_is_kept_to_the_letter(reading: Reading) -> None:
    said = "  \u202e😀 a: b # c\n\n\ttab  \n'q' \"q\" \\n {x} \u2028 end  "
    filing.put_rule(reading.desk, "x", {"did": "cart"}, description=said)
    filing.apply(reading)
    assert reading.desk.audiences.current()["x"].description == said
    filing.path_of(reading.desk, "audiences/x").unlink()
    applying.export(reading.desk)
    assert filing.deeds(reading) == {}


def test_the_number_of_a_file_says_nothing_of_a_new_one(reading: Reading) -> None:
    filing.put_rule(reading.desk, "n1", {"did": "cart"}, base_version=7)
    assert filing.deeds(reading) == {"audiences/n1": "create"}
    filing.apply(reading)
    assert reading.desk.audiences.numbers()["n1"] == 1
