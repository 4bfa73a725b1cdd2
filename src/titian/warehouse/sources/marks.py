"""Marks: what one pass over the bytes of a text notices on the way."""

from __future__ import annotations

import re
from pathlib import Path

_BLANK_LINE = re.compile(rb"\n\r?\n")
_TAIL_BYTES = 4096


class Marks:
    """Whether there are NUL bytes or quotes, and where the first blank line is."""

    def __init__(self) -> None:
        self.zeros = False
        self.quotes = False
        self._first_blank: int | None = None
        self._seen = 0
        self._last = b""

    def see(self, block: bytes) -> None:
        """Take the next piece of the text."""
        self.zeros = self.zeros or b"\0" in block
        self.quotes = self.quotes or b'"' in block
        if self._first_blank is None and (found := _BLANK_LINE.search(self._last + block)):
            self._first_blank = self._seen - len(self._last) + found.start()
        self._seen += len(block)
        self._last = (self._last + block[-2:])[-2:]

    def blank_inside(self, text: Path) -> bool:
        """True when a blank line is followed by anything; those at the end of a file mean nothing."""
        if self._first_blank is None:
            return False
        if self._seen - self._first_blank > _TAIL_BYTES:
            return True
        with text.open("rb") as stream:
            stream.seek(self._first_blank)
            return bool(stream.read().strip())
