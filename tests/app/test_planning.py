"""Files of definitions: what they would change and who would move is told first, then all of it holds or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.app import bazaar, market
from titian.app import applying, audiences, layerings, planning, publishing, registered, saving_audiences, selections
from titian.app.answers.audiences import AudienceChange, NewAudience
from titian.app.answers.layering import DefinitionAsked
from titian.app.answers.plan import ApplyAsked, Plan, Planned
from titian.app.answers.selection import SelectionAsked
from titian.app.desk import Desk, Reading
from titian.domain.words import Words
from titian.errors import ConflictError, InputError

NAME = Words(zh="人群", en="Audience")
RECENT = {"trait": "order_count_30d", "op": ">=", "value": 1}
SPENT = {"trait": "spend", "op": ">=", "value": 100}
BOTH = {"all": [{"audience": "recent"}, {"layering": "value_levels", "layers": ["active"]}]}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A shop with the audiences recent, spent, both and few, their files written."""
    with Desk(bazaar.made(tmp_path_factory.mktemp("plan") / "shop")) as desk, desk.reading() as reading:
        for key, rule in (("recent", RECENT), ("spent", SPENT), ("both", BOTH)):
            saving_audiences.create(reading, NewAudience(key=key, name=NAME, rule=rule))
        saving_audiences.create(reading, NewAudience(key="few", name=NAME, ids=tuple(ids(reading, SPENT)[:3])))
        applying.export(desk)
    return desk


@pytest.fixture
def shop(saved: Desk, tmp_path: Path) -> Iterator[Reading]:
    with Desk(market.copied(saved.workspace, tmp_path / "own")) as desk, desk.reading() as reading:
        yield reading


def ids(reading: Reading, rule: dict[str, Any]) -> list[str]:
    found = selections.selection(reading, SelectionAsked(rule=rule))
    return [str(one) for one in found.to_arrow().column("customer_id").to_pylist()]


def file_of(reading: Reading, place: str) -> Path:
    return reading.desk.workspace.definitions / f"{place}.yaml"


def edit(reading: Reading, place: str, **changes: Any) -> None:
    """Somebody changes a file, or writes a new one."""
    path = file_of(reading, place)
    said = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {"key": path.stem}
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump({**said, **changes}), "utf-8")


def planned(reading: Reading, *, prune: bool = False) -> dict[str, Planned]:
    found = planning.plan(reading, prune).definitions
    return {f"{one.sort}/{one.key}": one for one in found if one.sort != "mappings"}


def apply(reading: Reading, *, prune: bool = False) -> Plan:
    return applying.apply(reading.desk, ApplyAsked(digest=planning.plan(reading, prune).digest, prune=prune))


def test_what_was_just_written_changes_nothing(shop: Reading) -> None:
    found = planning.plan(shop)
    assert {one.deed for one in found.definitions} == {"same"}
    assert (found.changes, found.conflicts) == (0, 0)
    assert apply(shop).digest == found.digest


def test_a_changed_rule_says_who_would_come_and_go_as_a_count_one_by_one_does(shop: Reading) -> None:
    wider = {"trait": "order_count_30d", "op": ">=", "value": 2}
    before = set(ids(shop, RECENT))
    edit(shop, "audiences/recent", parameters={"rule": wider})
    found = planned(shop)["audiences/recent"]
    left = before - set(ids(shop, wider))
    assert found.deed == "change"
    assert [(one.source, one.target, one.customers) for one in found.moves] == [("in", None, len(left))]
    assert list(found.moves[0].sample) == sorted(left)[:5]
    assert "-    value: 1" in found.difference
    assert "+    value: 2" in found.difference


def test_what_rests_on_a_change_moves_too(shop: Reading) -> None:
    before = set(ids(shop, {"audience": "both"}))
    edit(shop, "audiences/recent", parameters={"rule": {"not": RECENT}})
    found = planned(shop)
    assert found["audiences/both"].deed == "same"
    apply(shop)
    after = set(ids(shop, {"audience": "both"}))
    moves = {(one.source, one.target): one.customers for one in found["audiences/both"].moves}
    assert moves == {
        pair: count
        for pair, count in {("in", None): len(before - after), (None, "in"): len(after - before)}.items()
        if count
    }
    assert found["audiences/spent"].moved is None


