"""Intake: data handed in from Python, made into a Dataset."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import ibis.expr.types as ir

from titian.domain.meanings import Meanings
from titian.errors import InputError
from titian.warehouse.abilities import Ability
from titian.warehouse.alone import alone
from titian.warehouse.dataset import Dataset
from titian.warehouse.engine import Engine
from titian.warehouse.engines import engine_of, lives_elsewhere
from titian.warehouse.frames import Said, canonical
from titian.warehouse.handed import Frame
from titian.warehouse.placed import canonical_on

Tabular: TypeAlias = Dataset | Frame
"""A Dataset, or one frame of orders."""

DEFAULT_TIMEZONE = "UTC"
DEFAULT_CURRENCY = "CNY"
MEMORY_LIMIT = "4GB"
"""Twelve layerings of ten million orders take no longer in it than in five times as much."""


def dataset_of(
    tables: Mapping[str, Frame],
    *,
    timezone: str = DEFAULT_TIMEZONE,
    currency: str = DEFAULT_CURRENCY,
    mapping: Mapping[str, Said] | None = None,
    meanings: Mapping[str, str | Sequence[str]] | None = None,
    validate: bool = False,
    memory_limit: str = MEMORY_LIMIT,
) -> Dataset:
    """Canonical tables in an engine of their own, from frames or paths by table name.

    Ibis tables of an engine with an adapter stay there, all of them on the same; others are copied into this process,
    which keeps `memory_limit` of them and of what is computed, and the rest in files. Raises InputError when a needed
    column is neither there, nor mapped, nor guessed with confidence.
    """
    version, meant = f"frames-{uuid.uuid4().hex}", Meanings.of(meanings or {})
    elsewhere = [frame for frame in tables.values() if lives_elsewhere(frame)]
    if elsewhere:
        engine = engine_of(elsewhere[0])
        if validate:
            engine.need(Ability.CHECK)
        there = {
            name: _placed(engine, name, rows, (mapping or {}).get(name, {}), timezone) for name, rows in tables.items()
        }
        return Dataset(engine, there, timezone=timezone, currency=currency, version=version, meanings=meant)
    connection = alone(memory_limit)
    names = canonical(connection, tables, mapping or {}, timezone, validate)
    # Handed-in rows lie as they came, as a rule by time, which scans make use of; what is computed needs no order.
    connection.execute("SET preserve_insertion_order = false")
    return Dataset.on(connection, dict(names), timezone=timezone, currency=currency, version=version, meanings=meant)


def _placed(engine: Engine, name: str, rows: Frame, said: Said, zone: str) -> ir.Table:
    """A table that lives on `engine`, canonical there."""
    if not isinstance(rows, ir.Table) or not lives_elsewhere(rows):
        raise InputError(
            f"{name} is in this process, but other tables live on {engine.key}",
            "put all tables on the same engine first, for example with spark.createDataFrame(frame)",
            zh=f"{name} 在本进程中，而其他表在 {engine.key} 上",
            hint_zh="请先把所有表放到同一引擎上，例如用 spark.createDataFrame(frame)",
            table=name,
        )
    return canonical_on(engine, name, engine.adopt(rows), said, zone)


def as_dataset(data: Tabular) -> Dataset:
    """`data` itself if it is a Dataset, else a Dataset whose orders it is."""
    return data if isinstance(data, Dataset) else dataset_of({"orders": data})
