"""Intake: data handed in from Python, made into a Dataset."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import duckdb

from titian.domain.meanings import Meanings
from titian.warehouse.dataset import Dataset
from titian.warehouse.frames import Said, canonical
from titian.warehouse.handed import Frame

Tabular: TypeAlias = Dataset | Frame
"""A Dataset, or one frame of orders."""

DEFAULT_TIMEZONE = "UTC"
DEFAULT_CURRENCY = "CNY"


def dataset_of(
    tables: Mapping[str, Frame],
    *,
    timezone: str = DEFAULT_TIMEZONE,
    currency: str = DEFAULT_CURRENCY,
    mapping: Mapping[str, Said] | None = None,
    meanings: Mapping[str, str | Sequence[str]] | None = None,
    validate: bool = False,
) -> Dataset:
    """Canonical tables in an engine of their own, from frames or paths by table name.

    Raises InputError when a needed column is neither there, nor mapped, nor guessed with confidence.
    """
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar_print = false")
    names = canonical(connection, tables, mapping or {}, timezone, validate)
    return Dataset.on(
        connection,
        dict(names),
        timezone=timezone,
        currency=currency,
        version=f"frames-{uuid.uuid4().hex}",
        meanings=Meanings.of(meanings or {}),
    )


def as_dataset(data: Tabular) -> Dataset:
    """`data` itself if it is a Dataset, else a Dataset whose orders it is."""
    return data if isinstance(data, Dataset) else dataset_of({"orders": data})