def test_a_changed_layering_says_who_would_move_between_layers(shop: Reading) -> None:
    def placed() -> dict[str, str]:
        return {
            one: layer.layer.key
            for layer in layerings.now(shop, "value_levels", None, None).layers
            for one in ids(shop, {"layering": "value_levels", "layers": [layer.layer.key]})
        }

    before = placed()
    edit(shop, "layerings/value_levels", kind="value_levels", parameters={"churn_days": 45, "warning_days": 20})
    found = planned(shop)
    apply(shop)
    after = placed()
    moved = [one for one in before if before[one] != after[one]]
    assert found["layerings/value_levels"].moved == len(moved) > 0
    for move in found["layerings/value_levels"].moves:
        assert move.customers == sum((before[one], after[one]) == (move.source, move.target) for one in moved)
    recent = [one for one in moved if one in set(ids(shop, RECENT))]
    assert found["audiences/both"].moved == sum("active" in (before[one], after[one]) for one in recent)


def test_a_new_one_a_removed_one_and_one_without_a_file_are_told_apart(shop: Reading) -> None:
    edit(shop, "audiences/fresh", kind="rule", parameters={"rule": {"not": {"audience": "both"}}})
    file_of(shop, "audiences/spent").unlink()
    assert {key: one.deed for key, one in planned(shop).items()} == {
        "audiences/both": "same",
        "audiences/few": "same",
        "audiences/fresh": "create",
        "audiences/recent": "same",
        "audiences/spent": "unfiled",
    }
    apply(shop, prune=True)
    assert [one.key for one in audiences.listed(shop, None).audiences] == ["both", "few", "fresh", "recent"]


def test_what_is_named_is_not_removed(shop: Reading) -> None:
    file_of(shop, "audiences/recent").unlink()
    with pytest.raises(ConflictError, match="both"):
        planning.plan(shop, prune=True)


def test_a_change_made_here_meanwhile_is_a_conflict_and_nothing_is_applied(shop: Reading) -> None:
    asked = AudienceChange(base_version=1, name=NAME, rule={"trait": "spend", "op": ">=", "value": 7})
    saving_audiences.change(shop, "spent", asked)
    edit(shop, "audiences/spent", parameters={"rule": {"trait": "spend", "op": ">=", "value": 9}})
    edit(shop, "audiences/recent", parameters={"rule": {"not": RECENT}})
    found = planned(shop)["audiences/spent"]
    assert (found.deed, found.base_version, found.version) == ("conflict", 1, 2)
    assert "-    value: 7" in found.difference
    with pytest.raises(ConflictError) as refused:
        apply(shop)
    assert refused.value.details["conflicts"] == ["audiences/spent"]
    assert shop.desk.audiences.numbers() == {"both": 1, "few": 1, "recent": 1, "spent": 2}
    edit(shop, "audiences/spent", base_version=2)
    apply(shop)
    assert shop.desk.audiences.numbers()["spent"] == 3


def test_files_that_follow_each_other_are_no_conflict(shop: Reading) -> None:
    for value in (3, 4):
        edit(shop, "audiences/spent", parameters={"rule": {"trait": "spend", "op": ">=", "value": value}})
        apply(shop)
    assert [one.origin for one in registered.versions(shop.desk, "audiences", "spent")] == ["file", "file", "here"]


def test_a_plan_that_was_looked_at_before_something_changed_is_not_applied(shop: Reading) -> None:
    edit(shop, "audiences/spent", description="seen")
    seen = planning.plan(shop).digest
    edit(shop, "audiences/spent", description="not seen")
    with pytest.raises(ConflictError, match="others than when"):
        applying.apply(shop.desk, ApplyAsked(digest=seen))
    assert shop.desk.audiences.numbers()["spent"] == 1


def test_an_export_leaves_edits_that_were_not_applied_alone(shop: Reading) -> None:
    edit(shop, "audiences/spent", description="mine")
    asked = AudienceChange(base_version=1, name=NAME, rule=RECENT)
    saving_audiences.change(shop, "recent", asked.model_copy(update={"rule": {"not": RECENT}}))
    told = applying.export(shop.desk)
    assert (told.written, told.left_alone) == (("audiences/recent.yaml",), ("audiences/spent.yaml",))
    assert "mine" in file_of(shop, "audiences/spent").read_text("utf-8")
    assert "audiences/spent.yaml" in applying.export(shop.desk, force=True).written


