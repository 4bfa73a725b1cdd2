"""Files of definitions and what is in force follow each other, and nothing is lost between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.app import filing, market
from titian.app import applying, planning, registered, saving_audiences
from titian.app import workspace as workspaces
from titian.app.answers.audiences import AudienceChange, NewAudience
from titian.app.desk import Desk, Reading
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.domain.words import Words
from titian.errors import ConflictError, InputError

pytestmark = pytest.mark.full

NAME = Words(zh="人群", en="Audience")
MANY = {"trait": "order_count", "op": ">=", "value": 2}
NOBODY = {"trait": "order_count", "op": ">=", "value": 10_000}
LEVELS = {"layering": "value_levels", "layers": ["churned", "at_risk"]}
FEW = ["c1", "c2", "c3"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace without data, with the audiences many, levels, both (of these two) and few (a list), exported."""
    made = workspaces.init(tmp_path_factory.mktemp("filed") / "bare", WorkspaceSettings())
    with Desk(made) as desk, desk.reading() as reading:
        save(reading, "many", rule=MANY)
        save(reading, "levels", rule=LEVELS)
        save(reading, "both", rule={"all": [{"audience": "many"}, {"audience": "levels"}]})
        filing.put_list(desk, "few", "\n".join(FEW))
        filing.apply(reading)
        applying.export(desk)
    return made


@pytest.fixture
def own(saved: Workspace, tmp_path: Path) -> Iterator[Reading]:
    """The same, for this test alone."""
    with Desk(market.copied(saved, tmp_path / "own")) as desk, desk.reading() as reading:
        yield reading


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """A workspace in which nothing was decided."""
    with Desk(workspaces.init(tmp_path / "other", WorkspaceSettings())) as desk:
        yield desk


def save(reading: Reading, key: str, **asked: Any) -> None:
    saving_audiences.create(reading, NewAudience(key=key, name=NAME, **asked))


def test_applying_twice_changes_nothing_more(own: Reading) -> None:
    filing.put_rule(own.desk, "many", {"not": MANY})
    filing.apply(own)
    numbers, lines = own.desk.audiences.numbers(), filing.told(own.desk)
    assert filing.apply(own).changes == 0
    assert (own.desk.audiences.numbers(), filing.told(own.desk)) == (numbers, lines)


def test_a_plan_looks_and_touches_nothing(own: Reading) -> None:
    filing.put_rule(own.desk, "many", {"not": MANY})
    filing.put_list(own.desk, "fresh", "c1\n")
    before = (own.desk.audiences.numbers(), filing.told(own.desk), filing.files(own.desk))
    first = planning.plan(own)
    assert planning.plan(own) == first
    assert (own.desk.audiences.numbers(), filing.told(own.desk), filing.files(own.desk)) == before


@pytest.mark.parametrize("through", [["zz"], ["mm", "zz"]], ids=["two", "three"])
def test_files_that_name_each_other_in_a_circle_are_refused(own: Reading, through: list[str]) -> None:
    ring = ["aa", *through]
    for key, named in zip(ring, [*ring[1:], ring[0]], strict=True):
        filing.put_rule(own.desk, key, {"not": {"audience": named}})
    with pytest.raises(InputError, match="circle"):
        planning.plan(own)


def test_a_circle_through_what_is_in_force_is_refused(own: Reading) -> None:
    filing.put_rule(own.desk, "many", {"audience": "both"})
    with pytest.raises(InputError, match="circle"):
        planning.plan(own)


def test_what_is_removed_with_all_that_name_it_goes(own: Reading) -> None:
    for key in ("many", "both"):
        filing.path_of(own.desk, f"audiences/{key}").unlink()
    assert filing.apply(own, prune=True).changes == 2
    assert list(own.desk.audiences.numbers()) == ["few", "levels"]


def test_a_layering_that_a_rule_names_is_not_removed(own: Reading) -> None:
    path = filing.put(
        own.desk, "layerings/mine", kind="value_levels", parameters={"churn_days": 80, "warning_days": 40}
    )
    filing.put_rule(own.desk, "churned", {"layering": "mine", "layers": ["churned"]})
    filing.apply(own)
    path.unlink()
    with pytest.raises(ConflictError, match="churned"):
        planning.plan(own, prune=True)


def test_what_was_removed_and_filed_again_counts_on(own: Reading) -> None:
    path = filing.path_of(own.desk, "audiences/few")
    kept = path.read_text("utf-8")
    path.unlink()
    filing.apply(own, prune=True)
    path.write_text(kept, "utf-8")
    assert filing.deeds(own) == {"audiences/few": "create"}
    filing.apply(own)
    assert own.desk.audiences.numbers()["few"] == 2
    assert filing.listed(own.desk, "few") == FEW
    assert filing.deeds(own) == {}


