"""A backup makes the same workspace again, and a broken one makes none."""

import tarfile
from pathlib import Path

import pytest

from titian.app import backup, layerings
from titian.app.desk import Desk
from titian.errors import ConflictError, DamagedError, InputError
from titian.warehouse.progress import silent


@pytest.fixture(scope="module")
def saved(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "shop.tar"
    backup.backup(desk, file, silent)
    return file


def test_a_restored_workspace_gives_the_same_answers(desk: Desk, saved: Path, tmp_path: Path) -> None:
    restored = backup.restore(saved, tmp_path / "again", silent)
    with Desk(restored) as opened, opened.reading() as there, desk.reading() as here:
        assert layerings.now(there, "rfm", None, None) == layerings.now(here, "rfm", None, None)
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


def test_nothing_is_restored_over_something(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(ConflictError):
        backup.restore(saved, tmp_path, silent)
    assert (tmp_path / "mine.txt").read_text() == "keep"


def test_a_damaged_backup_is_refused_whole(saved: Path, tmp_path: Path) -> None:
    held = bytearray(saved.read_bytes())
    place = held.index(b"timezone: Asia/Shanghai")
    held[place : place + 8] = b"TIMEZONE"
    (tmp_path / "bad.tar").write_bytes(held)
    with pytest.raises(DamagedError, match=r"titian\.yaml"):
        backup.restore(tmp_path / "bad.tar", tmp_path / "again", silent)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.tar"]


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b broken"])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(InputError):
        backup.restore(tmp_path / "x.tar", tmp_path / "again", silent)


def test_an_archive_that_climbs_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "evil.txt").write_text("x")
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(tmp_path / "evil.txt", "../../evil.txt")
    with pytest.raises(InputError):
        backup.restore(tmp_path / "evil.tar", tmp_path / "sub" / "again", silent)
    assert sorted(p.name for p in tmp_path.rglob("evil*")) == ["evil.tar", "evil.txt"]
