"""Importing: a source looked at, confirmed and loaded, at once or by the worker."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import structlog
import yaml
from pydantic import ValidationError

from titian.app import aftermath, maintenance, masking, undoing
from titian.app.announcing import announce, follow_rules
from titian.app.answers.imports import Guess, ImportAsked, ImportResult, ImportRun, ImportRuns, RejectedRow
from titian.app.desk import Desk
from titian.app.guesses import guess_answer, guessed
from titian.app.recording import CancelledError, Recorder
from titian.app.runs import ENDED
from titian.app.settings import refused
from titian.domain.mapping import Mapping
from titian.errors import ConflictError, InputError, NotFoundError, TitianError
from titian.warehouse.importing import load as load_source
from titian.warehouse.progress import Progress
from titian.warehouse.report import Counts, LoadReport
from titian.warehouse.sources.database import masked
from titian.warehouse.sources.opening import open_source
from titian.warehouse.sources.source import Source

log = structlog.get_logger("titian.importing")


@dataclass(frozen=True)
class SourceAsked:
    """Where rows come from: a path or a database's address, and what the reader must know of it."""

    address: str
    name: str | None = None
    sheet: str | None = None
    query: str | None = None
    cursor: str | None = None
    since: str | None = None

    @property
    def shown(self) -> str:
        """The address without its password."""
        return masked(self.address)

    def open(self, mapping: Mapping | None) -> Source:
        """The source behind it. Raises InputError when there is nothing that can be read."""
        return open_source(
            self.address,
            name=self.name,
            sheet=self.sheet,
            query=self.query,
            cursor=self.cursor,
            since=self.since,
            mapping=mapping,
        )


def look(
    desk: Desk, asked: SourceAsked, table: str | None, said: Mapping | None, *, whole: bool = False, upload_id: str = ""
) -> Guess:
    """What a source seems to be, given what a person `said` of it: the `whole` mapping, or a part to go on from."""
    sample = asked.open(said).columns_and_samples()
    found = guessed(sample, table, desk.mappings.remembered(), said, whole=whole)
    return guess_answer(sample, found, upload_id)


def guess(desk: Desk, upload_id: str, table: str | None, mapping: Mapping | None) -> Guess:
    """What an uploaded file seems to be. Raises NotFoundError when it is gone."""
    upload = desk.uploads.get(upload_id)
    asked = SourceAsked(str(upload.path), name=upload.name)
    return look(desk, asked, table, mapping, whole=mapping is not None, upload_id=upload_id)


def load(desk: Desk, asked: SourceAsked, mapping: Mapping, *, strict: bool, progress: Progress) -> ImportRun:
    """Load a source now. Raises what stopped it; the run is written down either way."""
    run = _new_run(desk, asked.name or Path(asked.shown).name, mapping)
    with Recorder(desk.runs, run, progress) as recorder:
        return _carried_out(desk, recorder, _since_last(desk, asked, mapping), mapping, strict)


def start(desk: Desk, asked: ImportAsked, idempotency_key: str | None) -> ImportRun:
    """Let the worker load an uploaded file; the same key gives the same run. Raises NotFoundError, InputError."""

    def work() -> ImportRun:
        upload = desk.uploads.get(asked.upload_id)
        source = SourceAsked(str(upload.path), name=upload.name)
        return begin(desk, source, asked.mapping, strict=asked.strict, done=lambda: desk.uploads.remove(upload.id))

    return once(desk, idempotency_key, work)


def once(desk: Desk, idempotency_key: str | None, work: Callable[[], ImportRun]) -> ImportRun:
    """The run that `work` begins, or the one that was begun under this key before, as it stands now."""
    return desk.runs.get(desk.once.answer(idempotency_key, "import", lambda: work().id))


def begin(
    desk: Desk,
    source: SourceAsked,
    mapping: Mapping,
    *,
    strict: bool = False,
    done: Callable[[], None] = lambda: None,
) -> ImportRun:
    """Let the worker load a source, and do `done` when it is loaded, before that is told."""
    run = _new_run(desk, source.name or source.shown, mapping)
    recorder = Recorder(desk.runs, run, None)

    def job(stop: threading.Event) -> None:
        try:
            with recorder.stopped_by(stop):
                _carried_out(desk, recorder, source, mapping, strict, done)
        except CancelledError:
            pass
        except TitianError as error:
            log.warning("import refused", run=run.id, code=error.code, error=error.message)
        except Exception:
            log.exception("import failed", run=run.id)

    desk.worker.submit(run.id, job)
    return run


def _carried_out(
    desk: Desk,
    recorder: Recorder,
    asked: SourceAsked,
    mapping: Mapping,
    strict: bool,
    done: Callable[[], None] = lambda: None,
) -> ImportRun:
    source = asked.open(mapping)
    before = aftermath.standing(desk)
    zone = mapping.timezone or desk.workspace.settings.timezone
    report = load_source(desk.lake, source, mapping, strict=strict, zone=zone, progress=recorder)
    desk.mappings.remember(mapping)
    if report.rejects_path is not None:
        desk.runs.keep_rejects(recorder.run.id, report.rejects_path)
    result = _result(report, aftermath.changed(desk, before))
    announce(desk)
    follow_rules(desk)
    maintenance.tidy_daily(desk)
    # Whoever is told that it is done finds all of it done.
    done()
    return recorder.done(report.batch_id, result)