def test_what_was_exported_makes_the_same_of_an_empty_workspace(shop: Reading, empty: Desk) -> None:
    publishing.publish(shop, "rfm", DefinitionAsked(base_version=1, parameters={"frequency": 3}))
    applying.export(shop.desk)
    shop.desk.workspace.definitions.rename(empty.workspace.definitions.with_name("own"))
    empty.workspace.definitions.rmdir()
    empty.workspace.definitions.with_name("own").rename(empty.workspace.definitions)
    with empty.reading() as reading:
        apply(reading)
    for sort in ("layerings", "audiences", "mappings"):
        here, there = (one.defined(sort).current() for one in (shop.desk, empty))
        assert {key: one.model_copy(update={"version": 1}) for key, one in here.items()} == {
            key: one.model_copy(update={"version": 1}) for key, one in there.items()
        }
    (name,) = {str(empty.audiences.current()["few"].parameters["customers"])}
    assert sorted(empty.listed(name)) == sorted(shop.desk.listed(name))


WRONG: dict[str, tuple[str, str]] = {
    "no YAML": ("kind: rule\n\tkey: x", "line 2"),
    "no mapping": ("[]", "file"),
    "an unknown field": ("kind: rule\nkey: x\nowner: me\n", "owner"),
    "another key than the file": ("kind: rule\nkey: y\nparameters: {rule: {did: cart}}\n", "'y'"),
    "no rule": ("kind: rule\nkey: x\nparameters: {rule: {sql: 1}}\n", "rule"),
    "an unknown audience": ("kind: rule\nkey: x\nparameters: {rule: {audience: nothing}}\n", "nothing"),
    "a circle": ("kind: rule\nkey: x\nparameters: {rule: {audience: x}}\n", "circle"),
    "another file": ("kind: list\nkey: x\nparameters: {customers: ../../titian.yaml}\n", "x.csv"),
    "a list that is not there": ("kind: list\nkey: x\nparameters: {customers: x.csv}\n", "x.csv"),
}


@pytest.mark.parametrize("why", WRONG)
def test_a_wrong_file_is_named_with_what_is_wrong(shop: Reading, why: str) -> None:
    text, said = WRONG[why]
    file_of(shop, "audiences/x").write_text(text, "utf-8")
    with pytest.raises(InputError, match=said) as refused:
        planning.plan(shop)
    assert "audiences/x.yaml" in refused.value.message
    assert shop.desk.audiences.numbers() == {"both": 1, "few": 1, "recent": 1, "spent": 1}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("rfm", {"kind": "value_levels"}),
        ("rfm", {"kind": "rfm", "parameters": {"speed": 1}}),
        ("new", {"kind": "rfm"}),
        ("mine", {"kind": "pyramid"}),
    ],
)
def test_a_file_that_is_no_layering_is_refused(shop: Reading, key: str, said: dict[str, Any]) -> None:
    edit(shop, f"layerings/{key}", **said)
    with pytest.raises(InputError, match=rf"layerings/{key}\.yaml"):
        planning.plan(shop)


def test_a_layering_of_the_house_written_out_as_it_is_changes_nothing(shop: Reading) -> None:
    edit(shop, "layerings/rfm", kind="rfm")
    assert planned(shop)["layerings/rfm"].deed == "same"
    edit(shop, "layerings/rfm", parameters={"frequency": 3})
    apply(shop)
    assert shop.desk.definitions.versions("rfm") == (1, 2)
    assert layerings.now(shop, "rfm", None, None).parameters["frequency"] == 3


def test_what_rests_on_what_is_told(shop: Reading) -> None:
    told = {one.key: one for one in registered.in_force(shop.desk) if one.sort == "audiences"}
    assert told["both"].uses == ("audiences/recent", "layerings/value_levels")
    assert told["recent"].used_by == ("audiences/both",)


def test_versions_say_what_each_changed(shop: Reading) -> None:
    edit(shop, "audiences/spent", description="who spent")
    apply(shop)
    newest, first = registered.versions(shop.desk, "audiences", "spent")
    assert "+description: who spent" in newest.difference
    assert first.difference.count("\n+") >= 5
    assert yaml.safe_load(newest.yaml)["description"] == "who spent"
