"""The shipped data as the oracle reads them: plain loops over the original files' lines."""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq

from tests.oracle.shop import Order, Shop

CENTS = Decimal("0.0001")


def cdnow(path: Path, zone: str) -> Shop:
    """CDNOW, master or sample: the last four fields of a line are customer, day, discs and dollars."""
    rows = []
    for number, line in enumerate(gzip.decompress(path.read_bytes()).decode().splitlines()):
        fields = line.split()
        if len(fields) < 4 or not fields[-3].isdigit():
            continue
        who, day, dollars = fields[0], fields[-3], fields[-1]
        rows.append(Order(str(number), who, datetime.strptime(day, "%Y%m%d"), Decimal(dollars)))
    return in_utc(rows, zone)


def online_retail(path: Path, zone: str) -> Shop:
    """One order per invoice; invoices of C and lines of negative money are refunds of their own."""
    money: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    head: dict[tuple[str, str], tuple[str | None, datetime]] = {}
    for line in pq.read_table(path).to_pylist():
        amount = Decimal(repr(line["UnitPrice"])) * Decimal(repr(line["Quantity"]))
        status = "refund" if line["InvoiceNo"].startswith("C") or amount < 0 else "paid"
        key = (line["InvoiceNo"], status)
        money[key] += amount
        who = None if line["CustomerID"] is None else str(int(float(line["CustomerID"])))
        at = line["InvoiceDate"]
        head[key] = (who, min(at, head[key][1]) if key in head else at)
    rows = [Order("/".join(key), *head[key], abs(total).quantize(CENTS), key[1]) for key, total in money.items()]
    return in_utc(rows, zone)


def in_utc(rows: list[Order], zone: str) -> Shop:
    """The shop with local times made instants, once."""
    shop = Shop((), zone)
    return Shop(tuple(replace(row, ordered_at=shop.instant(row.ordered_at)) for row in rows), zone)
