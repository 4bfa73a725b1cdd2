"""When the disk or the store fails in the middle, or somebody was quicker, nothing is half done and nothing is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.app import filing
from titian.app import applying, drafts, planning, publishing, saving_audiences
from titian.app import workspace as workspaces
from titian.app.answers.audiences import AudienceChange, NewAudience
from titian.app.answers.layering import DefinitionAsked
from titian.app.answers.plan import ApplyAsked
from titian.app.change import Change
from titian.app.definitions import Definitions
from titian.app.desk import Desk, Reading
from titian.app.settings import WorkspaceSettings
from titian.domain.audience import list_name
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, StorageError, TitianError
from titian.store import lists

pytestmark = pytest.mark.full

NAME = Words(zh="人群", en="Audience")
CART, VIEW = {"did": "cart"}, {"did": "view"}


class FullError(Exception):
    """The disk is full."""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Reading]:
    """A workspace without data, with the audiences one and two."""
    with Desk(workspaces.init(tmp_path / "own", WorkspaceSettings())) as desk, desk.reading() as reading:
        for key in ("one", "two"):
            saving_audiences.create(reading, NewAudience(key=key, name=NAME, rule=CART))
        yield reading


def failing(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, at: int, error: Exception) -> None:
    """Let the nth call of a function raise."""
    real, calls = getattr(owner, name), iter(range(1_000))

    def called(*given: Any, **named: Any) -> Any:
        if next(calls) == at:
            raise error
        return real(*given, **named)

    monkeypatch.setattr(owner, name, called)


def state(reading: Reading) -> tuple[Any, ...]:
    """All that is in force, ever was, and was told."""
    desk = reading.desk
    kept = {key: desk.audiences.versions(key) for key in ("five", "four", "one", "three", "two")}
    return desk.audiences.current(), kept, filing.told(desk)


def three_changes(reading: Reading) -> None:
    filing.put_rule(reading.desk, "one", VIEW)
    filing.put_rule(reading.desk, "three", {"audience": "one"})
    filing.put_list(reading.desk, "four", "c1\nc2\n")


LOST = OperationalError("COMMIT", {}, Exception("disk I/O error"))
STEPS: dict[str, tuple[Any, str, int]] = {
    "before the first": (Change, "put", 0),
    "before the last": (Change, "put", 2),
    "as the list is kept": (lists, "keep", 0),
    "as a version is kept": (Change, "keep", 1),
    "as one goes": (Change, "drop", 0),
}


@pytest.mark.parametrize("error", [FullError(), LOST], ids=["any error", "an error of the store"])
@pytest.mark.parametrize("when", STEPS)
def test_nothing_of_a_plan_holds_when_one_step_fails(
    own: Reading, monkeypatch: pytest.MonkeyPatch, when: str, error: Exception
) -> None:
    three_changes(own)
    before, digest = state(own), planning.plan(own, prune=True).digest
    failing(monkeypatch, *STEPS[when], error)
    with pytest.raises((FullError, OperationalError, StorageError)):
        applying.apply(own.desk, ApplyAsked(digest=digest, prune=True))
    monkeypatch.undo()
    assert state(own) == before
    with own.desk.store.reading() as connection:
        assert lists.customers(connection, list_name(["c1", "c2"])) == []
    assert applying.apply(own.desk, ApplyAsked(digest=digest, prune=True)).changes == 4


def test_a_plan_whose_line_in_the_log_fails_does_not_hold(own: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    three_changes(own)
    before = state(own)
    failing(monkeypatch, Change, "tell", 0, FullError())
    monkeypatch.setattr("titian.app.trail._append", lambda *_: (_ for _ in ()).throw(FullError()))
    with pytest.raises(FullError):
        filing.apply(own)
    monkeypatch.undo()
    assert state(own) == before


def test_what_changes_between_plan_and_transaction_is_a_conflict(own: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    three_changes(own)
    digest = planning.plan(own).digest
    real = planning.told

    def meanwhile(*given: Any) -> Any:
        found = real(*given)
        made = own.desk.audiences.current()["one"].model_copy(update={"description": "quicker"})
        own.desk.audiences.publish(made, own.desk.audiences.current()["one"])
        return found

    monkeypatch.setattr(planning, "told", meanwhile)
    with pytest.raises(ConflictError):
        applying.apply(own.desk, ApplyAsked(digest=digest))
    monkeypatch.undo()
    assert own.desk.audiences.numbers() == {"one": 2, "two": 1}
    assert own.desk.audiences.current()["one"].description == "quicker"


def test_one_of_those_who_apply_the_same_plan_wins(own: Reading) -> None:
    three_changes(own)
    digest = planning.plan(own).digest

    def turn(_: int) -> Any:
        try:
            return applying.apply(own.desk, ApplyAsked(digest=digest)).changes
        except ConflictError as error:
            return error.code

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(turn, range(3)))
    assert sorted(answers, key=str) == [3, "conflict", "conflict"]
    assert own.desk.audiences.numbers() == {"one": 2, "two": 1, "three": 1, "four": 1}
    assert filing.told(own.desk).count("definitions.apply four, one, three") == 1


def test_an_export_that_breaks_off_leaves_whole_files_and_is_done_again(
    own: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    applying.export(own.desk)
    filing.put_rule(own.desk, "one", VIEW)
    filing.put_rule(own.desk, "two", VIEW)
    filing.apply(own)
    before = filing.files(own.desk)
    failing(monkeypatch, os, "replace", 5, OSError(28, "No space left on device"))
    with pytest.raises(StorageError, match="No space left"):
        applying.export(own.desk, force=True)
    monkeypatch.undo()
    after = filing.files(own.desk)
    assert set(after) == set(before)
    assert after["audiences/two.yaml"] == before["audiences/two.yaml"]
    applying.export(own.desk, force=True)
    assert filing.deeds(own) == {}


def test_a_list_and_its_definition_are_written_so_that_a_break_between_loses_nothing(
    own: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing.put_list(own.desk, "four", "c1\n")
    filing.apply(own)
    for path in own.desk.workspace.definitions.glob("audiences/four.*"):
        path.unlink()
    failing(monkeypatch, drafts, "file_text", 0, FullError())
    with pytest.raises(FullError):
        applying.export(own.desk)
    monkeypatch.undo()
    assert filing.deeds(own) == {"audiences/four": "unfiled", "audiences/one": "unfiled", "audiences/two": "unfiled"}


def test_a_folder_that_can_not_be_made_is_said_plainly(own: Reading) -> None:
    folder = own.desk.workspace.definitions
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    with pytest.raises(StorageError) as refused:
        applying.export(own.desk)
    assert str(folder) in refused.value.message
    assert "无法写入" in refused.value.zh


def test_a_wrong_file_stops_an_export_before_anything_is_written(own: Reading) -> None:
    filing.path_of(own.desk, "audiences/one").write_text("kind: [")
    before = filing.files(own.desk)
    with pytest.raises(InputError, match=r"one\.yaml"):
        applying.export(own.desk)
    assert filing.files(own.desk) == before


def at_once(monkeypatch: pytest.MonkeyPatch, name: str, acts: list[Callable[[], object]]) -> list[TitianError]:
    """Do both, each having looked at what is in force before either changes it; their errors."""
    real, ready = getattr(Definitions, name), Barrier(2, timeout=10)

    def waiting(*given: Any, **named: Any) -> Any:
        ready.wait()
        return real(*given, **named)

    monkeypatch.setattr(Definitions, name, waiting)

    def turn(act: Callable[[], object]) -> TitianError | None:
        try:
            act()
        except TitianError as error:
            return error
        return None

    with ThreadPoolExecutor(2) as pool:
        errors = list(pool.map(turn, acts))
    monkeypatch.undo()
    return [error for error in errors if error is not None]


def test_two_who_name_each_other_at_once_make_no_circle(own: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    def names(key: str, other: str) -> Callable[[], object]:
        asked = AudienceChange(base_version=1, name=NAME, rule={"audience": other})
        return lambda: saving_audiences.change(own, key, asked)

    at_once(monkeypatch, "publish", [names("one", "two"), names("two", "one")])
    rules = {key: one.parameters["rule"] for key, one in own.desk.audiences.current().items()}
    assert rules != {"one": {"audience": "two"}, "two": {"audience": "one"}}


def test_what_is_named_while_it_is_removed_stays_or_is_not_named(own: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Definitions.remove

    def slowly(self: Definitions, key: str, **more: Any) -> None:
        saving_audiences.create(own, NewAudience(key="three", name=NAME, rule={"audience": "one"}))
        real(self, key, **more)

    monkeypatch.setattr(Definitions, "remove", slowly)
    with pytest.raises(ConflictError):
        saving_audiences.remove(own, "one")


def test_what_is_named_while_a_plan_prunes_it_stays(own: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    filing.path_of(own.desk, "audiences/one")
    real, digest = planning.told, planning.plan(own, prune=True).digest

    def meanwhile(*given: Any) -> Any:
        found = real(*given)
        saving_audiences.create(own, NewAudience(key="three", name=NAME, rule={"audience": "one"}))
        return found

    monkeypatch.setattr(planning, "told", meanwhile)
    with pytest.raises(ConflictError):
        applying.apply(own.desk, ApplyAsked(digest=digest, prune=True))


def test_a_layering_of_the_house_that_was_pruned_takes_new_parameters(own: Reading) -> None:
    publishing.publish(own, "value_levels", DefinitionAsked(base_version=1, parameters={"churn_days": 200}))
    filing.path_of(own.desk, "layerings/value_levels")
    filing.apply(own, prune=True)
    publishing.publish(own, "value_levels", DefinitionAsked(base_version=1, parameters={"churn_days": 300}))
    assert own.desk.definitions.current()["value_levels"].parameters["churn_days"] == 300
