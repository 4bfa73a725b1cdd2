"""Naming: which columns of rows handed in are which canonical ones, by their own names or as a mapping says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from titian.errors import InputError
from titian.warehouse.parsing.targets import LINE_COLUMNS, allowed
from titian.warehouse.tables import table


def named(name: str, columns: Sequence[str], said: Mapping[str, str]) -> dict[str, str]:
    """What is `said`, completed by columns with canonical names, whatever their case; by canonical name."""
    chosen = dict(said)
    by_name = {column.casefold(): column for column in reversed(columns)}
    for column in allowed(name):
        source = by_name.get(column.name)
        if column.name not in chosen and source is not None and source not in chosen.values():
            chosen[column.name] = source
    return chosen


def missing(name: str, chosen: Mapping[str, str]) -> list[str]:
    """The columns that the table called `name` can't do without and that nothing fills."""
    lines = all(column in chosen for column in LINE_COLUMNS)
    return [
        c.name
        for c in table(name).columns
        if c.required and c.name not in chosen and not (name == "orders" and c.name == "amount" and lines)
    ]


def lacking(name: str, columns: Sequence[str], missing: list[str]) -> InputError:
    """What to say when columns are missing."""
    listed, there = ", ".join(missing), ", ".join(columns)
    example = f'mapping={{"{name}": {{"{missing[0]}": "COLUMN"}}}}'
    example_zh = f'mapping={{"{name}": {{"{missing[0]}": "列名"}}}}'
    return InputError(
        f"{name}: no column is surely the {listed}",
        f"say which it is, for example {example}; the columns are: {there}",
        zh=f"{name} 数据中无法确定哪一列是 {'、'.join(missing)}",
        hint_zh=f"请指明，例如 {example_zh}；现有的列：{there}",
        table=name,
        missing=missing,
        columns=list(columns),
    )
