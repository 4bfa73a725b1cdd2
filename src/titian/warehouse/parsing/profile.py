"""Profile: one scan that tells, for each mapped column, whether the plain reading fits every cell."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

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
    low: datetime | None = None
    high: datetime | None = None
    """Instants: the earliest and the latest of those in the plain form, as they are written."""
    whole_floats: bool = False
    """Ids: every one is a whole number, and some are written like 17850.0."""
    minus: bool = False
    """Amounts and numbers: some have a minus sign."""

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
        doubtful = "status" in told and "amount" in told and self.looks["amount"].minus
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
        filled, plain, low, high, sign = found[1 + 5 * place : 6 + 5 * place]
        of_ids = target.column.kind == "id"
        whole = of_ids and bool(sign) and _whole(connection, rows, target)
        looks[target.column.name] = Look(filled, plain, low, high, whole, minus=not of_ids and bool(sign))
    return Profile(found[0], looks)


def _whole(connection: duckdb.DuckDBPyConnection, rows: str, target: Target) -> bool:
    """Whether every id is a whole number: a scan of its own, for few files have ids with a full stop."""
    measures = f"bool_and(regexp_full_match({sql.name(target.column.name)}, '{_WHOLE}'))"
    statement = sql.statements("parsing/parsing.sql")["measure"].format(measures=measures, rows=rows)
    _, whole = connection.execute(statement).fetchone() or (0, False)
    return bool(whole)


def _temporal(target: Target) -> str:
    cell = sql.name(target.column.name)
    return f"count({cell}), count({cell}), min({cell}), max({cell}), false"


def _measures(target: Target) -> str:
    """Filled cells, plain ones, the least and greatest instant, and whether a sign is seen that is to be looked into.

    That is a full stop in an id and a minus before a number.
    """
    cell = sql.name(target.column.name)
    match target.column.kind:
        case "id":
            return f"{_fitting(cell, PLAIN_ID)}, NULL, NULL, bool_or(contains({cell}, '.'))"
        case "instant":
            return f"count({cell}), count(iso({cell})), min(iso({cell})), max(iso({cell})), false"
        case "money":
            return f"{_fitting(cell, PLAIN_MONEY)}, NULL, NULL, bool_or(contains({cell}, '-'))"
        case "number":
            return f"{_fitting(cell, PLAIN_NUMBER)}, NULL, NULL, bool_or(contains({cell}, '-'))"
        case "text":
            return f"count({cell}), 0, NULL, NULL, false"
        case _:
            return f"count({cell}), -1, NULL, NULL, false"


def _fitting(cell: str, plain: str) -> str:
    return f"count({cell}), count(*) FILTER (regexp_full_match({cell}, '{plain}'))"


def _plausible(target: Target, look: Look) -> bool:
    if target.column.kind == "instant" and look.low and look.high:
        return look.low >= EARLIEST and look.high < LATEST
    return True
