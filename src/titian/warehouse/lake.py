"""Lake: the workspace's warehouse, DuckLake on a SQLite catalogue and Parquet files, read by many processes at once."""

from __future__ import annotations

import os
import shutil
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

import duckdb

from titian.errors import DamagedError, StorageError
from titian.warehouse import attaching, buckets, damage, event_days, locking
from titian.warehouse.landing import Landing, Manifest
from titian.warehouse.progress import Progress, silent
from titian.warehouse.replay import replay
from titian.warehouse.tables import TABLES

MEMORY_LIMIT = "1200MB"
KEEP_DAYS = 7


class Lake:
    """An open warehouse. Reading needs no lock; whoever writes holds `write_lock`.

    A catalogue or file that is missing or can not be read is noticed on opening (and by `watched` on use): the
    warehouse is moved aside as `warehouse.damaged-<time>` and built again from the landing; `notice` then says so.
    """

    def __init__(
        self,
        workspace: Path,
        connection: duckdb.DuckDBPyConnection,
        scratch: Path,
        memory_limit: str,
        zone: str | None = None,
    ) -> None:
        self.workspace = workspace
        self.zone = zone
        """Whose days events are counted by, beside the events; without one they are not."""
        self.landing = Landing(workspace / "landing")
        self.notice: DamagedError | None = None
        self._connection = connection
        self._scratch = scratch
        self._memory_limit = memory_limit
        self._attached: tuple[int, int] | None = None
        self._retired: list[duckdb.DuckDBPyConnection] = []
        self._guard = threading.RLock()

    @property
    def warehouse(self) -> Path:
        return self.workspace / "warehouse"

    @property
    def catalogue(self) -> Path:
        return self.warehouse / "catalog.sqlite"

    @classmethod
    def open(
        cls,
        workspace: Path,
        *,
        zone: str | None = None,
        read_only: bool = False,
        memory_limit: str = MEMORY_LIMIT,
        progress: Progress = silent,
    ) -> Lake:
        """Open the warehouse of the workspace folder, making it when there is none and rebuilding a damaged one.

        `read_only` never makes, mends or rebuilds: a damaged or missing warehouse is a DamagedError then.
        """
        workspace = Path(workspace).resolve()
        scratch = workspace / ".scratch" / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        lake = cls(workspace, attaching.fresh(scratch, memory_limit), scratch, memory_limit, zone)
        try:
            lake._attach_or_mend(read_only, progress)
        except BaseException as error:
            lake.close()
            if isinstance(error, duckdb.Error) and damage.says_full(str(error)):
                raise storage(error) from error
            raise
        return lake

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A new connection of this process, with the warehouse attached as `lake` and its tables there."""
        with self._guard:
            if attaching.identity(self.catalogue) != self._attached and self.catalogue.exists():
                self._reattach()
            return self._connection.cursor()

    def version(self) -> str:
        """What the warehouse holds now: it changes with every commit, also by another process, and with a rebuild."""
        connection = self.connection()
        try:
            return attaching.retried(lambda: attaching.version(connection))
        finally:
            connection.close()

    @contextmanager
    def write_lock(self, purpose: str = "writing", timeout: float = locking.WAIT_SECONDS) -> Iterator[None]:
        """Hold the right to write. Raises BusyError that names the holder after `timeout` seconds."""
        with locking.write_lock(self.workspace, purpose, timeout):
            yield

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Run queries inside; where stored files turn out damaged, rebuild and raise DamagedError: then run again."""
        try:
            yield
        except duckdb.Error as error:
            if not damage.looks_like(error, self.warehouse):
                raise
            raise self._mended(str(error).splitlines()[0]) from error

    def tidy(self, keep_days: int = KEEP_DAYS) -> None:
        """Join small files, forget snapshots older than `keep_days` and delete files that nothing needs any more."""
        before = datetime.now(UTC) - timedelta(days=keep_days)
        with self.write_lock("tidying"):
            connection = self.connection()
            try:
                buckets.gather(connection)
                attaching.tidy(connection, before)
            finally:
                connection.close()
            attaching.sweep(self.workspace / ".scratch")

    def mend(self, reason: str, progress: Progress = silent) -> DamagedError:
        """Move the warehouse aside and build it again from the landing. Returns, and keeps as `notice`, what was done.

        Call it with the write lock held.
        """
        fresh = self._built(progress)
        with self._guard:
            aside = damage.move_aside(self.warehouse)
            self._put_in_place(fresh)
        self.notice = damage.rebuilt(aside, reason, len(self.landing.committed()))
        return self.notice

    def rebuild(self, progress: Progress = silent) -> int:
        """Build the warehouse again from the landing, in place of the one there; returns the number of batches.

        Until the new one is whole the old one stays. Raises BusyError when another writer holds on.
        """
        with self.write_lock("rebuilding the warehouse"):
            self.reconcile()
            return self.renew(progress)

    def renew(self, progress: Progress = silent) -> int:
        """The same, for whoever holds the write lock."""
        fresh = self._built(progress)
        with self._guard:
            aside = damage.move_aside(self.warehouse)
            self._put_in_place(fresh)
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
        return len(self.landing.committed())

    def reconcile(self) -> None:
        """Settle in the landing what a crash left half noted. Call it with the write lock held."""
        connection = self.connection()
        try:
            self.landing.reconcile(attaching.retried(lambda: attaching.held(connection)))
        finally:
            connection.close()

    @contextmanager
    def apart(self, batches: Sequence[Manifest], progress: Progress = silent) -> Iterator[Path]:
        """The folder of a warehouse of its own, made of these batches only, as long as the context lasts."""
        made = self._built(progress, batches)
        try:
            yield made
        finally:
            shutil.rmtree(made.parent, ignore_errors=True)

    def check(self, progress: Progress = silent) -> None:
        """Mend the warehouse if its catalogue or files are damaged. Call it with the write lock held."""
        with self._guard:
            reason = self._trouble()
        if reason is not None:
            self.mend(reason, progress)

    def close(self) -> None:
        """Close this process's connections and remove its temporary files."""
        for connection in (*self._retired, self._connection):
            with suppress(duckdb.Error):
                connection.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Lake:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _attach_or_mend(self, read_only: bool, progress: Progress) -> None:
        if not self.catalogue.exists() and not damage.expected(self.warehouse, self.landing):
            self._first(read_only)
            return
        reason = self._trouble()
        if reason is None:
            return
        if read_only:
            raise damage.unreadable(self.warehouse, reason)
        with self.write_lock("rebuilding the warehouse"):
            self.check(progress)

    def _mended(self, reason: str) -> DamagedError:
        """Mend after a query failed, unless another process has mended it meanwhile."""
        before = self._attached
        with self.write_lock("rebuilding the warehouse"):
            if attaching.identity(self.catalogue) in (before, None):
                return self.mend(reason)
            self._reattach()
            return damage.rebuilt(None, reason, len(self.landing.committed()))

    def _first(self, read_only: bool) -> None:
        if read_only:
            raise damage.unreadable(self.warehouse, "there is no catalogue yet")
        with self.write_lock("making the warehouse"):
            self._make()

    def _trouble(self) -> str | None:
        """Attach the warehouse and say what is wrong with it, if anything. Raises StorageError for a full disk."""
        if not self.catalogue.exists():
            return f"{self.catalogue.name} is missing"
        reason = damage.broken_catalogue(self.catalogue)
        if reason is not None and damage.says_full(reason):
            # What can't be written is not broken, and to build it anew would need more room.
            raise storage(OSError(reason))
        if reason is not None:
            return reason
        try:
            if attaching.identity(self.catalogue) != self._attached:
                self._reattach()
            kept = event_days.tables_there(self._connection)
            return damage.broken_file(self._connection, (*TABLES, *kept)) or self._incomplete()
        except duckdb.Error as error:
            if attaching.is_busy(error) or damage.says_full(str(error)):
                raise
            return str(error).splitlines()[0]

    def _incomplete(self) -> str | None:
        """A rebuild that was cut short leaves batches out."""
        held = attaching.retried(lambda: attaching.held(self._connection))
        missing = [m.batch_id for m in self.landing.committed() if m.batch_id not in held]
        return f"batch {missing[0]} is in landing/ but not in the warehouse" if missing else None

    def _reattach(self) -> None:
        """Attach the catalogue that is there now; connections handed out before keep the one they have."""
        first = self._attached is None
        fresh = self._connection if first else attaching.fresh(self._scratch, self._memory_limit)
        attaching.retried(lambda: attaching.attach(fresh, self.catalogue, self.warehouse / "data"))
        attaching.complete(fresh)
        if not first:
            self._retired.append(self._connection)
            self._connection = fresh
        self._attached = attaching.identity(self.catalogue)

    def _built(self, progress: Progress, batches: Sequence[Manifest] | None = None) -> Path:
        """A new warehouse beside the one in place: of all batches that stand, or of these."""
        folder = self.workspace / ".scratch" / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        connection = attaching.fresh(folder / "spill", self._memory_limit)
        try:
            _made(connection, folder / "warehouse")
            replay(connection, self.landing, progress, batches)
            if batches is None and self.zone is not None:
                event_days.count(connection, self.zone)
        except BaseException:
            connection.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        connection.close()
        return folder / "warehouse"

    def _put_in_place(self, fresh: Path) -> None:
        os.replace(fresh, self.warehouse)
        shutil.rmtree(fresh.parent, ignore_errors=True)
        self._reattach()

    def _make(self) -> None:
        try:
            _made(self._connection, self.warehouse)
        except OSError as error:
            raise storage(error) from error
        self._attached = attaching.identity(self.catalogue)


def _made(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """An empty warehouse in a new folder, attached to the connection."""
    (warehouse / "data").mkdir(parents=True, exist_ok=True)
    attaching.retried(lambda: attaching.attach(connection, warehouse / "catalog.sqlite", warehouse / "data"))
    attaching.make_tables(connection)


def storage(error: Exception) -> StorageError:
    """A disk that is full or refuses, in words."""
    return StorageError(
        f"the disk refused: {str(error).splitlines()[0]}",
        "free some space or mend the permissions, then run this again; the warehouse is as it was before",
        zh=f"磁盘写入失败：{str(error).splitlines()[0]}",
        hint_zh="请腾出空间或修正权限后重试；数据仓库保持原样",
    )
