"""Marks: what one pass over the bytes of a text notices on the way."""

from __future__ import annotations

import re
from pathlib import Path

_BLANK_LINE = re.compile(rb"\n\r?\n")
_BLOCK = 1 << 20


class Marks:
    """Whether there are NUL bytes or quotes, and how many lines."""

    def __init__(self) -> None:
        self.zeros = False
        self.quotes = False
        self._ends = 0
        self._last = b"\n"

    def see(self, block: bytes) -> None:
        """Take the next piece of the text."""
        self.zeros = self.zeros or b"\0" in block
        self.quotes = self.quotes or b'"' in block
        self._ends += block.count(b"\n")
        self._last = block[-1:] or self._last

    @property
    def lines(self) -> int:
        """Lines that end with a line feed, and the last one if it has none."""
        return self._ends + (self._last != b"\n")


def blank_inside(text: Path) -> bool:
    """True when a blank line is followed by anything; those at the end of a file mean nothing."""
    rest, found = b"", False
    with text.open("rb") as stream:
        while block := stream.read(_BLOCK):
            joined = rest + block
            blank = None if found else _BLANK_LINE.search(joined)
            if (found or blank) and joined[blank.start() if blank else 0 :].strip():
                return True
            found, rest = found or blank is not None, joined[-2:]
    return False
