"""Backup: all of a workspace that can't be made again, in one checked file; the warehouse is rebuilt from it."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.maintenance import rebuild
from titian.app.settings import FILE_NAME, refused
from titian.app.workspace import STORE, Workspace
from titian.domain.words import Words
from titian.errors import ConflictError, DamagedError, InputError
from titian.warehouse.locking import write_lock
from titian.warehouse.progress import Progress

CONTENTS = "backup.json"
FORMAT = 1
KEPT = (FILE_NAME, "definitions", "landing", "imports")
SECONDS_TO_WAIT = 60

WRITING = Words(zh="备份文件", en="backing up")
CHECKING = Words(zh="核对文件", en="checking files")


@dataclass(frozen=True)
class Written:
    """How much a backup holds."""

    files: int
    bytes: int


def backup(desk: Desk, to: Path, progress: Progress) -> Written:
    """Write settings, definitions, landing, runs and the store into `to`. Raises StorageError.

    Nothing is loaded meanwhile. A store in PostgreSQL is left to the tools of PostgreSQL.
    """
    beside = to.with_name(f".{to.name}.part")
    try:
        desk.trail.note("workspace.backup", to.name)
        with (
            write_lock(desk.workspace.path, "backing up", SECONDS_TO_WAIT),
            tempfile.TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.store-") as copied,
            tarfile.open(beside, "w") as archive,
        ):
            files = {path.relative_to(desk.workspace.path).as_posix(): path for path in _files(desk.workspace.path)}
            if desk.workspace.settings.store is None:
                files[STORE] = Path(copied) / STORE
                desk.store.copy(files[STORE])
            sums = {}
            for place, (name, path) in enumerate(files.items()):
                progress(WRITING, place, len(files))
                sums[name] = _sum(path)
                archive.add(path, name, recursive=False)
            _add_contents(archive, sums)
        size = beside.stat().st_size
        beside.replace(to)
    except OSError as error:
        raise refused(to, error) from error
    finally:
        beside.unlink(missing_ok=True)
    return Written(len(files), size)


def restore(file: Path, folder: Path, progress: Progress) -> Workspace:
    """Make a workspace in `folder` from a backup, every file checked, and rebuild its warehouse.

    Where anything waits to be sent, sending is paused: it may have gone out since.

    Raises ConflictError when there is something in `folder`, InputError for no backup, DamagedError for a broken one.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConflictError(
            f"{folder} is not empty",
            "restore into a new folder",
            zh=f"{folder} 不是空文件夹",
            hint_zh="请恢复到新的文件夹",
            path=str(folder),
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.restoring-"))
    except OSError as error:
        raise refused(folder, error) from error
    try:
        _extract(file, beside, progress)
        with Desk(workspaces.read(beside)) as desk:
            rebuild(desk, progress)
            if desk.stored.there is not None:
                # What comes from the store takes half a second to load.
                from titian.app.outbox import pause_restored

                pause_restored(desk)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except OSError as error:
        raise refused(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return workspaces.read(folder)


def _files(root: Path) -> Iterator[Path]:
    for name in KEPT:
        path = root / name
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in found:
            hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
            if file.is_file() and not hidden:
                yield file


def _add_contents(archive: tarfile.TarFile, sums: dict[str, str]) -> None:
    made = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(timespec="seconds"), "sha256": sums}
    text = json.dumps(made, indent=1, ensure_ascii=False).encode()
    entry = tarfile.TarInfo(CONTENTS)
    entry.size = len(text)
    archive.addfile(entry, io.BytesIO(text))


def _extract(file: Path, into: Path, progress: Progress) -> None:
    try:
        with tarfile.open(file, "r:*") as archive:
            archive.extractall(into, filter="data")
        contents = json.loads((into / CONTENTS).read_text("utf-8"))
        sums = contents["sha256"]
    except (tarfile.TarError, EOFError, FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{file} is no backup of Titian",
            "give a file that titian backup wrote",
            zh=f"{file} 不是 Titian 的备份",
            hint_zh="请指定 titian backup 生成的文件",
            file=str(file),
        ) from error
    for place, (name, expected) in enumerate(sums.items()):
        progress(CHECKING, place, len(sums))
        found = into / name
        if not found.is_file() or _sum(found) != expected:
            raise DamagedError(
                f"{file}: {name} is not what was backed up",
                "use another backup; nothing was restored",
                zh=f"{file} 中的 {name} 与备份时不一致",
                hint_zh="请改用其他备份；未恢复任何内容",
                file=str(file),
                entry=name,
            )
    (into / CONTENTS).unlink()


def _sum(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
