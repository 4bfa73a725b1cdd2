"""What people do in a workspace is written down, by whom, with what was done or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.app import market
from titian.app import about, auditing, backup, building, doctor, events, exporting, importing, publishing, undoing
from titian.app.acting import account, acting
from titian.app.answers.events import MeaningsAsked
from titian.app.answers.layering import DefinitionAsked, NewLayering
from titian.app.answers.workspace import Settings
from titian.app.customers import CustomerQuery
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.maintenance import rebuild
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, StorageError
from titian.warehouse.progress import silent

HALVES = NewLayering(
    key="halves",
    name=Words(zh="两半", en="Halves"),
    kind="quantiles",
    parameters={"trait": "spend", "shares": [0.5, 0.5]},
)


@pytest.fixture
def fresh(own_desk: Desk) -> Desk:
    """A shop of the test's own in which nothing was written down yet."""
    for file in own_desk.workspace.path.glob("store.sqlite*"):
        file.unlink()
    return own_desk


def told(desk: Desk) -> list[tuple[str, str]]:
    """Action and subject of every line, the oldest first."""
    return [(line.action, line.subject) for line in reversed(auditing.lines(desk).lines)]


def newest(desk: Desk) -> tuple[str, str]:
    return told(desk)[-1]


def test_the_life_of_a_layering_is_told(fresh: Desk) -> None:
    with fresh.reading() as reading:
        building.create(reading, HALVES)
        publishing.publish(reading, "halves", DefinitionAsked(base_version=1, parameters={"shares": [0.3, 0.7]}))
        building.remove(reading, "halves")
        building.restore(reading, "halves")
    deeds = ["create", "publish", "remove", "restore"]
    assert told(fresh) == [(f"layering.{deed}", "halves") for deed in deeds]


DEEDS: dict[str, Callable[[Desk, Path], object]] = {
    "events.create": lambda desk, _: events.mean(desk, MeaningsAsked(means={"看货": "view"})),
    "workspace.change": lambda desk, _: about.change(desk, Settings(currency="USD")),
    "warehouse.rebuild": lambda desk, _: rebuild(desk, silent),
    "workspace.backup": lambda desk, folder: backup.backup(desk, folder / "shop.tar", silent),
}


@pytest.mark.parametrize("action", DEEDS)
def test_what_changes_or_copies_a_workspace_is_told(fresh: Desk, tmp_path: Path, action: str) -> None:
    DEEDS[action](fresh, tmp_path)
    assert newest(fresh)[0] == action


def test_every_action_that_is_told_has_words(fresh: Desk, tmp_path: Path) -> None:
    for deed in DEEDS.values():
        deed(fresh, tmp_path)
    assert all(line.said.zh != line.action != line.said.en for line in auditing.lines(fresh).lines)


def test_an_import_and_its_undoing_are_told(empty: Desk, tmp_path: Path) -> None:
    rows = [market.Order("1", "ann", datetime(2024, 12, 5), 5.0, "paid")]
    source = SourceAsked(str(market.write_orders(tmp_path / "a.csv", rows)))
    run = importing.load(empty, source, market.MAPPING, strict=False, progress=silent)
    undoing.undo_import(empty, run.id)
    deeds = [line for line in told(empty) if line[0].startswith("import.")]
    assert deeds == [("import.load", "a.csv"), ("import.undo", run.batch_id)]
    assert auditing.lines(empty).lines[-1].details == {"table": "orders", "run": run.id}


def test_an_export_is_told_with_its_columns_and_without_what_was_sought(fresh: Desk, tmp_path: Path) -> None:
    with fresh.reading() as reading:
        exporting.write(reading, CustomerQuery(layering="rfm", search="13912345678"), tmp_path / "out.csv")
    (line,) = auditing.lines(fresh).lines
    assert (line.action, line.subject[:4], line.details["columns"][0]) == ("export.file", "rfm-", "customer_id")
    assert "13912345678" not in line.model_dump_json()


def test_what_is_refused_leaves_no_line(fresh: Desk) -> None:
    with fresh.reading() as reading:
        with pytest.raises(ConflictError):
            building.create(reading, HALVES.model_copy(update={"key": "rfm"}))
        with pytest.raises(ConflictError):
            publishing.publish(reading, "rfm", DefinitionAsked(base_version=9, parameters={}))
    with pytest.raises(InputError):
        about.change(fresh, Settings(currency="nothing"))
    assert told(fresh) == []


def test_where_no_line_can_be_written_nothing_is_done(fresh: Desk) -> None:
    with fresh.reading() as reading:
        (fresh.workspace.path / "store.sqlite").write_bytes(b"no database" * 100)
        with pytest.raises(StorageError):
            building.create(reading, HALVES)


def test_the_actor_is_whoever_acts(fresh: Desk) -> None:
    token = acting.set("cli:wang")
    about.change(fresh, Settings(currency="USD"))
    acting.reset(token)
    about.change(fresh, Settings(currency="CNY"))
    assert [line.actor for line in auditing.lines(fresh).lines[:2]] == ["python", "cli:wang"]


def test_lines_are_paged_and_searched_and_say_local_time(fresh: Desk) -> None:
    for currency in ("USD", "EUR", "CNY"):
        about.change(fresh, Settings(currency=currency))
    first = auditing.lines(fresh, most=2)
    rest = auditing.lines(fresh, before=first.next, most=2)
    assert ([one.number for one in first.lines], first.found, first.next) == ([3, 2], 3, 2)
    assert ([one.number for one in rest.lines], rest.next) == ([1], None)
    assert [one.number for one in auditing.lines(fresh, "eur change").lines] == [2]
    assert first.lines[0].at.endswith("+08:00")


def test_the_doctor_says_which_line_was_changed(fresh: Desk) -> None:
    for currency in ("USD", "EUR"):
        about.change(fresh, Settings(currency=currency))
    assert next(check for check in doctor.checks(fresh) if check.name == "store").ok
    with sqlite3.connect(fresh.workspace.path / "store.sqlite") as past:
        past.execute("DROP TRIGGER audit_no_update")
        past.execute("UPDATE audit SET actor = 'li' WHERE number = 1")
    found = next(check for check in doctor.checks(fresh) if check.name == "store")
    assert (found.ok, found.found.en) == (False, "line 1 of the audit log is not as it was written (content)")


def test_a_backup_carries_the_log(fresh: Desk, tmp_path: Path) -> None:
    about.change(fresh, Settings(currency="USD"))
    backup.backup(fresh, tmp_path / "shop.tar", silent)
    with Desk(backup.restore(tmp_path / "shop.tar", tmp_path / "again", silent)) as again:
        assert [action for action, _ in told(again)] == ["workspace.change", "workspace.backup", "warehouse.rebuild"]
        assert again.trail.broken() is None
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")], "nothing is left beside it"


def test_an_account_without_a_name_still_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert account() == "cli:?"
