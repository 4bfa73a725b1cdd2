"""Spark: a cluster that the team runs, for data that one machine does not hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlparse
from weakref import WeakKeyDictionary

import ibis.expr.datatypes as dt
import ibis.expr.schema as sch
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import pyspark as spoken
from ibis.common.graph import Node
from py4j.protocol import Py4JError
from pyspark import StorageLevel
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import TimestampType

from titian.errors import InputError, StorageError
from titian.warehouse.dialects import SPARK, SPARK_SETTINGS
from titian.warehouse.engine import Reader
from titian.warehouse.keeping import Cache, KeptRelation, new_name
from titian.warehouse.shelf import Shelf
from titian.warehouse.tables import Table


class SparkBackend(spoken.Backend):
    """Ibis's Spark backend with our dialect, whose results come as Arrow and whose instants know whether they have a zone."""

    compiler = SPARK
    tag = ""
    """Marks the jobs of one fork, so that they can be interrupted."""

    def get_schema(self, table_name: str, **place: Any) -> sch.Schema:
        """The columns; an instant (Spark's TIMESTAMP) has the zone UTC, a wall time (TIMESTAMP_NTZ) has none."""
        found = super().get_schema(table_name, **place)
        zoned = [field.name for field in self._session.table(table_name).schema if field.dataType == TimestampType()]
        return sch.Schema({**found, **{name: dt.Timestamp(timezone="UTC") for name in zoned}})

    @contextmanager
    def tagged(self) -> Iterator[None]:
        """Jobs that this thread starts inside have our tag."""
        context = self._session.sparkContext
        context.addJobTag(self.tag)
        try:
            yield
        finally:
            context.removeJobTag(self.tag)

    def to_pyarrow(self, expr: ir.Expr, /, **asked: Any) -> Any:
        """Rows straight from the executors; by way of pandas whole numbers with gaps would lose digits."""
        self._run_pre_execute_hooks(expr)
        table = expr.as_table()
        with self.tagged():
            found = self._session.sql(self.compile(table, **asked)).toArrow()
        return expr.__pyarrow_result__(found.cast(table.schema().to_pyarrow()))


