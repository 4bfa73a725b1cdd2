"""Undoing: the batches that were loaded, and one taken back."""

from __future__ import annotations

from titian.app.answers.imports import Batch, Batches, ImportRun, ImportRuns, UndoneBatch
from titian.app.desk import Desk
from titian.errors import ConflictError
from titian.warehouse.landing import Landing, Manifest
from titian.warehouse.progress import Progress, silent
from titian.warehouse.undoing import undo as take_back
from titian.warehouse.undoing import unknown


def batches(desk: Desk) -> Batches:
    """Every batch that was loaded, the newest first, those that were taken back too."""
    held = [m for m in _landing(desk).manifests() if m.state != "landed"]
    return Batches(batches=tuple(_batch(manifest) for manifest in reversed(held)))


def batch(desk: Desk, batch_id: str) -> Batch:
    """One batch. Raises NotFoundError."""
    found = _landing(desk).find(batch_id)
    if found is None or found.state == "landed":
        raise unknown(_landing(desk), batch_id)
    return _batch(found)


def undo(desk: Desk, batch_id: str, progress: Progress = silent) -> UndoneBatch:
    """Take a batch back, all or nothing; it can be loaded again. Raises NotFoundError, BusyError."""
    desk.trail.note("import.undo", batch(desk, batch_id).batch_id)
    undone = take_back(desk.lake, batch_id, progress=progress)
    return UndoneBatch(
        batch=_batch(undone.batch), removed=undone.removed, restored=undone.restored, repeated=undone.repeated
    )


def undo_import(desk: Desk, run_id: str) -> ImportRun:
    """Take back the batch that an import loaded. Raises NotFoundError, ConflictError when it loaded none."""
    run = desk.runs.get(run_id)
    if run.batch_id is None:
        raise ConflictError(
            f"import {run_id} loaded nothing",
            "there is nothing to take back",
            zh=f"导入 {run_id} 没有写入数据",
            hint_zh="无需撤回",
            import_id=run_id,
            state=run.state,
        )
    undo(desk, run.batch_id)
    return marked(desk, run)


def marked(desk: Desk, run: ImportRun) -> ImportRun:
    """The run, with when its batch was taken back."""
    found = _landing(desk).find(run.batch_id) if run.batch_id else None
    if found is None or found.state != "undone":
        return run
    return run.model_copy(update={"undone_at": found.undone_at})


def all_marked(desk: Desk, page: ImportRuns) -> ImportRuns:
    """The same for a page of runs."""
    return page.model_copy(update={"runs": tuple(marked(desk, run) for run in page.runs)})


def _landing(desk: Desk) -> Landing:
    """The folder alone: to list it, the warehouse need not be opened."""
    return Landing(desk.workspace.landing)


def _batch(manifest: Manifest) -> Batch:
    return Batch(
        batch_id=manifest.batch_id,
        file_name=manifest.name,
        table=manifest.table,
        loaded_at=manifest.made_at,
        good=manifest.counts.good if manifest.counts else None,
        undone_at=manifest.undone_at if manifest.state == "undone" else None,
    )
