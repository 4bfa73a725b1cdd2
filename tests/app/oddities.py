"""A shop whose customers have the oddest ids and sums, to see them out of every door unharmed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from titian.app import importing
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.domain.mapping import Mapping
from titian.warehouse.progress import silent

COLUMNS = ("order_id", "customer_id", "ordered_at", "amount")
FIRST = datetime(2024, 5, 1, 12)
END = date(2024, 6, 1)


@dataclass(frozen=True)
class Odd:
    """A customer id, what a spreadsheet may show of it, and the money of their one order."""

    customer_id: str
    neutral: str
    spend: Decimal


ODD = (
    Odd("=1+1", "'=1+1", Decimal("0.0001")),
    Odd("=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"http://x\",\"y\")", Decimal("0.10")),
    Odd("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0", Decimal("12.34")),
    Odd("-2+3", "'-2+3", Decimal("99.99")),
    Odd("@SUM(A1)", "'@SUM(A1)", Decimal("1")),
    Odd("-15", "-15", Decimal("2")),
    Odd("+8613800138000", "+8613800138000", Decimal("3.5")),
    Odd("007", "007", Decimal("0")),
    Odd("1e5", "1e5", Decimal("123456789.0123")),
    Odd("12345678901234567890", "12345678901234567890", Decimal("7.77")),
    Odd("客户 甲", "客户 甲", Decimal("8.88")),
    Odd("O'Brien", "O'Brien", Decimal("5.55")),
    Odd("'quoted", "'quoted", Decimal("5.56")),
    Odd('say "hi"', 'say "hi"', Decimal("6.66")),
    Odd("a,b;c|d", "a,b;c|d", Decimal("4.44")),
    Odd("Zoë😀", "Zoë😀", Decimal("3.33")),
    Odd("NULL", "NULL", Decimal("2.22")),
    Odd("nan", "nan", Decimal("1.11")),
    Odd("TRUE", "TRUE", Decimal("10")),
    Odd("2024-01-01", "2024-01-01", Decimal("11")),
    Odd("100%", "100%", Decimal("12")),
    Odd("<b>&amp;</b>", "<b>&amp;</b>", Decimal("13")),
    Odd("عميل", "عميل", Decimal("14")),
)  # fmt: skip


def written(path: Path) -> Path:
    """An order of each, a day apart."""
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, quoting=csv.QUOTE_ALL)
        lines.writerow(COLUMNS)
        for place, odd in enumerate(ODD):
            lines.writerow([f"o{place}", odd.customer_id, FIRST + timedelta(days=place), odd.spend])
    return path


def made(folder: Path) -> Workspace:
    """A workspace with all of them."""
    workspace = workspaces.init(folder, WorkspaceSettings(name="odd"))
    with Desk(workspace) as desk:
        columns = Mapping(columns={name: name for name in COLUMNS})
        importing.load(desk, SourceAsked(str(written(folder / "odd.csv"))), columns, strict=True, progress=silent)
    return workspace
