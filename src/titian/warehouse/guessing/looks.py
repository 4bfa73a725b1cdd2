"""Looks: what the values of a column look like, whatever it is called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from titian.warehouse.statuses import status_of
from titian.warehouse.tables import Kind

SHOWN_SAMPLES = 5
MOST_STATUSES = 40

_DATES = re.compile(
    r"""(?:
      \d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?              # 2024-01-31, 2024年1月31日
    | (?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6}|\d{4})?   # 20240131, with a time
    | \d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)                 # 31/01/2024
    | \d{1,2}[-\s/][A-Za-z]{3,9}[-\s/,]+(?:\d{4}|\d\d)        # 14-Jan-15
    | [A-Za-z]{3,9}\s\d{1,2},?\s\d{4}                        # Jan 14, 2015
    | 1\d{9}(?:\.\d+)? | 1\d{12}                             # unix seconds, milliseconds
    )(?:[T\s]+\d{1,2}[:：时]\d{1,2}.*)?""",
    re.VERBOSE,
)
_NUMERIC_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?:\D.*)?")
_NUMBER = re.compile(
    r"[-+(]?\s*(?:[A-Z]{0,3}[¥$€£]|[A-Z]{3})?\s*[-+]?(?:\d[\d,.' ]*|\.\d+)(?:[eE][-+]?\d+)?\)?\s*(?:元|%|[A-Z]{3}|[¥$€£])?"
)
_WHOLE = re.compile(r"[-+]?\d+(?:\.0+)?")
_COMMA_DECIMAL = re.compile(r"[-+]?[\d. ]*\d,\d{1,2}")
_POINT_DECIMAL = re.compile(r"[-+]?[\d, ]*\.\d+|[-+]?\d{1,3}(?:,\d{3})+")
_NULLS = frozenset({"null", "none", "nan", "na", "n/a", "-", "--", "\\n"})


@dataclass(frozen=True)
class Look:
    """One column of a sample: its cells as they are written, trimmed, None where empty."""

    name: str
    place: int
    cells: tuple[str | None, ...]

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The filled cells, plain: half width and without the apostrophe that Excel puts before text."""
        return tuple(unicodedata.normalize("NFKC", cell).removeprefix("'") for cell in self.cells if cell is not None)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The different cells as they are written, in order of appearance."""
        return tuple(dict.fromkeys(cell for cell in self.cells if cell is not None))

    @property
    def empty_share(self) -> float:
        """How many of the cells are empty, 0 to 1."""
        return 1 - len(self.values) / len(self.cells) if self.cells else 1.0

    @cached_property
    def distinct(self) -> Counter[str]:
        return Counter(self.values)

    @property
    def samples(self) -> tuple[str, ...]:
        """Up to five different values, the first ones."""
        return self.words[:SHOWN_SAMPLES]

    @cached_property
    def dates(self) -> float:
        """The share of values that look like dates or times."""
        return self._share(_DATES.fullmatch)

    @cached_property
    def numbers(self) -> float:
        """The share of values that are amounts or numbers."""
        return self._share(_NUMBER.fullmatch)

    @cached_property
    def whole(self) -> float:
        """The share of values that are whole numbers."""
        return self._share(_WHOLE.fullmatch)

    @cached_property
    def statuses(self) -> float:
        """The share of values that are known words for the state of an order."""
        return self._share(status_of)

    @property
    def sameness(self) -> float:
        """Values for each different value: 1 when none comes twice."""
        return len(self.values) / len(self.distinct) if self.values else 0.0

    @property
    def coded(self) -> bool:
        """Numbers that are names rather than amounts: leading zeros, very long, or one long length."""
        lengths = {len(value) for value in self.values}
        zeros = any(value.startswith("0") and value.isdigit() and len(value) > 1 for value in self.values)
        return zeros or (self.whole > 0.9 and bool(lengths) and (max(lengths) > 11 or lengths in ({10}, {11})))

    def _share(self, matches: Callable[[str], object]) -> float:
        if not self.values:
            return 0.0
        return sum(count for value, count in self.distinct.items() if matches(value)) / len(self.values)


def look(columns: Sequence[str], records: Sequence[Sequence[str | None]]) -> tuple[Look, ...]:
    """What each column of a sample looks like."""
    cells: Sequence[Sequence[str | None]] = list(zip(*records, strict=True)) if records else [()] * len(columns)
    return tuple(
        Look(name, place, tuple(_trimmed(value) for value in column))
        for place, (name, column) in enumerate(zip(columns, cells, strict=True))
    )


def _trimmed(value: str | None) -> str | None:
    trimmed = (value or "").strip()
    return trimmed if trimmed and trimmed.casefold() not in _NULLS else None


def fit(kind: Kind, column: Look) -> float:
    """How well the values suit a kind of column, 0 to 1; a half when there are none."""
    return _FITS[kind](column) if column.values else 0.5


def _fit_instant(column: Look) -> float:
    return column.dates


def _fit_money(column: Look) -> float:
    return column.numbers * (0.4 if column.coded else 1.0) * (0.3 if column.dates > 0.9 else 1.0)


def _fit_id(column: Look) -> float:
    if column.dates > 0.9 and not column.whole > 0.9:
        return 0.1
    return 0.4 if column.numbers > 0.9 and column.whole < 0.9 else 1.0


def _fit_status(column: Look) -> float:
    return 1.0 if len(column.distinct) <= MOST_STATUSES and column.dates < 0.5 else 0.2


def _fit_text(column: Look) -> float:
    return 0.5 if column.dates > 0.9 else 1.0


_FITS: dict[Kind, Callable[[Look], float]] = {
    "id": _fit_id,
    "text": _fit_text,
    "instant": _fit_instant,
    "date": _fit_instant,
    "money": _fit_money,
    "number": _fit_money,
    "integer": _fit_money,
    "status": _fit_status,
    "json": _fit_text,
}


def day_orders(columns: Sequence[Look]) -> tuple[str, ...]:
    """The orders of day, month and year that fit dates written in numbers; none when no date is written so.

    One order when a value above 12 tells; several when nothing does, or when values contradict each other.
    """
    found = [
        match.groups() for column in columns for value in column.distinct if (match := _NUMERIC_DAY.fullmatch(value))
    ]
    if not found:
        return ()
    fits = {
        "dmy": all(int(b) <= 12 and int(a) <= 31 for a, b, _ in found),
        "mdy": all(int(a) <= 12 and int(b) <= 31 for a, b, _ in found),
        "ymd": all(len(c) == 2 and int(b) <= 12 and int(c) <= 31 for _, b, c in found),
    }
    return tuple(order for order, fitting in fits.items() if fitting) or ("dmy", "mdy")


def numeric_day(columns: Sequence[Look]) -> str:
    """An example of a date written in numbers."""
    return next((value for column in columns for value in column.distinct if _NUMERIC_DAY.fullmatch(value)), "")


def decimal_comma(columns: Sequence[Look]) -> bool:
    """True when amounts are written 12,50 and none is written 12.50 or 1,234."""
    values = [value for column in columns for value in column.distinct]
    return any(_COMMA_DECIMAL.fullmatch(v) for v in values) and not any(_POINT_DECIMAL.fullmatch(v) for v in values)
