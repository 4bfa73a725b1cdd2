"""The Tea House as plain rows: what the tests look at, with nothing of Titian in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from statistics import mean
from zoneinfo import ZoneInfo

from titian.testing import TeaHouse

Row = dict[str, object]
SHARES = {
    "regulars": 127, "big_and_rare": 50, "small_and_frequent": 60, "newcomers": 80, "drifting": 60, "lost": 100,
    "one_timers": 100, "browsers": 100, "passers_by": 100, "creators": 30, "influencers": 10, "bargain_hunters": 60,
    "earners": 50, "hoarders": 50, "professionals": 20, "staff": 3,
}  # fmt: skip
"""Per thousand customers, as the how-to says."""


@dataclass(frozen=True)
class Made:
    """One house, read once into Python."""

    house: TeaHouse

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        return {name: relation.to_arrow_table().to_pylist() for name, relation in self.house.tables.items()}

    @cached_property
    def truth(self) -> dict[str, Row]:
        return {row["customer_id"]: row for row in self.house.truth.to_arrow_table().to_pylist()}

    @cached_property
    def customers(self) -> dict[str, Row]:
        return {row["customer_id"]: row for row in self.rows["customers"]}

    @cached_property
    def orders(self) -> dict[str, list[Row]]:
        return grouped(self.rows["orders"], "customer_id")

    @cached_property
    def events(self) -> dict[str, list[Row]]:
        return grouped(self.rows["events"], "customer_id")

    @cached_property
    def items(self) -> dict[str, list[Row]]:
        return grouped(self.rows["order_items"], "order_id")

    @property
    def end(self) -> date:
        return self.house.plan.start + timedelta(days=self.house.plan.days)

    def of(self, *types: str) -> list[str]:
        return [customer for customer, row in self.truth.items() if row["type"] in types]

    def local(self, at: object) -> datetime:
        assert isinstance(at, datetime)
        return at.astimezone(ZoneInfo(self.house.timezone))

    def days_silent(self, rows: Iterable[Row], at: str) -> int:
        return (self.end - max(self.local(row[at]).date() for row in rows)).days

    def count(self, customer: str, *names: str) -> int:
        return sum(row["event"] in names for row in self.events[customer])

    def average(self, measure: Callable[[str], float], *types: str) -> float:
        return mean(measure(customer) for customer in self.of(*types))


def grouped(rows: Iterable[Row], by: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[by]].append(row)
    return found
