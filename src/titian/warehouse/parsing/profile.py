"""Profile: one scan that tells, for each mapped column, whether the plain reading fits every cell."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import duckdb

from titian.warehouse import sql
from titian.warehouse.parsing.targets import Target
from titian.warehouse.progress import Progress, silent, watched_row
from titian.warehouse.stages import CHECKING

EARLIEST = datetime(1970, 1, 1)
LATEST = datetime(2100, 1, 1)

PLAIN_ID = r"[0-9A-Za-z_#:/-]*"
PLAIN_MONEY = r"-?\d{1,14}(?:\.\d{1,4})?"
PLAIN_NUMBER = r"-?\d{1,15}(?:\.\d{1,15})?"
_WHOLE = r"\s*-?\d+(?:\.0*)?\s*"


@dataclass(frozen=True)
class Look:
    """What one column's cells are like."""

    filled: int
    plain: int
    low: datetime | Decimal | float | None
    high: datetime | Decimal | float | None
    whole_floats: bool
    """Ids only: every one is a whole number, and some are written like 17850.0."""

    @property
    def all_plain(self) -> bool:
        return self.filled == self.plain


@dataclass(frozen=True)
class Profile:
    """The number of rows and a look at each target's column."""

    rows: int
    looks: dict[str, Look]

    def clean(self, targets: Sequence[Target]) -> bool:
        """True when no row can have a fault, so that no row needs a second look; status words are seen elsewhere."""
        told = {target.column.name for target in targets}
        doubtful = "status" in told and "amount" in told and _below_zero(self.looks["amount"])
        return not doubtful and all(self._faultless(target) for target in targets)

    def _faultless(self, target: Target) -> bool:
        look = self.looks[target.column.name]
        if (target.needed or target.column.name == "amount") and look.filled < self.rows:
            return False
        return target.column.kind in ("text", "status") or (look.all_plain and _plausible(target, look))


def profile(
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    targets: Sequence[Target],
    temporal: Set[str] = frozenset(),
    progress: Progress = silent,
) -> Profile:
    """Look at every cell of the mapped columns once; `rows` is the query that gives them.

    `temporal` are the columns that are timestamps already.
    """
    measures = ", ".join(_temporal(t) if t.column.name in temporal else _measures(t) for t in targets)
    statement = sql.statements("parsing/parsing.sql")["measure"].format(measures=measures, rows=rows)
    found = watched_row(connection, statement, stage=CHECKING, rows=None, progress=progress)
    looks = {}
    for place, target in enumerate(targets):
        filled, plain, low, high, whole = found[1 + 5 * place : 6 + 5 * place]
        looks[target.column.name] = Look(filled, plain, low, high, bool(whole))
    return Profile(found[0], looks)


def _temporal(target: Target) -> str:
    cell = sql.name(target.column.name)
    return f"count({cell}), count({cell}), min({cell}), max({cell}), false"


def _measures(target: Target) -> str:
    """Filled cells, plain ones, their least and greatest value, and whether ids are whole floats."""
    cell = sql.name(target.column.name)
    nothing = "NULL, NULL"
    match target.column.kind:
        case "id":
            whole = f"bool_and(regexp_full_match({cell}, '{_WHOLE}')) AND bool_or(contains({cell}, '.'))"
            return f"count({cell}), count(*) FILTER (regexp_full_match({cell}, '{PLAIN_ID}')), {nothing}, {whole}"
        case "instant":
            return f"count({cell}), count(iso({cell})), min(iso({cell})), max(iso({cell})), false"
        case "money":
            return _numeric(cell, PLAIN_MONEY, "DECIMAL(18, 4)")
        case "number":
            return _numeric(cell, PLAIN_NUMBER, "DOUBLE")
        case "text":
            return f"count({cell}), 0, {nothing}, false"
        case _:
            return f"count({cell}), -1, {nothing}, false"


def _numeric(cell: str, plain: str, stored: str) -> str:
    read = f"TRY_CAST({cell} AS {stored})"
    fits = f"regexp_full_match({cell}, '{plain}')"
    return f"count({cell}), count({read}) FILTER ({fits}), min({read}), max({read}), false"


def _below_zero(look: Look) -> bool:
    return isinstance(look.low, Decimal) and look.low < 0


def _plausible(target: Target, look: Look) -> bool:
    if target.column.kind == "instant" and isinstance(look.low, datetime) and isinstance(look.high, datetime):
        return look.low >= EARLIEST and look.high < LATEST
    return True
