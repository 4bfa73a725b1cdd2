"""Restoring: everything that can't be made again comes back, from any place, and nothing from a broken backup."""

from __future__ import annotations

import os
import re
import tarfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app import market
from tests.badinput.doors import contents
from titian.app import backup, importing, publishing
from titian.app.answers.layering import DefinitionAsked
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.workspace import Workspace
from titian.errors import DamagedError, InputError, TitianError
from titian.warehouse.progress import silent


@pytest.fixture(scope="module")
def worked(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A shop in which somebody has published a definition and turned rows away."""
    own = market.copied(shop, tmp_path_factory.mktemp("worked") / "shop")
    with Desk(own) as desk:
        with desk.reading() as reading:
            publishing.publish(reading, "rfm", DefinitionAsked(parameters={"recency": 30}, base_version=1))
        path = market.write_orders(
            own.path / "more.csv", [market.Order("n1", "新客", datetime(2024, 12, 3), 1, "paid")]
        )
        path.write_text(path.read_text("utf-8") + "n2,x,never,1,paid\n", "utf-8")
        importing.load(desk, SourceAsked(str(path)), market.MAPPING, strict=False, progress=silent)
    return own


@pytest.fixture(scope="module")
def saved(worked: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("saved") / "shop.tar"
    with Desk(worked) as desk:
        backup.backup(desk, file, silent)
    return file


@pytest.fixture(scope="module")
def restored(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return backup.restore(saved, tmp_path_factory.mktemp("elsewhere") / "另一处 shop", silent)


def test_every_row_of_every_table_comes_back(worked: Workspace, restored: Workspace) -> None:
    with Desk(worked) as here, Desk(restored) as there:
        assert contents(there) == contents(here)


def test_what_was_published_is_in_force(worked: Workspace, restored: Workspace) -> None:
    with Desk(worked) as here, Desk(restored) as there, here.reading() as before, there.reading() as after:
        now, then = (publishing.definition(one, "rfm", None) for one in (after, before))
        # The query names the state of the warehouse that it reads, which is another one there.
        assert now.model_copy(update={"sql": ""}) == then.model_copy(update={"sql": ""})
        assert (now.version, _stateless(now.sql)) == (2, _stateless(then.sql))


def _stateless(query: str) -> str:
    return re.sub(r"_at_\d+", "", query)


def test_settings_imports_and_rejected_rows_are_there(worked: Workspace, restored: Workspace) -> None:
    assert restored.settings == worked.settings
    with Desk(worked) as here, Desk(restored) as there:
        assert importing.runs(there, None, 50) == importing.runs(here, None, 50)
        newest = importing.runs(there, None, 1).runs[0]
        assert "never" in importing.rejects(there, newest.id)[0].read_text("utf-8-sig")


def test_what_was_loaded_before_is_known_and_changes_nothing(worked: Workspace, restored: Workspace) -> None:
    with Desk(restored) as there:
        run = importing.load(
            there, SourceAsked(str(worked.path / "more.csv")), market.MAPPING, strict=False, progress=silent
        )
    assert run.result is not None
    assert (run.result.added, run.result.updated) == (0, 0)


def test_a_backup_holds_no_scratch_no_uploads_and_no_warehouse(saved: Path) -> None:
    with tarfile.open(saved) as archive:
        names = archive.getnames()
    assert not any(part.startswith(".") for name in names for part in Path(name).parts)
    assert {Path(name).parts[0] for name in names} == {
        "backup.json",
        "store.sqlite",
        "titian.yaml",
        "landing",
        "imports",
    }


@pytest.mark.full
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(where=st.floats(0, 1, exclude_max=True))
def test_a_backup_with_a_byte_turned_is_refused_or_whole(
    saved: Path, tmp_path_factory: pytest.TempPathFactory, where: float
) -> None:
    folder = tmp_path_factory.mktemp("turned")
    held = bytearray(saved.read_bytes())
    place = int(where * len(held))
    held[place] ^= 0xFF
    (folder / "b.tar").write_bytes(held)
    refused: TitianError | None = None
    try:
        backup.restore(folder / "b.tar", folder / "again", silent)
    except TitianError as error:
        refused = error
    assert refused is None or isinstance(refused, DamagedError | InputError)
    assert (folder / "again").exists() == (refused is None)
    assert len(list(folder.iterdir())) == (2 if refused is None else 1)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_backup_that_was_cut_off_is_refused_and_leaves_nothing(saved: Path, tmp_path: Path, share: float) -> None:
    held = saved.read_bytes()
    (tmp_path / "b.tar").write_bytes(held[: int(share * len(held))])
    with pytest.raises(TitianError):
        backup.restore(tmp_path / "b.tar", tmp_path / "again", silent)
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]


def test_a_backup_that_can_not_be_written_leaves_the_old_one(worked: Workspace, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(b"the old one")

    def interrupted(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Desk(worked) as desk, pytest.raises(TitianError) as raised:
        backup.backup(desk, tmp_path / "b.tar", interrupted)
    assert raised.value.retryable
    assert (tmp_path / "b.tar").read_bytes() == b"the old one"
    assert os.listdir(tmp_path) == ["b.tar"]


@pytest.mark.full
def test_a_second_backup_of_the_same_shop_restores_the_same(
    worked: Workspace, restored: Workspace, tmp_path: Path
) -> None:
    with Desk(restored) as desk:
        backup.backup(desk, tmp_path / "second.tar", silent)
    again = backup.restore(tmp_path / "second.tar", tmp_path / "again", silent)
    with Desk(worked) as here, Desk(again) as there:
        assert contents(there) == contents(here)
