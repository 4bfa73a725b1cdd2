"""Engines: which adapters there are, each loaded only when data on its engine are met."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, cast

import ibis.expr.types as ir

from titian.errors import InputError
from titian.warehouse.engine import Engine, Reader


class Adapter(Protocol):
    """What the module of an adapter has."""

    def engine_of(self, table: ir.Table) -> Engine:
        """The engine that an Ibis table lives on."""

    def connect(self, address: str, options: Mapping[str, str]) -> Reader:
        """The engine at an address. Raises StorageError when nobody answers there."""


@dataclass(frozen=True)
class Entry:
    """An adapter: the scheme of its addresses, what Ibis calls its backend, its module, and the extra to install."""

    scheme: str
    backend: str
    module: str
    extra: str


ADAPTERS = (Entry("spark", "pyspark", "titian.warehouse.spark_connecting", "titian[spark]"),)


def lives_elsewhere(frame: object) -> bool:
    """Whether a table handed in lives and stays on an engine with an adapter; all else is copied into this process."""
    return isinstance(frame, ir.Table) and _entry(frame) is not None


def engine_of(table: ir.Table) -> Engine:
    """The engine on which such a table lives."""
    found = _entry(table)
    assert found is not None, "only of a table that lives elsewhere"
    return _loaded(found).engine_of(table)


def connect(address: str, options: Mapping[str, str]) -> Reader:
    """The engine at an address such as spark://host:7077. Raises InputError for a scheme that none has."""
    return _loaded(entry_of(address)).connect(address, options)


def entry_of(address: str) -> Entry:
    """The adapter for an address. Raises InputError that lists the schemes there are."""
    scheme = address.partition("://")[0]
    found = next((entry for entry in ADAPTERS if entry.scheme == scheme and "://" in address), None)
    if found is None:
        valid = ", ".join(f"{entry.scheme}://HOST:PORT" for entry in ADAPTERS)
        raise InputError(
            f"{address!r} is no warehouse",
            f"give an address such as {valid}, or leave it away for the warehouse in the workspace",
            zh=f"{address!r} 不是有效的数据仓库地址",
            hint_zh=f"请写成 {valid}；不写则使用工作区内的数据仓库",
            warehouse=address,
        )
    return found


def _entry(table: ir.Table) -> Entry | None:
    name = table.get_backend().name
    return next((entry for entry in ADAPTERS if entry.backend == name), None)


def _loaded(entry: Entry) -> Adapter:
    try:
        return cast("Adapter", importlib.import_module(entry.module))
    except ImportError as error:
        raise InputError(
            f"data on {entry.scheme} need a package that is not installed: {error.name}",
            f"install it with: pip install '{entry.extra}'",
            zh=f"读取 {entry.scheme} 上的数据需要安装 {error.name}",
            hint_zh=f"请运行：pip install '{entry.extra}'",
            package=error.name,
        ) from error
