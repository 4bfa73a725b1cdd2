"""Erasing: customers taken out of the landing and the warehouse for good, so that no rebuild and no file brings them back."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from titian.domain.words import Words
from titian.warehouse import attaching, locking
from titian.warehouse.emptying import empty, orders_of
from titian.warehouse.erased import Erased
from titian.warehouse.lake import Lake
from titian.warehouse.landing import REJECTS
from titian.warehouse.progress import Progress, silent
from titian.warehouse.sources.layout import LONGEST_CELL
from titian.warehouse.stages import ERASING

GONE = Words(zh="（已删除）", en="(erased)")
"""Stands in remarks where somebody's id stood."""


@dataclass(frozen=True)
class Wiped:
    """What was taken out of the landing: rows by batch, and lines of files of rejected rows."""

    rows: Mapping[str, tuple[int, ...]]
    """The places of the emptied rows, by batch."""
    orders: frozenset[str]
    """The orders that were theirs."""
    rejected: int
    batches: int
    """That the warehouse was made of anew."""


def erase(
    lake: Lake,
    customers: Collection[str],
    *,
    progress: Progress = silent,
    timeout: float = locking.WAIT_SECONDS,
) -> Wiped:
    """Take these customers out of every batch, also of those that were taken back, and make the warehouse anew.

    Rows that are of their orders go, too. A second time finds nothing and changes nothing.
    Who was erased is kept as digests first, so that no file loaded meanwhile brings them back. Raises BusyError when
    another writer holds on. After a crash it is to be called again.
    """
    with lake.watched(), lake.write_lock("erasing customers", timeout):
        lake.check(progress)
        lake.reconcile()
        rows, orders, rejected = _wipe_landing(lake, customers, progress)
        batches = lake.renew(progress)
        for folder in (*lake.workspace.glob("warehouse.damaged-*"), *lake.landing.path.glob(".staging/*")):
            shutil.rmtree(folder, ignore_errors=True)
        attaching.sweep(lake.workspace / ".scratch")
    return Wiped(rows, orders, rejected, batches)


def _wipe_landing(
    lake: Lake, customers: Collection[str], progress: Progress
) -> tuple[dict[str, tuple[int, ...]], frozenset[str], int]:
    landing, connection = lake.landing, lake.connection()
    try:
        manifests = landing.manifests()
        orders: set[str] = set().union(*(orders_of(connection, landing, one, customers) for one in manifests))
        erased = (Erased.read(landing.path) or Erased()).with_more(customers, orders)
        erased.write(landing.path)
        rows: dict[str, tuple[int, ...]] = {}
        for done, manifest in enumerate(manifests):
            progress(ERASING, done, len(manifests))
            emptied, places = empty(connection, landing, manifest, erased)
            if places:
                rows[manifest.batch_id] = places
            notes = tuple(scrubbed(note, customers) for note in emptied.notes)
            if notes != emptied.notes:
                landing.rewrite(emptied.model_copy(update={"notes": notes}))
    finally:
        connection.close()
    files = [*landing.path.glob(f"*/{REJECTS}"), *landing.path.glob(".rejected/*.csv")]
    return rows, frozenset(orders), sum(wipe_lines(file, {*customers, *orders}) for file in files)


def scrubbed(said: Words, ids: Collection[str]) -> Words:
    """A remark in which nobody of these is named."""
    named = _named(frozenset(ids))
    return Words(zh=named.sub(GONE.zh, said.zh), en=named.sub(GONE.en, said.en))


@lru_cache(maxsize=1)
def _named(ids: frozenset[str]) -> re.Pattern[str]:
    """Finds an id that stands by itself."""
    said = "|".join(re.escape(one) for one in sorted(ids, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{said})(?![\w-])")


def wipe_lines(file: Path, ids: Collection[str]) -> int:
    """Take the lines that name one of the ids out of a CSV file; how many they were."""
    csv.field_size_limit(LONGEST_CELL)
    with file.open(encoding="utf-8", newline="") as opened:
        lines = list(csv.reader(opened))
    kept = [line for line in lines if not any(cell.strip() in ids for cell in line)]
    if len(kept) == len(lines):
        return 0
    _put(file, kept)
    return len(lines) - len(kept)


def _put(file: Path, lines: Sequence[Sequence[str]]) -> None:
    beside = file.with_suffix(".new")
    with beside.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(lines)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(beside, file)
