"""Days: which number is the day and which the month, where a file writes both as numbers."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from typing import cast, get_args

import duckdb

from titian.domain.mapping import DateOrder, Mapping
from titian.errors import InputError
from titian.warehouse import sql
from titian.warehouse.parsing.profile import Profile
from titian.warehouse.parsing.targets import Target

_SHOWN = {"dmy": "day-month-year", "mdy": "month-day-year", "ymd": "year-month-day"}
_SHOWN_ZH = {"dmy": "日-月-年", "mdy": "月-日-年", "ymd": "年-月-日"}


class DayOrderError(InputError):
    """Day and month can't be told apart; the mapping must say which comes first."""

    code = "day_order"


def day_orders(
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    targets: Sequence[Target],
    seen: Profile,
    mapping: Mapping,
    file: str,
    known: ReadOnly[str, DateOrder],
) -> dict[str, DateOrder]:
    """The order of day and month for each time column that needs one.

    What is known of a column counts, else the mapping's word; without either the values must settle it. Raises
    DayOrderError when they don't.
    """
    found: dict[str, DateOrder] = {}
    for target in targets:
        careful = target.column.kind in ("instant", "date") and not seen.looks[target.column.name].all_plain
        said = known.get(target.column.name, mapping.date_order)
        if careful and said:
            found[target.column.name] = said
        elif careful:
            found.update(_settled(connection, rows, target, file))
    return found


def _settled(connection: duckdb.DuckDBPyConnection, rows: str, target: Target, file: str) -> dict[str, DateOrder]:
    cell = sql.name(target.column.name)
    said = sql.statements("parsing/parsing.sql")
    row = connection.execute(said["orders_of_days"].format(cell=cell, rows=rows)).fetchone()
    if row is None or not row[3]:
        return {}
    fits = [cast(DateOrder, order) for order, fit in zip(("dmy", "mdy", "ymd"), row[:3], strict=True) if fit]
    if len(fits) == 1:
        return {target.column.name: fits[0]}
    example = connection.execute(said["example"].format(cell=cell, rows=rows)).fetchone()
    raise _unsettled(target, file, fits or list(get_args(DateOrder)), example[0] if example else "")


def _unsettled(target: Target, file: str, fits: list[DateOrder], example: str) -> DayOrderError:
    choices = " / ".join(f"{order} ({_SHOWN[order]})" for order in fits)
    choices_zh = " / ".join(f"{order}（{_SHOWN_ZH[order]}）" for order in fits)
    return DayOrderError(
        f"{file}, column {target.source!r}: day and month can't be told apart in values like {example!r}",
        f"say which it is with date_order (--date-order): {choices}",
        zh=f"{file} 的 {target.source!r} 列分不清日和月，例如 {example!r}",
        hint_zh=f"请用 date_order（--date-order）指明顺序：{choices_zh}",
        file=file,
        column=target.source,
        field="date_order",
        value=example,
        choices=list(fits),
    )
