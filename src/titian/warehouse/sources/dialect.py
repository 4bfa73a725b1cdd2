"""Dialect: how a text file separates its cells, told from its head."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

DELIMITERS = ("\t", ",", ";", "|")
LOOK_LINES = 500


@dataclass(frozen=True)
class Dialect:
    """`delimiter` None means columns that are aligned by blanks."""

    delimiter: str | None

    @property
    def format(self) -> str:
        """csv, tsv or fixed."""
        return {None: "fixed", "\t": "tsv"}.get(self.delimiter, "csv")


def detect(text: str) -> Dialect:
    """The dialect of the head of a file."""
    lines = text.splitlines()[:LOOK_LINES]
    head = "\n".join(lines)
    scored = [(_agreement(head, delimiter), delimiter) for delimiter in DELIMITERS]
    agreement, best = max(scored, key=lambda pair: pair[0])
    if agreement[0] > 0:
        return Dialect(best)
    return Dialect(None if aligned(lines) else ",")


def _agreement(head: str, delimiter: str) -> tuple[float, int]:
    """How many of the rows have the usual number of cells (0 when that is one), and that number."""
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row)
    except csv.Error:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / widths.total()
    return (share if width > 1 and share > 0.5 else 0.0, width)


def aligned(lines: list[str]) -> bool:
    """True when every line has the same number (two or more) of words between runs of blanks."""
    widths = {len(line.split()) for line in lines if line.strip()}
    return len(widths) == 1 and widths.pop() > 1


def records(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a piece of text, blank ones as empty lists; a broken quote at its end is let be."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True))
