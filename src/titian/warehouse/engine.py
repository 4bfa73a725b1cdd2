"""Engine: what the house needs of an analytical engine; each engine has an adapter in a file of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.sql import SQLBackend

from titian.domain.words import Words
from titian.errors import InputError, TitianError
from titian.warehouse.abilities import LIMITS, NAMES, Ability
from titian.warehouse.forms import Form
from titian.warehouse.keeping import Cache, KeptRelation, new_name
from titian.warehouse.shelf import Shelf
from titian.warehouse.tables import Table


class Engine(ABC):
    """Where tables live and expressions are computed.

    `backend` is the Ibis backend that its tables are bound to. It speaks the engine's own way (`dialects`), so that an
    expression means the same on every engine. Computed relations are kept once for an engine and all of its forks.
    """

    key: ClassVar[str]
    """The engine in the table of `abilities`."""

    backend: SQLBackend
    cache: Cache
    shelf: Shelf

    @property
    def limits(self) -> Mapping[Ability, Words]:
        """What it can't do, each with the reason."""
        return LIMITS[self.key]

    def need(self, ability: Ability) -> None:
        """Raise InputError, with the reason, when the engine can't do this."""
        if ability in self.limits:
            raise self.refusal(ability)

    def refusal(self, ability: Ability) -> InputError:
        """What to say when somebody asks for something that the engine can't do."""
        what, reason = NAMES[ability], self.limits[ability]
        return InputError(
            f"{what.en} is not possible where the data live on {self.key}: {reason.en}",
            "see docs/reference/engines.md for what each engine can do",
            zh=f"数据在 {self.key} 上时不支持{what.zh}：{reason.zh}",
            hint_zh="各引擎支持的功能见 docs/reference/engines.md",
            engine=self.key,
            ability=ability.value,
        )

    def keep(self, key: Hashable, build: Callable[[], ir.Table]) -> tuple[ir.Table, KeptRelation]:
        """The relation under `key`, computed by `build` the first time; it lives as long as the second value does."""
        kept = self.cache.get(key, lambda name: self._compute(name, build()))
        return self.relation(kept), kept

    def fill(self, key: Hashable, form: Form) -> KeptRelation:
        """The same for a form; an engine whose queries are quick to ask writes it once."""
        values = {name: ibis.literal(value) for name, value in form.values.items()}
        return self.keep(key, lambda: form.write(values, *form.tables))[1]

    def relation(self, kept: KeptRelation) -> ir.Table:
        """What is kept, as this fork sees it."""
        return self._relation(kept.name)

    def upload(self, key: Hashable, build: Callable[[], pa.Table]) -> tuple[ir.Table, KeptRelation]:
        """The same for rows that are made outside of the engine, such as ranks over links."""
        kept = self.cache.get(key, lambda name: self._store(name, build()))
        return self.relation(kept), kept

    def shared(self, expression: ir.Table) -> ir.Table:
        """The same for a query that reads it several times: it is computed once, as one step of the query by itself."""
        return expression.alias(new_name("shared"))

    def arrow(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression, of the types that Ibis says."""
        found: pa.Table = self.backend.to_pyarrow(expression)
        return found

    def batches(self, expression: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """The same a few rows at a time."""
        yield from self.backend.to_pyarrow_batches(expression, chunk_size=rows)

    def sql(self, expression: ir.Table) -> str:
        """The query, readable."""
        return str(self.backend.compile(expression, pretty=True))

    def save(self, kept: KeptRelation, path: Path) -> bool:  # noqa: ARG002
        """Write what is kept to a Parquet file of this machine; False where that failed or the engine does not."""
        return False

    def saved(self, path: Path) -> KeptRelation | None:  # noqa: ARG002
        """What was written by `save`, kept again; None where it can't be read."""
        return None

    @abstractmethod
    def fork(self) -> Engine:
        """The same engine for another thread, which can be interrupted and closed on its own."""

    @abstractmethod
    def empty(self, table: Table) -> ir.Table:
        """A canonical table without rows, for data that were never handed in."""

    @abstractmethod
    def adopt(self, table: ir.Table) -> ir.Table:
        """A table that already lives on this engine, bound to `backend`; its rows stay where they are."""

    @abstractmethod
    def interrupt(self) -> None:
        """Stop what this fork computes, from another thread."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what this fork holds; the others go on."""

    @abstractmethod
    def explained(self, error: BaseException) -> TitianError | None:
        """An error of the engine in words, when it lacked room or could not be reached."""

    @abstractmethod
    def _compute(self, name: str, expression: ir.Table) -> None:
        """Compute an expression and keep the rows under `name`; drop what was forgotten."""

    @abstractmethod
    def _store(self, name: str, rows: pa.Table) -> None:
        """Keep these rows under `name`."""

    @abstractmethod
    def _relation(self, name: str) -> ir.Table:
        """What is kept under `name`."""


class Reader(Engine):
    """An engine that finds tables by itself, so that a workspace may name them."""

    @abstractmethod
    def read(self, place: str) -> ir.Table:
        """The table at a path, an address or a name. Raises InputError when there is none."""

    @abstractmethod
    def state(self, places: Mapping[str, str]) -> str:
        """What names the state of the tables at these places, the same as long as nobody writes them."""
