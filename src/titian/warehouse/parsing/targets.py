"""Targets: the canonical columns that a mapping fills, checked against the columns that the source has."""

from __future__ import annotations

from dataclasses import dataclass

from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.errors import InputError
from titian.warehouse.tables import ORDER_ITEMS, ORDERS, STATUSES, Column, table

PAID_AT = Column("paid_at", "instant", Words(zh="付款时间", en="paid at"))
"""Not stored: an order whose payment time is mapped but empty, and whose status is not told, is unpaid."""

LINE_COLUMNS = ("quantity", "unit_price")
ITEM_COLUMNS = tuple(c for c in ORDER_ITEMS.columns if c.name not in {c.name for c in ORDERS.columns})
MAY_LACK_CUSTOMER = ("orders", "events")


@dataclass(frozen=True)
class Target:
    """One canonical column and the source column that fills it."""

    column: Column
    source: str
    needed: bool
    """A row without a value here is turned away."""


def allowed(name: str) -> tuple[Column, ...]:
    """The columns that a mapping for the table called `name` may fill; those of orders include those of its lines."""
    extra = (PAID_AT, *ITEM_COLUMNS) if name == "orders" else ()
    return (*table(name).columns, *extra)


def is_lines(mapping: Mapping) -> bool:
    """True when each row is one line of an order rather than an order."""
    return mapping.table == "orders" and all(column in mapping.columns for column in LINE_COLUMNS)


def targets(mapping: Mapping, columns: tuple[str, ...], file: str) -> tuple[Target, ...]:
    """The mapping's targets in canonical order. Raises InputError when the mapping does not fit the source."""
    known = allowed(mapping.table)
    _check_names(mapping, tuple(c.name for c in known), columns, file)
    _check_twice(mapping, file)
    _check_required(mapping, columns, file)
    _check_statuses(mapping)
    return tuple(Target(c, mapping.columns[c.name], _needed(mapping, c)) for c in known if c.name in mapping.columns)


def _needed(mapping: Mapping, column: Column) -> bool:
    if column.name == "customer_id":
        return mapping.table not in MAY_LACK_CUSTOMER
    if is_lines(mapping) and column.name in (*LINE_COLUMNS, "order_id"):
        return True
    own_key = column.name in table(mapping.table).key
    return (column.required and column.name != "amount") or own_key


def _check_names(mapping: Mapping, known: tuple[str, ...], columns: tuple[str, ...], file: str) -> None:
    for target, source in mapping.columns.items():
        if target not in known:
            raise InputError(
                f"{mapping.table} has no column {target!r}",
                f"map to one of: {', '.join(known)}",
                zh=f"{mapping.table} 没有 {target!r} 这一列",
                hint_zh=f"可以对应到：{', '.join(known)}",
                column=target,
                valid=list(known),
            )
        if source not in columns:
            raise InputError(
                f"{file} has no column {source!r}, which is mapped to {target}",
                f"its columns are: {', '.join(columns)}",
                zh=f"{file} 没有 {source!r} 这一列（对应 {target}）",
                hint_zh=f"文件中的列有：{', '.join(columns)}",
                file=file,
                column=source,
                target=target,
                valid=list(columns),
            )


def _check_twice(mapping: Mapping, file: str) -> None:
    taken: dict[str, str] = {}
    for target, source in mapping.columns.items():
        if source in taken:
            raise InputError(
                f"column {source!r} of {file} is mapped to both {taken[source]} and {target}",
                "map each column of the file to one target only",
                zh=f"{file} 的 {source!r} 列同时对应了 {taken[source]} 和 {target}",
                hint_zh="文件中的每一列只能对应一个目标列",
                file=file,
                column=source,
                targets=[taken[source], target],
            )
        taken[source] = target


def _check_required(mapping: Mapping, columns: tuple[str, ...], file: str) -> None:
    lines = is_lines(mapping)
    missing = [
        c
        for c in table(mapping.table).columns
        if c.required and c.name not in mapping.columns and not (lines and c.name == "amount")
    ]
    if not missing:
        return
    names = ", ".join(c.name for c in missing)
    free = ", ".join(c for c in columns if c not in mapping.columns.values()) or "-"
    first = missing[0].name
    raise InputError(
        f"{file}: no column is mapped to {names}, which {mapping.table} need",
        f"name the column that holds it, for example --map {first}=COLUMN; not mapped yet: {free}",
        zh=f"{file} 缺少 {mapping.table} 必需的列：{'、'.join(f'{c.words.zh}（{c.name}）' for c in missing)}",
        hint_zh=f"请指出由哪一列提供，例如 --map {first}=列名；尚未对应的列：{free}",
        file=file,
        missing=[c.name for c in missing],
        columns=list(columns),
    )


def _check_statuses(mapping: Mapping) -> None:
    wrong = sorted(set(mapping.status_values.values()) - set(STATUSES))
    if wrong:
        raise InputError(
            f"status {wrong[0]!r} is none of the statuses",
            f"each of your words means one of: {', '.join(STATUSES)}",
            zh=f"{wrong[0]!r} 不是有效的状态",
            hint_zh=f"每个状态词须对应：{'、'.join(STATUSES)}",
            given=wrong[0],
            valid=list(STATUSES),
        )
