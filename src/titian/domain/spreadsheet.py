"""Spreadsheets: cells in which none of them sees a formula."""

from __future__ import annotations

import re

Cell = float | int | str | None

_RUNS = (*"=+-@＝＋－＠", "\t", "\r", "\n", "\0")
"""What begins a formula in some spreadsheet (OWASP, CSV injection): the full-width signs are taken for the plain ones."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def neutral(value: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers, also those that are text, stay as they are."""
    if isinstance(value, str) and value.startswith(_RUNS) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
