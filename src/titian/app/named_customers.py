"""Named customers: the ids that somebody pasted, typed or keeps in a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from titian.errors import InputError

HEADINGS = frozenset({"customer_id", "customer id", "客户编号", "客户id"})
"""The first line of a file that names its column."""
MOST = 1_000_000
LONGEST_LINE = 10_000
"""Characters of a line of a file: an id has a few; what is longer is no list of ids."""
_COMMAS = re.compile(r"[,，]")


@dataclass(frozen=True)
class Named:
    """The different ids in the order in which they came, and what was beside them."""

    ids: tuple[str, ...]
    asked: int
    blank: int

    @property
    def repeated(self) -> int:
        """How often an id came again."""
        return self.asked - self.blank - len(self.ids)

    def read(self, unknown: Sequence[str]) -> dict[str, int]:
        """The figures of a report, once it is known who is unknown."""
        return {"asked": self.asked, "blank": self.blank, "repeated": self.repeated, "unknown": len(unknown)}


def named(given: Iterable[str]) -> Named:
    """Ids one by one. Raises InputError where there are none, or too many."""
    entries = [one.strip() for one in given]
    if not entries or len(entries) > MOST:
        raise InputError(
            f"{len(entries)} customers are named; 1 to {MOST:,} can be at once",
            "give their ids, in parts if they are too many",
            zh=f"给出了 {len(entries)} 个客户编号，一次可为 1 至 {MOST:,} 个",
            hint_zh="请给出客户编号，过多时请分批",
            asked=len(entries),
        )
    ids = tuple(dict.fromkeys(one for one in entries if one))
    return Named(ids=ids, asked=len(entries), blank=sum(not one for one in entries))


def in_text(text: str) -> list[str]:
    """The ids of a pasted text, between blanks, commas and line ends; nothing between two of the latter is blank."""
    return [one for line in text.splitlines() for part in _COMMAS.split(line) for one in part.split() or [""]]


def in_file(text: str) -> list[str]:
    """The ids of a file of one column, a line each; a heading is left out. Raises InputError for more columns."""
    lines = text.removeprefix("\ufeff").splitlines()
    endless = next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), None)
    if endless is not None:
        raise _unreadable(f"line {endless} has {len(lines[endless - 1]):,} characters")
    try:
        rows = list(csv.reader(lines))
    except csv.Error as error:
        raise _unreadable(str(error)) from error
    wide = next((number for number, row in enumerate(rows, 1) if len(row) > 1), None)
    if wide is not None:
        raise _unreadable(f"line {wide} has {len(rows[wide - 1])} columns")
    ids = [row[0] if row else "" for row in rows]
    return ids[1:] if ids and ids[0].strip().lower() in HEADINGS else ids


def _unreadable(why: str) -> InputError:
    return InputError(
        f"the customers can't be read: {why}",
        "give a file of one column, an id in each line",
        zh=f"无法读取客户名单：{why}",
        hint_zh="请提供只有一列的文件，每行一个客户编号",
    )