def _result(report: LoadReport, changed: aftermath.Changed) -> ImportResult:
    counts = report.model_dump(include=set(Counts.model_fields))
    rejects = tuple(
        RejectedRow(row=bad.row, column=bad.column, value=bad.value, reason=bad.reason) for bad in report.rejects
    )
    return ImportResult(
        **counts,
        notes=report.notes,
        rejects=rejects,
        layering=changed.layering,
        moves=changed.moves,
        entered=changed.entered,
    )


def _since_last(desk: Desk, asked: SourceAsked, mapping: Mapping) -> SourceAsked:
    """Where an incremental load goes on."""
    if asked.cursor is None or asked.since is not None:
        return asked
    name = asked.open(mapping).name
    return replace(asked, since=desk.lake.landing.last_cursor(name, mapping.table))


def _new_run(desk: Desk, name: str, mapping: Mapping) -> ImportRun:
    at = datetime.now(UTC)
    new = desk.runs.new_id(at)
    desk.trail.note("import.load", name, table=mapping.table, run=new)
    return ImportRun(
        id=new,
        batch_id=None,
        file_name=name,
        table=mapping.table,
        state="waiting",
        stage=None,
        rows_done=0,
        rows_total=None,
        rows_per_second=None,
        started_at=at,
        finished_at=None,
        result=None,
        error=None,
        mend=None,
    )


def runs(desk: Desk, cursor: str | None, limit: int) -> ImportRuns:
    """Imports, the newest first."""
    found = undoing.all_marked(desk, desk.runs.page(cursor, limit))
    return found.model_copy(update={"runs": tuple(masking.run_shown(one) for one in found.runs)})


def run(desk: Desk, run_id: str) -> ImportRun:
    """One import. Raises NotFoundError."""
    return masking.run_shown(undoing.marked(desk, desk.runs.get(run_id)))


def rejects(desk: Desk, run_id: str) -> tuple[Path, str]:
    """The rejects file of an import, and what to call it. Raises NotFoundError when no row was rejected."""
    found = desk.runs.get(run_id)
    path = desk.runs.rejects_path(run_id)
    if not path.is_file():
        raise NotFoundError(
            f"import {run_id} rejected no row",
            "there is nothing to download",
            zh=f"导入 {run_id} 没有被拒绝的行",
            hint_zh="无需下载",
            import_id=run_id,
        )
    return path, f"{Path(found.file_name).stem}-rejects.csv"


def copy_rejects(desk: Desk, run_id: str, to: Path) -> None:
    """Put the rejects file of an import where a person wants it. Raises StorageError."""
    copy_file(rejects(desk, run_id)[0], to)


def copy_file(path: Path, to: Path) -> None:
    """Copy a rejects file. Raises StorageError."""
    try:
        shutil.copyfile(path, to)
    except OSError as error:
        raise refused(to, error) from error


def cancel(desk: Desk, run_id: str) -> ImportRun:
    """Stop an import. Raises ConflictError when it has ended, or runs in another process."""
    found = desk.runs.get(run_id)
    if found.state in ENDED:
        raise ConflictError(
            f"import {run_id} has ended: {found.state}",
            "nothing is left to cancel",
            zh=f"导入 {run_id} 已结束",
            hint_zh="无需取消",
            state=found.state,
        )
    if not desk.worker.cancel(run_id):
        raise ConflictError(
            f"import {run_id} runs in another process",
            "stop it there, with Ctrl+C",
            zh=f"导入 {run_id} 正在另一个进程中运行",
            hint_zh="请在那里按 Ctrl+C 停止",
        )
    return found


def said_mapping(
    table: str | None,
    columns: dict[str, str],
    status: dict[str, str],
    *,
    date_order: str | None,
    timezone: str | None,
) -> Mapping | None:
    """What a person said of a source before it was looked at; None when nothing. Raises InputError."""
    if not (columns or status or date_order or timezone):
        return None
    given: dict[str, object] = {
        "columns": columns,
        "status_values": status,
        "date_order": date_order,
        "timezone": timezone,
    }
    return _checked(given | ({"table": table} if table else {}))


def read_mapping(path: Path) -> Mapping:
    """The mapping in a YAML file. Raises InputError."""
    try:
        held = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(
            f"{path} can't be read as a mapping",
            "give a YAML file with table and columns, as in definitions/mappings/ below parameters",
            zh=f"无法从 {path} 读取列对应关系",
            hint_zh="请给出含 table 和 columns 的 YAML 文件，格式同 definitions/mappings/ 中的 parameters",
            file=str(path),
        ) from error
    return _checked(held)


def with_column(mapping: Mapping, name: str, column: str) -> Mapping:
    """The mapping with one column said otherwise; an empty column takes it out."""
    columns = {key: value for key, value in mapping.columns.items() if key != name and value != column}
    return mapping.model_copy(update={"columns": {**columns, name: column} if column else columns})


def with_answer(mapping: Mapping, field: str, answer: str) -> Mapping:
    """The mapping with a question answered; `field` may be dotted: columns.customer_id. Raises InputError."""
    outer, dot, inner = field.partition(".")
    plain = mapping.model_dump()
    plain[outer] = {**plain[outer], inner: answer} if dot else answer
    return _checked(plain)


def _checked(given: object) -> Mapping:
    try:
        return Mapping.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{field}: {first['msg']}",
            "mend that option",
            zh=f"{field}：{first['msg']}",
            hint_zh="请修改该选项",
            field=field,
        ) from error
