"""DuckDB: the engine inside this process, which the lake and frames from Python are read with."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from titian.errors import StorageError
from titian.warehouse.dialects import DUCKDB
from titian.warehouse.engine import Engine
from titian.warehouse.forms import Form, Written
from titian.warehouse.keeping import Cache, KeptRelation
from titian.warehouse.shelf import Shelf
from titian.warehouse.tables import Table

SCRATCH = ("scratch", "main")


class DuckDBBackend(Backend):
    """Ibis's DuckDB backend with our dialect."""

    compiler = DUCKDB


class DuckDBEngine(Engine):
    """One DuckDB connection behind Ibis; what is kept are tables of an in-memory database beside it."""

    key = "duckdb"

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, cache: Cache | None = None, shelf: Shelf | None = None
    ) -> None:
        self.connection = connection
        self.backend = DuckDBBackend.from_connection(connection)
        if cache is None:
            connection.execute("ATTACH IF NOT EXISTS ':memory:' AS scratch")
        self.cache = cache or Cache()
        self.shelf = shelf or Shelf()
        self._relations: WeakKeyDictionary[KeptRelation, ir.Table] = WeakKeyDictionary()

    def fork(self) -> DuckDBEngine:
        """The same database on a connection of its own."""
        return DuckDBEngine(self.connection.cursor(), self.cache, self.shelf)

    def relation(self, kept: KeptRelation) -> ir.Table:
        """What is kept never changes: DuckDB is asked for its columns once."""
        found = self._relations.get(kept)
        if found is None:
            found = self._relations[kept] = super().relation(kept)
        return found

    def fill(self, key: Hashable, form: Form) -> KeptRelation:
        """Tables are filled in by views of this connection, values by a variable of it."""
        about = (form.about, *(table.schema() for table in form.tables))
        written = self.cache.form(about)
        query = self.backend.compile(_blank(form)) if written is None else written.query
        kept = self.cache.get(key, partial(self._fill, form, query))
        if written is None:
            self.cache.put_form(about, Written(query, self.relation(kept).schema()))
        elif kept not in self._relations:
            named = ops.DatabaseTable(kept.name, written.columns, self.backend, ops.Namespace(*SCRATCH))
            self._relations[kept] = named.to_expr()
        return kept

    def empty(self, table: Table) -> ir.Table:
        """An empty table of the scratch database."""
        columns = ", ".join(f"{column.name} {column.duckdb_type}" for column in table.columns)
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS scratch.main.no_{table.name} ({columns})")
        return self.backend.table(f"no_{table.name}", database=SCRATCH)

    def adopt(self, table: ir.Table) -> ir.Table:
        """The table itself: tables of other connections are copied as frames are."""
        return table

    def interrupt(self) -> None:
        """Stop the query of this connection; a closed one has none."""
        with suppress(duckdb.ConnectionException):
            self.connection.interrupt()

    def close(self) -> None:
        """Close this connection."""
        self.connection.close()

    def explained(self, error: BaseException) -> StorageError | None:
        """Memory or disk that did not suffice."""
        if not isinstance(error, duckdb.OutOfMemoryException | duckdb.IOException):
            return None
        said = str(error).splitlines()[0]
        return StorageError(
            f"the computation ran out of room: {said}",
            "free memory and disk, or ask for less at once",
            zh=f"计算所需的内存或磁盘不足：{said}",
            hint_zh="请释放内存和磁盘空间，或缩小范围",
        )

    def save(self, kept: KeptRelation, path: Path) -> bool:
        """Written whole, in no order."""
        try:
            self.connection.table(f"scratch.main.{kept.name}").write_parquet(str(path), compression="lz4")
        except duckdb.InterruptException:
            raise
        except duckdb.Error:
            return False
        return True

    def saved(self, path: Path) -> KeptRelation | None:
        """Read into a table, so that the file may be replaced meanwhile."""
        try:
            return self.keep(("saved", str(path)), lambda: self.backend.read_parquet(str(path)))[1]
        except duckdb.InterruptException:
            raise
        except duckdb.Error:
            return None

    def _compute(self, name: str, expression: ir.Table) -> None:
        self._drop_forgotten()
        query = self.backend.compile(expression)
        self.connection.execute(f"CREATE TABLE scratch.main.{name} AS {query}")

    def _fill(self, form: Form, query: str, name: str) -> None:
        self._drop_forgotten()
        for number, table in enumerate(form.tables):
            self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {_TABLE}{number} AS FROM {table.get_name()}")
        self.connection.execute(f"SET VARIABLE {_VALUES} = ?", [form.values])
        self.connection.execute(f"CREATE TABLE scratch.main.{name} AS {query}")

    def _store(self, name: str, rows: pa.Table) -> None:
        self._drop_forgotten()
        self.connection.register("uploaded", rows)
        try:
            self.connection.execute(f"CREATE TABLE scratch.main.{name} AS FROM uploaded")
        finally:
            self.connection.unregister("uploaded")

    def _relation(self, name: str) -> ir.Table:
        return self.backend.table(name, database=SCRATCH)

    def _drop_forgotten(self) -> None:
        while self.cache.forgotten:
            self.connection.execute(f"DROP TABLE IF EXISTS scratch.main.{self.cache.forgotten.pop()}")


_TABLE, _VALUES = "form_table_", "form_values"


def _blank(form: Form) -> ir.Table:
    """The query of a form, of views and of a variable; DuckDB takes a variable's value before it plans a query."""
    kinds = {name: "timestamp" if isinstance(value, datetime) else "int64" for name, value in form.values.items()}
    read = ibis.udf.scalar.builtin(_variable, name="getvariable", signature=(("string",), dt.Struct(kinds)))
    values: ir.StructScalar = read(_VALUES)
    tables = [
        ibis.table(table.schema(), name=_TABLE + str(number), catalog="temp", database="main")
        for number, table in enumerate(form.tables)
    ]
    return form.write({name: values[name] for name in kinds}, *tables)


def _variable(said: str) -> object:
    """A variable of the connection; DuckDB's own function."""
