"""Asking: questions about one customer, written as SQL once per state of the data and asked of one after another.

Writing the SQL of a layering takes ten times as long as DuckDB takes to answer it for one customer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Self

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from titian.app.remembered import Remembered
from titian.warehouse.dataset import Dataset
from titian.warehouse.engine_duckdb import DuckDBEngine

KEPT_QUESTIONS = 500
ALONE = "asked_row"


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def getvariable(variable: str) -> str:  # type: ignore[empty-body]
    """DuckDB's value of a variable of the connection."""


Write = Callable[[ir.StringValue], ir.Table]
"""Makes a question of the id that it is about."""

_ASKED: ir.StringValue = getvariable("asked_customer")


@dataclass(frozen=True)
class Question:
    """A query as DuckDB reads it, and the columns that come back."""

    sql: str
    columns: pa.Schema

    @classmethod
    def of(cls, engine: DuckDBEngine, expression: ir.Table) -> Self:
        """The question that an expression asks."""
        return cls(str(engine.backend.compile(expression)), expression.schema().to_pyarrow())

    def put_to(self, connection: duckdb.DuckDBPyConnection) -> pa.Table:
        """The answer."""
        return connection.execute(self.sql).to_arrow_table().cast(self.columns)


class Questions:
    """The questions that were written so far, shared by threads."""

    def __init__(self) -> None:
        self._written: Remembered[Question] = Remembered(KEPT_QUESTIONS)

    def ask(self, data: Dataset, customer_id: str, key: Hashable, write: Write) -> list[dict[str, object]]:
        """What `write` gives for one customer; `key` names the question in this state of the data.

        Where the data live on another engine than DuckDB, each question is written anew.
        """
        engine = data.engine
        if not isinstance(engine, DuckDBEngine):
            return data.execute(write(ibis.literal(customer_id)))
        engine.connection.execute("SET VARIABLE asked_customer = ?", [customer_id])
        found = self.put(engine.connection, (data.version, key), lambda: Question.of(engine, write(_ASKED)))
        rows: list[dict[str, object]] = found.to_pylist()
        return rows

    def alone(self, data: Dataset, customer_id: str, key: Hashable, rows: ir.Table) -> ir.Table:
        """The customer's row of everybody's, for questions that need no more; the same connection answers them.

        To find the row takes longer than to answer most of them. The next call on the connection replaces it; `key` names
        the rows in this state of the data.
        """
        engine = data.engine
        if not isinstance(engine, DuckDBEngine):
            return rows.filter(rows.customer_id == customer_id)
        write = lambda: Question.of(engine, rows.filter(rows.customer_id == _ASKED))  # noqa: E731
        found = self._written.get((data.version, ALONE, key), write)
        engine.connection.execute("SET VARIABLE asked_customer = ?", [customer_id])
        engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE {ALONE} AS {found.sql}")
        return ibis.table(rows.schema(), name=ALONE, catalog="temp", database="main")

    def put(self, connection: duckdb.DuckDBPyConnection, key: Hashable, write: Callable[[], Question]) -> pa.Table:
        """The answer to the question under `key`, written the first time."""
        try:
            return self._written.get(key, write).put_to(connection)
        except duckdb.CatalogException:
            # It was written for a relation that has been let go since.
            self._written.forget(key)
            return self._written.get(key, write).put_to(connection)
