"""Engine: what an analytical engine keeps for us between queries."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from titian.warehouse.tables import Table

_NAMES = itertools.count(1)
KEPT = 16
"""Relations that stay computed for the next question; what a caller still holds stays beside them."""


class KeptRelation:
    """A relation computed once and kept in the engine's memory until nobody holds it."""

    def __init__(self, name: str, forgotten: list[str]) -> None:
        self.name = name
        weakref.finalize(self, forgotten.append, name)


class Cache:
    """Computed relations of one engine, shared by all of its connections; the least recently used is let go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, KeptRelation] = OrderedDict()
        self._busy: dict[Hashable, threading.Lock] = {}
        self.forgotten: list[str] = []

    def get(self, key: Hashable) -> KeptRelation | None:
        """The relation kept under `key`, if any."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def making(self, key: Hashable) -> threading.Lock:
        """The lock under which `key` is computed, so that two threads don't compute it twice."""
        with self._lock:
            return self._busy.setdefault(key, threading.Lock())

    def put(self, key: Hashable, relation: KeptRelation) -> None:
        """Keep `relation` and let the oldest go."""
        with self._lock:
            self._kept[key] = relation
            self._busy.pop(key, None)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


class Engine:
    """One DuckDB connection behind Ibis, and the relations computed on its database so far."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, cache: Cache | None = None) -> None:
        self.connection = connection
        self.backend: Backend = ibis.duckdb.from_connection(connection)
        self._cache = cache or _new_cache(connection)

    def fork(self) -> Engine:
        """The same database on a connection of its own, for another thread."""
        return Engine(self.connection.cursor(), self._cache)

    def keep(self, key: Hashable, build: Callable[[], ir.Table]) -> tuple[ir.Table, KeptRelation]:
        """The relation under `key`, computed by `build` the first time; it lives as long as the second value does."""
        kept = self._cache.get(key)
        if kept is None:
            with self._cache.making(key):
                kept = self._cache.get(key) or self._compute(key, build())
        return self.backend.table(kept.name, database=("scratch", "main")), kept

    def empty(self, table: Table) -> ir.Table:
        """A canonical table without rows, for data that were never loaded."""
        columns = ", ".join(f"{column.name} {column.duckdb_type}" for column in table.columns)
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS scratch.main.no_{table.name} ({columns})")
        return self.backend.table(f"no_{table.name}", database=("scratch", "main"))

    def _compute(self, key: Hashable, expression: ir.Table) -> KeptRelation:
        while self._cache.forgotten:
            self.connection.execute(f"DROP TABLE IF EXISTS scratch.main.{self._cache.forgotten.pop()}")
        name = f"kept_{next(_NAMES)}"
        query = self.backend.compile(expression)
        self.connection.execute(f"CREATE TABLE scratch.main.{name} AS {query}")
        kept = KeptRelation(name, self._cache.forgotten)
        self._cache.put(key, kept)
        return kept


def _new_cache(connection: duckdb.DuckDBPyConnection) -> Cache:
    connection.execute("ATTACH IF NOT EXISTS ':memory:' AS scratch")
    return Cache()
