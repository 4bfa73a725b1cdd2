"""What waits for a person: each import once, by its newest run, and whom to call."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.app import market
from titian.app import layerings
from titian.app import workspace as workspaces
from titian.app.answers.imports import ImportResult, ImportRun
from titian.app.answers.overview import NeedsYou
from titian.app.desk import Desk
from titian.app.needs import LOOKED_BACK, STALE_DAYS, needs
from titian.app.settings import WorkspaceSettings
from titian.domain.words import Words

AT = datetime(2024, 12, 1, tzinfo=UTC)
WHY = Words(zh="坏了", en="it broke")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    with Desk(workspaces.init(tmp_path / "bare", WorkspaceSettings())) as opened:
        yield opened


def result(rejected: int) -> ImportResult:
    return ImportResult(
        rows=10, good=10 - rejected, rejected=rejected, added=10 - rejected, updated=0, unchanged=0,
        without_customer=0, notes=(), rejects=(), layering=None, moves=(), entered=0,
    )  # fmt: skip


def ran(desk: Desk, file_name: str, state: str, minute: int, rejected: int = 0) -> str:
    """Write down an import that ended so."""
    at = AT + timedelta(minutes=minute)
    run = ImportRun(
        id=desk.runs.new_id(at), batch_id=None, file_name=file_name, table="orders", state=state, stage=None,
        rows_done=0, rows_total=None, rows_per_second=None, started_at=at, finished_at=at,
        result=result(rejected) if state == "done" else None, error=WHY if state == "failed" else None, mend=None,
    )  # fmt: skip
    desk.runs.write(run)
    return run.id


def waiting(desk: Desk) -> list[NeedsYou]:
    """What waits, beside the call to load something."""
    with desk.reading() as reading:
        return [need for need in needs(reading, None, AT.date()) if need.kind != "no_data"]


def test_a_failed_import_says_why_and_where_to_look(bare: Desk) -> None:
    run_id = ran(bare, "a.csv", "failed", 1)
    (need,) = waiting(bare)
    assert (need.kind, need.tone, need.detail) == ("import_failed", "bad", WHY)
    assert need.path == f"/data/imports/{run_id}"
    assert "a.csv" in need.title.zh


def test_rejected_rows_are_counted_in_both_languages(bare: Desk) -> None:
    ran(bare, "a.csv", "done", 1, rejected=3)
    (need,) = waiting(bare)
    assert (need.kind, need.tone) == ("rejects", "warn")
    assert "3 rows of a.csv" in need.title.en
    assert "3 行" in need.title.zh


def test_a_file_that_was_loaded_well_since_waits_no_more(bare: Desk) -> None:
    ran(bare, "a.csv", "failed", 1)
    ran(bare, "a.csv", "done", 2)
    assert waiting(bare) == []


def test_a_file_that_failed_since_it_was_loaded_well_waits(bare: Desk) -> None:
    ran(bare, "a.csv", "done", 1)
    ran(bare, "a.csv", "failed", 2)
    assert [need.kind for need in waiting(bare)] == ["import_failed"]


@pytest.mark.parametrize("state", ["waiting", "running", "cancelled"])
def test_an_import_without_an_outcome_hides_no_earlier_one(bare: Desk, state: str) -> None:
    ran(bare, "a.csv", "failed", 1)
    ran(bare, "a.csv", state, 2)
    assert [need.kind for need in waiting(bare)] == ["import_failed"]


def test_each_file_waits_once_the_newest_first(bare: Desk) -> None:
    for minute, name in enumerate(["a.csv", "b.csv", "a.csv", "c.csv"]):
        ran(bare, name, "failed", minute)
    assert [need.title.en.split()[0] for need in waiting(bare)] == ["c.csv", "a.csv", "b.csv"]


def test_only_so_many_imports_are_looked_at(bare: Desk) -> None:
    ran(bare, "long ago.csv", "failed", 0)
    for minute in range(LOOKED_BACK):
        ran(bare, "daily.csv", "done", minute + 1)
    assert waiting(bare) == []


@pytest.mark.parametrize(("days", "stale"), [(STALE_DAYS, False), (STALE_DAYS + 1, True)])
def test_data_are_stale_after_a_week_and_not_before(desk: Desk, days: int, stale: bool) -> None:
    with desk.reading() as reading:
        page = layerings.now(reading, "rfm", None, None)
        found = needs(reading, page, market.END + timedelta(days=days))
    assert ("stale" in {need.kind for need in found}) is stale


def test_customers_who_slipped_are_named_with_their_number_and_list(desk: Desk) -> None:
    with desk.reading() as reading:
        page = layerings.now(reading, "rfm", None, None)
        found = [need for need in needs(reading, page, market.END) if need.kind == "drifting"]
    came = next(layer.came for layer in page.layers if layer.layer.key == "important_keep")
    assert [need.title.en.split()[0] for need in found] == ([str(came)] if came else [])
    assert all("layer=important_keep" in need.path for need in found)