def test_what_was_removed_here_is_a_conflict_with_its_file_until_that_goes_or_is_a_new_one(own: Reading) -> None:
    saving_audiences.remove(own, "few")
    assert filing.deeds(own) == {"audiences/few": "conflict"}
    with pytest.raises(ConflictError, match="removed in the workspace"):
        filing.apply(own)
    path = filing.path_of(own.desk, "audiences/few")
    path.write_text(path.read_text("utf-8").replace("base_version: 1\n", ""), "utf-8")
    assert filing.deeds(own) == {"audiences/few": "create"}
    filing.apply(own)
    saving_audiences.remove(own, "few")
    filing.path_of(own.desk, "audiences/few").unlink()
    assert filing.deeds(own) == {}


def test_what_is_exported_applied_elsewhere_and_exported_is_the_same_to_the_byte(own: Reading, other: Desk) -> None:
    parameters = {"churn_days": 80, "warning_days": 40}
    filing.put(
        own.desk, "layerings/value_levels", kind="value_levels", parameters=parameters, fit_as_of=date(2024, 6, 1)
    )
    filing.put(
        own.desk, "layerings/mine", kind="value_levels", name={"zh": "我的", "en": "Mine"}, description="第一\n第二"
    )
    filing.put(own.desk, "events/events", kind="events", parameters={"view": ["看货", "no", "1"], "cart": ["加购"]})
    filing.apply(own)
    applying.export(own.desk, force=True)
    own.desk.workspace.definitions.rename(other.workspace.path / "taken")
    other.workspace.definitions.rmdir()
    (other.workspace.path / "taken").rename(other.workspace.definitions)
    brought = filing.files(other)
    assert len(brought) == 8
    with other.reading() as reading:
        filing.apply(reading)
        assert filing.deeds(reading) == {}
    applying.export(other, force=True)
    again = filing.files(other)
    assert {place: said(text) for place, text in brought.items()} == {
        place: said(text) for place, text in again.items()
    }


def said(text: bytes) -> bytes:
    """A file without the number of the version it was made from, which each workspace counts for itself."""
    return b"\n".join(line for line in text.split(b"\n") if not line.startswith(b"base_version: "))


def test_an_export_of_what_is_as_it_was_touches_no_file(own: Reading) -> None:
    root = own.desk.workspace.definitions
    places = [root / place for place in filing.files(own.desk)]
    before = {path: path.stat().st_mtime_ns for path in places}
    found = applying.export(own.desk)
    assert (found.written, found.left_alone) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in places} == before


def test_keys_that_yaml_reads_as_something_else_come_back(own: Reading) -> None:
    for key in ("no", "on", "y", "true", "null", "e1", "n0"):
        save(own, key, rule={"audience": "many"})
        save(own, f"above_{key}", rule={"all": [{"audience": key}, MANY]})
    applying.export(own.desk)
    assert filing.deeds(own) == {}


def test_event_meanings_of_a_file_are_what_the_team_says(own: Reading) -> None:
    filing.put(own.desk, "events/events", kind="events", parameters={"view": ["看货"], "cart": ["加购"]})
    assert filing.deeds(own) == {"events/events": "create"}
    filing.apply(own)
    assert own.desk.event_meanings.said().own == {"cart": ("加购",), "view": ("看货",)}
    own.desk.event_meanings.say({"逛": "view"})
    assert filing.deeds(own) == {"events/events": "conflict"}


def test_a_mapping_of_a_file_is_remembered(own: Reading) -> None:
    columns = {"order_id": "单号", "customer_id": "客户", "ordered_at": "时间", "amount": "金额"}
    filing.put(own.desk, "mappings/mine", kind="mapping", parameters={"table": "orders", "columns": columns})
    filing.apply(own)
    assert columns in [dict(one.columns) for one in own.desk.mappings.remembered()]


def test_a_version_in_force_is_a_conflict_only_when_somebody_made_it_here(own: Reading) -> None:
    asked = AudienceChange(base_version=1, name=NAME, rule={"not": MANY})
    saving_audiences.change(own, "many", asked)
    filing.put_rule(own.desk, "many", {"not": MANY}, name=NAME.model_dump())
    assert filing.deeds(own) == {}, "both say the same"
    filing.put_rule(own.desk, "many", NOBODY, base_version=2)
    assert filing.deeds(own) == {"audiences/many": "change"}
    filing.put_rule(own.desk, "many", NOBODY, base_version=1)
    assert filing.deeds(own) == {"audiences/many": "conflict"}


def test_the_text_of_every_version_says_what_was_in_force(own: Reading) -> None:
    for value in (3, 4, 5):
        filing.put_rule(own.desk, "many", {**MANY, "value": value}, description=f"{value} 😀")
        filing.apply(own)
    told = registered.versions(own.desk, "audiences", "many")
    assert [one.version for one in told] == [4, 3, 2, 1]
    assert [yaml.safe_load(one.yaml)["parameters"]["rule"]["value"] for one in told] == [5, 4, 3, 2]
    assert all(one.difference for one in told)
