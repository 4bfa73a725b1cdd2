"""The Tea House: a seeded shop with a community, customers of planted types, and the truth about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Literal

import duckdb

from titian.domain.instants import zone
from titian.errors import InputError, UnknownNameError
from titian.samples.tea.keeping import canonical_names, kept
from titian.samples.tea.making import ALL, TABLES, TRUTH, Plan, parts
from titian.samples.tea.writing import write_parts
from titian.warehouse.dataset import Dataset
from titian.warehouse.progress import Progress, silent

FEWEST, MOST = 20, 10_000_000
SHORTEST, LONGEST = 400, 3_650
"""Days: the lost have been silent for 200 of them and were there before."""


@dataclass(frozen=True)
class TeaHouse:
    """A made tea shop of two years: every row follows from the customer's number, the purpose and the seed.

    `tables` and `truth` are computed when first asked for and then held in memory; for millions of customers let
    `write` stream them to files instead.
    """

    plan: Plan

    core_path: ClassVar[tuple[str, ...]] = ("view", "cart", "purchase")
    """The events that a customer goes through to know the shop, in order."""

    @property
    def customers(self) -> int:
        """How many there are, passers-by and test accounts included."""
        return self.plan.customers

    @property
    def timezone(self) -> str:
        """The zone whose days count."""
        return self.plan.timezone

    @cached_property
    def tables(self) -> dict[str, duckdb.DuckDBPyRelation]:
        """The canonical tables by name, on a DuckDB connection of their own; instants carry their zone."""
        return {name: self._kept.table(name) for name in TABLES}

    @cached_property
    def truth(self) -> duckdb.DuckDBPyRelation:
        """What was planted, a row per customer.

        customer_id, type, points_layer, first_day and last_day of activity (local dates), churned_at, the rhythms
        order_gap_days, visit_gap_days, task_gap_days and voice_gap_days, turned_day (when the drifting slowed down),
        scene, favourite_category, favourite_brand, price_band, channel, inviter_id, fame (0: whom most follow) and
        invites_in_circle.
        """
        return self._kept.table(TRUTH)

    def dataset(self, currency: str = "CNY") -> Dataset:
        """The tables as a Dataset that shares their memory."""
        return Dataset.on(
            self._kept.cursor(),
            {name: ("memory", "canonical", name) for name in canonical_names()},
            timezone=self.timezone,
            currency=currency,
            version=f"tea house {self.plan}",
        )

    def write(
        self,
        folder: str | Path,
        kind: Literal["parquet", "csv"] = "parquet",
        *,
        tables: Sequence[str] = ALL,
        progress: Progress = silent,
    ) -> dict[str, Path]:
        """Write a file per table (and `truth`) into `folder`, streaming; returns where each is.

        The files are as `titian load` reads them: canonical columns, instants with their zone. The same plan gives
        the same bytes. Raises UnknownNameError for a table that is not made.
        """
        for name in tables:
            if name not in ALL:
                raise UnknownNameError("table", "表", name, list(ALL))
        return write_parts(parts(self.plan, tables), Path(folder), kind, self.customers, progress)

    @cached_property
    def _kept(self) -> duckdb.DuckDBPyConnection:
        return kept(parts(self.plan, ALL))


def tea_house(
    customers: int = 2_000,
    seed: int = 1,
    start: str | date = "2024-01-01",
    days: int = 730,
    timezone: str = "Asia/Shanghai",
) -> TeaHouse:
    """The Tea House with so many `customers`, from the local day `start` on for so many `days`.

    Everything happens in [start, start + days) of `timezone`. Raises InputError outside 20 to 10 million customers
    or 400 to 3,650 days, for a start that is no date and for an unknown zone.
    """
    _check("customers", "客户数", customers, FEWEST, MOST)
    _check("days", "天数", days, SHORTEST, LONGEST)
    zone(timezone)
    return TeaHouse(Plan(customers, seed, _date(start), days, timezone))


def _check(name: str, zh: str, given: int, low: int, high: int) -> None:
    if not low <= given <= high:
        raise InputError(
            f"{name}: {given:,} is outside {low:,} to {high:,}",
            f"choose from {low:,} to {high:,}",
            zh=f"{zh} {given:,} 超出范围",
            hint_zh=f"请在 {low:,} 至 {high:,} 之间选择",
            given=given,
            low=low,
            high=high,
        )


def _date(start: str | date) -> date:
    try:
        return date.fromisoformat(start) if isinstance(start, str) else start
    except ValueError as error:
        raise InputError(
            f"start: {start!r} is no date",
            "write it as 2024-01-01",
            zh=f"开始日期 {start!r} 无法识别",
            hint_zh="请写成 2024-01-01",
            start=start,
        ) from error
