"""Import runs as they are written down, so that every process, and the next one, can tell what happened."""

from __future__ import annotations

import re
import secrets
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from titian.app.answers.imports import ImportRun, ImportRuns
from titian.app.settings import refused, write_whole
from titian.domain.words import Words
from titian.errors import NotFoundError

ENDED = frozenset({"done", "failed", "cancelled"})

_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{6}")

INTERRUPTED = Words(
    zh="导入过程中程序被中断，未写入任何数据", en="the process that ran it was stopped; nothing of it was stored"
)
AGAIN = Words(zh="请重新导入该文件", en="import the file again")


class Runs:
    """The import runs of one workspace, a JSON file each; ids sort by time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_id(self, at: datetime) -> str:
        """An id that sorts by `at`."""
        return f"{at.astimezone(UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}"

    def write(self, run: ImportRun) -> None:
        """Write a run down, over what was written of it before."""
        write_whole(self._path(run.id), run.model_dump_json())

    def get(self, run_id: str) -> ImportRun:
        """One run. Raises NotFoundError."""
        found = self._read(self._path(run_id)) if _ID.fullmatch(run_id) else None
        if found is None:
            raise NotFoundError(
                f"there is no import {run_id}",
                "GET /api/v1/imports lists them",
                zh=f"没有编号为 {run_id} 的导入",
                hint_zh="导入列表见“数据”页",
                import_id=run_id,
            )
        return found

    def page(self, cursor: str | None, limit: int) -> ImportRuns:
        """Runs from the newest; `cursor` is the id of the last one seen."""
        ids = [run_id for run_id in self._ids() if cursor is None or run_id < cursor]
        shown = tuple(run for run_id in ids[:limit] if (run := self._read(self._path(run_id))))
        return ImportRuns(runs=shown, next_cursor=ids[limit - 1] if len(ids) > limit else None)

    def all(self) -> list[ImportRun]:
        """Every run, the newest first."""
        return [run for run_id in self._ids() if (run := self._read(self._path(run_id)))]

    def by_state(self) -> dict[str, int]:
        """How many runs are in each state."""
        return dict(Counter(run.state for run in self.all()))

    def lock(self, run_id: str) -> FileLock:
        """Held by the process that works on a run; free again when it dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / f".{run_id}.lock", timeout=0, thread_local=False)

    def settle(self) -> None:
        """Write down as failed what an earlier process left unfinished when it died."""
        for run_id in self._ids():
            run = self._read(self._path(run_id))
            if run is None or run.state in ENDED:
                continue
            lock = self.lock(run_id)
            try:
                lock.acquire()
            except Timeout:
                continue
            ended = {"state": "failed", "error": INTERRUPTED, "mend": AGAIN, "finished_at": datetime.now(UTC)}
            self.write(run.model_copy(update=ended))
            self.release(run_id, lock)

    def release(self, run_id: str, lock: FileLock) -> None:
        """Let go of a run that has ended."""
        lock.release()
        (self.folder / f".{run_id}.lock").unlink(missing_ok=True)

    def rejects_path(self, run_id: str) -> Path:
        """Where the rejected rows of a run are kept."""
        return self.folder / f"{run_id}.rejects.csv"

    def keep_rejects(self, run_id: str, path: Path) -> None:
        """Keep the rejected rows of a run beside it. Raises StorageError."""
        try:
            shutil.copyfile(path, self.rejects_path(run_id))
        except OSError as error:
            raise refused(self.rejects_path(run_id), error) from error

    def _ids(self) -> list[str]:
        found = (path.stem for path in self.folder.glob("*.json")) if self.folder.is_dir() else iter(())
        return sorted((stem for stem in found if _ID.fullmatch(stem)), reverse=True)

    def _path(self, run_id: str) -> Path:
        return self.folder / f"{run_id}.json"

    def _read(self, path: Path) -> ImportRun | None:
        try:
            return ImportRun.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None