class SparkEngine(Reader):
    """A Spark session of our own beside the one handed in: settings and views are ours, data and machines are shared.

    What is kept is held by the executors, in memory and on their disks, and let go when nothing reads it any more.
    """

    key = "spark"

    def __init__(self, session: SparkSession, cache: Cache | None = None, shelf: Shelf | None = None) -> None:
        self.session = session if cache else _own(session)
        self.backend = SparkBackend()
        self.backend.tag = new_name("titian")
        SparkBackend.register_options()
        self.backend.do_connect(self.session)
        self.cache = cache or Cache()
        self.shelf = shelf or Shelf()
        self._shared: WeakKeyDictionary[Node, KeptRelation] = WeakKeyDictionary()

    def fork(self) -> SparkEngine:
        """The same session, which threads may share, with a tag of its own on its jobs."""
        return SparkEngine(self.session, self.cache, self.shelf)

    def empty(self, table: Table) -> ir.Table:
        """A view without rows."""
        columns = sch.Schema({column.name: column.ibis_type for column in table.columns})
        frame = self.session.createDataFrame(columns.to_pyarrow().empty_table())
        return self._seen(frame, f"no_{table.name}")

    def adopt(self, table: ir.Table) -> ir.Table:
        """A view of ours on an Ibis table of any session of the same application."""
        theirs = table.get_backend()
        theirs._run_pre_execute_hooks(table)
        name = new_name("adopted")
        theirs._session.sql(theirs.compile(table)).createGlobalTempView(name)
        try:
            return self._seen(self.session.table(f"global_temp.{name}"), name)
        finally:
            self.session.catalog.dropGlobalTempView(name)

    def read(self, place: str) -> ir.Table:
        """Parquet files at a path or address, or a table of the catalogue. Raises InputError when there is none."""
        return self._seen(self._frame(place), new_name("read"))

    def state(self, places: Mapping[str, str]) -> str:
        """The files of these tables: Spark writes new ones with every change; local ones are looked at closer."""
        files = {name: sorted(map(_stamp, self._frame(place).inputFiles())) for name, place in places.items()}
        return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]

    def _frame(self, place: str) -> DataFrame:
        is_path = "/" in place or place.endswith(".parquet")
        try:
            return self.session.read.parquet(place) if is_path else self.session.table(place)
        except AnalysisException as error:
            said = str(error).splitlines()[0]
            raise InputError(
                f"Spark finds no table at {place!r}: {said}",
                "give a path that every worker can read, or a name such as shop.orders",
                zh=f"Spark 找不到表 {place!r}：{said}",
                hint_zh="请给出所有 worker 都能读取的路径，或 shop.orders 这样的表名",
                table=place,
            ) from error

    def interrupt(self) -> None:
        """Stop the jobs with our tag."""
        self.session.sparkContext.cancelJobsWithTag(self.backend.tag)

    def close(self) -> None:
        """Nothing: the session is shared by all forks and ends with the process."""

    def explained(self, error: BaseException) -> StorageError | None:
        """A cluster that failed or went away."""
        if not isinstance(error, PySparkException | Py4JError):
            return None
        said = _cause(error)
        return StorageError(
            f"Spark could not compute this: {said}",
            "look whether the cluster is up and has free cores, then try again",
            zh=f"Spark 未能完成计算：{said}",
            hint_zh="请检查集群是否在运行、是否有空闲核心，然后重试",
        )

    def shared(self, expression: ir.Table) -> ir.Table:
        """Kept while any query reads it: Spark writes out what a query names twice twice, and so twice as often each step on."""
        rows, kept = self.keep(new_name("shared"), lambda: expression)
        self._shared[rows.op()] = kept
        return rows

    def _compute(self, name: str, expression: ir.Table) -> None:
        self.backend._run_pre_execute_hooks(expression)
        self._cached(self.session.sql(self.backend.compile(expression)), name)

    def _store(self, name: str, rows: pa.Table) -> None:
        self._cached(self.session.createDataFrame(rows), name)

    def _cached(self, frame: DataFrame, name: str) -> None:
        catalog = self.session.catalog
        while self.cache.forgotten:
            catalog.dropTempView(self.cache.forgotten.pop())
        # A cached table would remember how it was made, and Spark would plan all of that again with every table made of it.
        with self.backend.tagged():
            kept = frame.localCheckpoint(eager=True, storageLevel=StorageLevel.MEMORY_AND_DISK)
        kept.createOrReplaceTempView(name)

    def _relation(self, name: str) -> ir.Table:
        return self.backend.table(name)

    def _seen(self, frame: DataFrame, name: str) -> ir.Table:
        frame.createOrReplaceTempView(name)
        return self.backend.table(name)


def _cause(error: BaseException) -> str:
    """The line that says why: the last cause of a trace from Java, else the first line."""
    lines = str(error).splitlines() or [type(error).__name__]
    return next((line for line in reversed(lines) if line.startswith("Caused by: ")), lines[0]).removeprefix(
        "Caused by: "
    )


def _own(session: SparkSession) -> SparkSession:
    """A new session of the same application with the same settings, but for those that change what numbers mean."""
    own = session.newSession()
    for name, value in session.conf.getAll.items():
        if name.startswith("spark.sql.") and own.conf.isModifiable(name):
            own.conf.set(name, value)
    for name, value in SPARK_SETTINGS.items():
        own.conf.set(name, value)
    return own


def _stamp(address: str) -> tuple[str, int, int]:
    """A file by its name and, where it is on this machine, size and time of writing."""
    parsed = urlparse(address)
    try:
        found = os.stat(unquote(parsed.path)) if parsed.scheme == "file" else None
    except OSError:
        found = None
    return (address, 0, 0) if found is None else (address, found.st_size, found.st_mtime_ns)
