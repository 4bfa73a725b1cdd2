"""Bad files: what is in each, and what whoever brings it must be told."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass

from tests.warehouse.sources.files import workbook, zipped

HEADER = "order_id,customer_id,ordered_at,amount"
COLUMNS = tuple(HEADER.split(","))
GOOD = ("1,ann,2024-01-05,10.50", "2,bob,2024-01-06,8", "3,cy,2024-01-07,99.99", "4,安,2024-01-08,0")
LONG = 30_000
"""Rows of a file that is longer than the head that a reader looks at first."""


@dataclass(frozen=True)
class Bad:
    """A file that is refused as a whole: nothing of it can be trusted."""

    label: str
    content: bytes
    code: str
    name: str = "orders.csv"
    row: int | None = None
    column: str | None = None
    words: tuple[str, ...] = ()
    """What the sentence must name besides the file."""

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class BadCell:
    """A sound file with one cell that can not be: its row is turned away."""

    label: str
    column: str
    value: str
    reason_en: str
    reason_zh: str

    def __str__(self) -> str:
        return self.label

    @property
    def line(self) -> str:
        """The row that holds it, sound but for this one cell."""
        sound = {"order_id": "9", "customer_id": "zoe", "ordered_at": "2024-02-02", "amount": "5"}
        return ",".join((sound | {self.column: self.value})[name] for name in COLUMNS)


def lines(*given: str) -> bytes:
    return ("\n".join(given) + "\n").encode()


def long_file(*last: str) -> bytes:
    """A long file that is sound up to its last lines."""
    many = (f"{n},c{n % 997},2024-01-{n % 28 + 1:02},{n % 50}.5" for n in range(LONG))
    return lines(HEADER, *many, *last)


def mixed_encodings() -> bytes:
    """UTF-8 to the end, but for one line that came from an older system."""
    whole = [line.encode() for line in (HEADER, *GOOD)]
    return b"\n".join([*whole, "5,王小明,2024-01-09,3".encode("gb18030"), *whole[1:], b""])


def bomb() -> bytes:
    """A little archive of very much."""
    return zipped(("orders.csv", lines(HEADER) + b"1,a,2024-01-01,1\n" * 9_000_000))


BAD_FILES: Sequence[Bad] = (
    Bad("empty", b"", "empty_source", words=("empty",)),
    Bad("nothing but blanks", b"\n  \n\r\n\n", "empty_source", words=("empty",)),
    Bad("header only", lines(HEADER), "empty_source", words=("header",)),
    Bad("empty sheet", workbook({"Sheet1": []}), "empty_source", name="orders.xlsx"),
    Bad("empty gzip", gzip.compress(b""), "empty_source", name="orders.csv.gz"),
    Bad("unclosed quote near the end of a long file",
        long_file('77,"ann,2024-01-05,1', "78,bob,2024-01-06,2"),
        "broken_text", row=LONG + 2, column="customer_id", words=("quote", str(LONG + 2))),
    Bad("a line in another encoding", mixed_encodings(), "encoding", row=6, words=("line 6",)),
    Bad("a picture", b"\x89PNG\r\n\x1a\n" + bytes(200), "unknown_format", name="orders.csv"),
    Bad("zip that climbs out",
        zipped(("../../orders.csv", lines(HEADER, *GOOD))),
        "archive", name="orders.zip", words=("../../orders.csv",)),
    Bad("zip without data", zipped(("readme.exe", b"MZ")), "empty_source", name="orders.zip"),
    Bad("half a workbook", workbook({"a": [list(COLUMNS), [1, "a", "2024-01-01", 2]]})[:900], "damaged_file", name="orders.xlsx"),
    Bad("half a gzip", gzip.compress(long_file())[:5000], "damaged_file", name="orders.csv.gz"),
    Bad("half a parquet", b"PAR1" + bytes(300), "damaged_file", name="orders.parquet"),
)  # fmt: skip

BAD_CELLS: Sequence[BadCell] = (
    BadCell("text for a date", "ordered_at", "soon", "not a time", "无法识别为时间"),
    BadCell("a number for a date", "ordered_at", "3.75", "a number where a time should be", "却是一个数字"),
    BadCell("no such day", "ordered_at", "2024-02-30", "no such date", "没有这样的日期"),
    BadCell("a day of 1899", "ordered_at", "1899-12-30", "1899", "1899"),
    BadCell("a day of 2999", "ordered_at", "2999-01-01", "2099", "2099"),
    BadCell("no date", "ordered_at", "", "empty", "为空"),
    BadCell("1e400", "amount", "1e400", "amount", "金额"),
    BadCell("NaN", "amount", "NaN", "not an amount", "无法识别为金额"),
    BadCell("infinity", "amount", "inf", "not an amount", "无法识别为金额"),
    BadCell("text for money", "amount", "lots", "not an amount", "无法识别为金额"),
    BadCell("more money than there is", "amount", "123456789012345678", "too large", "金额过大"),
    BadCell("no amount", "amount", "", "empty", "为空"),
)


FIRST_BAD_ROW = 2 + len(GOOD)
"""Where the bad rows begin in a file that has them all, counting the header as the first row."""


def all_bad_cells() -> bytes:
    """One file: the good rows, then a row for every bad cell."""
    return lines(HEADER, *GOOD, *(bad.line for bad in BAD_CELLS))


def row_of(bad: BadCell) -> int:
    return FIRST_BAD_ROW + BAD_CELLS.index(bad)
