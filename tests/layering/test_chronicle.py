"""What is kept of a history and gone on with leads to the same as telling it all from data that came in time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import titian as tt
from tests.warehouse.shop import csv, put
from titian.domain.mapping import Mapping
from titian.layering.chronicle import MOST_PARTS, Every
from titian.layering.history import history
from titian.warehouse.dataset import Dataset
from titian.warehouse.lake import Lake
from titian.warehouse.pinned import pinned

COLUMNS = ("order_id", "customer_id", "ordered_at", "amount", "refunded_amount", "refunded_at")
ORDERS = Mapping(columns={name: name for name in COLUMNS})
START, FIRST_END, END = date(2024, 3, 1), date(2024, 3, 20), date(2024, 4, 2)
LAYERINGS = [
    pytest.param(tt.RFM(window_days=30), id="followed from day to day"),
    pytest.param(tt.ValueLevels(warning_days=7, churn_days=20), id="followed with levels", marks=pytest.mark.full),
    pytest.param(tt.Lifecycle(), id="assigned each day", marks=pytest.mark.full),
]


@dataclass(frozen=True)
class Shop:
    """A lake, and the files that were loaded into it."""

    lake: Lake
    folder: Path

    def load(self, name: str, lines: list[str]) -> None:
        put(self.lake, csv(self.folder / f"{name}.csv", ",".join(COLUMNS), *lines), ORDERS)

    def data(self, before: Dataset | None = None, zone: str = "Asia/Shanghai") -> Dataset:
        return pinned(self.lake, self.lake.version(), timezone=zone, currency="CNY", before=before)

    @property
    def notes(self) -> list[dict[str, dict[str, str]]]:
        return [json.loads(path.read_text()) for path in self.folder.glob("warehouse/kept/*/about.json")]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Lake.open(tmp_path / "shop") as lake:
        yield Shop(lake, tmp_path / "shop")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Shop]:
    with Lake.open(tmp_path / "fresh") as lake:
        yield Shop(lake, tmp_path / "fresh")


def lines(seed: int, count: int = 120) -> list[str]:
    """Orders of thirty customers over four months, a fifth of them refunded later, some of those in full."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        at = datetime(2024, 1, 1) + timedelta(minutes=chance.randrange(120 * 1440))
        back = at + timedelta(days=chance.randrange(30)) if chance.random() < 0.2 else None
        amount = chance.randrange(1, 200)
        given = chance.choice([amount, amount / 2]) if back else ""
        made.append(f"o{number},c{chance.randrange(30)},{at},{amount},{given},{back or ''}")
    return made


def until(rows: list[str], day: date) -> list[str]:
    return [row for row in rows if row.split(",")[2] < str(day)]


def told(
    layering: tt.Layering, data: Dataset, end: date, every: Every = "day", fitted: object = None
) -> list[tuple[object, ...]]:
    got = history(layering, data, START, end, every=every, fitted=fitted)  # type: ignore[arg-type]
    return list(got.to_pandas().astype(str).itertuples(index=False, name=None))


@pytest.mark.parametrize("layering", LAYERINGS)
def test_a_day_added_to_a_history_is_as_if_all_were_told_at_once(
    shop: Shop, fresh: Shop, layering: tt.Layering
) -> None:
    rows = lines(1)
    shop.load("first", until(rows, FIRST_END))
    first = told(layering, shop.data(), FIRST_END)
    shop.load("then", rows)
    fresh.load("all", rows)
    assert told(layering, fresh.data(), END) == told(layering, shop.data(), END) != first


@pytest.mark.parametrize("layering", LAYERINGS)
def test_late_and_corrected_rows_lead_to_the_same_history(shop: Shop, fresh: Shop, layering: tt.Layering) -> None:
    rows = lines(2)
    late = [row for row in rows if row.split(",")[1] in ("c3", "c7")]
    wrong = [row.replace(",c", ",c1") for row in rows if row not in late]
    # The fit of the start is the same question only while the data of before it are the same.
    fresh.load("all", rows)
    fitted = history(layering, fresh.data(), START, END).fitted
    shop.load("wrong", wrong)
    before = told(layering, shop.data(), END, fitted=fitted)
    random.Random(2).shuffle(rows)
    shop.load("right", rows)
    assert told(layering, fresh.data(), END, fitted=fitted) == told(layering, shop.data(), END, fitted=fitted) != before


def test_a_shorter_history_is_read_out_of_a_longer_one(shop: Shop, fresh: Shop) -> None:
    shop.load("all", lines(3))
    fresh.load("all", lines(3))
    told(tt.RFM(), shop.data(), END)
    assert told(tt.RFM(), shop.data(), FIRST_END) == told(tt.RFM(), fresh.data(), FIRST_END)
    assert [note["about"]["last"] for note in shop.notes] == [str(END)]


@pytest.mark.parametrize("every", ["week", pytest.param("month", marks=pytest.mark.full)])
def test_weeks_and_months_go_on_by_themselves(shop: Shop, fresh: Shop, every: Every) -> None:
    rows = lines(4)
    shop.load("all", rows)
    fresh.load("all", rows)
    later = END + timedelta(days=20)
    told(tt.RFM(), shop.data(), END, every)
    assert told(tt.RFM(), shop.data(), later, every) == told(tt.RFM(), fresh.data(), later, every)


@pytest.mark.parametrize("window", [2, pytest.param(30, marks=pytest.mark.full)])
def test_told_each_morning_what_came_in_it_is_as_told_at_once(shop: Shop, fresh: Shop, window: int) -> None:
    rows, layering = lines(9), tt.RFM(window_days=window)
    fresh.load("all", rows)
    # London's clocks change on the last day of March.
    whole = fresh.data(zone="Europe/London")
    data, fitted = None, history(layering, whole, START, END).fitted
    for day in (date(2024, 3, 25) + timedelta(days=number) for number in range(9)):
        shop.load(f"until {day}", until(rows, day))
        data = shop.data(data, zone="Europe/London")
        assert told(layering, data, day, fitted=fitted) == told(layering, whole, day, fitted=fitted), day


@pytest.mark.full
def test_a_few_days_at_a_time_are_as_all_at_once(shop: Shop, fresh: Shop) -> None:
    rows = lines(8)
    shop.load("all", rows)
    fresh.load("all", rows)
    data = shop.data()
    for days in (3, 5, 6, 12, 13):
        last = told(tt.RFM(window_days=30), data, START + timedelta(days=days))
    assert last == told(tt.RFM(window_days=30), fresh.data(), START + timedelta(days=13))
    assert "fresh" in shop.notes[0]["files"]


def test_another_process_finds_it_and_a_broken_file_is_as_none(shop: Shop) -> None:
    shop.load("all", lines(5))
    first = told(tt.RFM(), shop.data(), END)
    files = shop.notes[0]["files"]
    assert told(tt.RFM(), shop.data(), END) == first
    assert shop.notes[0]["files"] == files, "found, it is not written again"
    for path in shop.folder.glob("warehouse/kept/*/*.parquet"):
        path.write_bytes(b"no parquet")
    assert told(tt.RFM(), shop.data(), END) == first


@pytest.mark.full
def test_many_small_parts_become_one(shop: Shop, fresh: Shop) -> None:
    for one in (shop, fresh):
        one.load("all", lines(6))
    data, last = shop.data(), START + timedelta(days=MOST_PARTS + 3)
    for number in range(1, MOST_PARTS + 4):
        told(tt.ValueLevels(), data, START + timedelta(days=number))
    assert told(tt.ValueLevels(), data, last) == told(tt.ValueLevels(), fresh.data(), last)
    assert len(shop.notes[0]["files"]) < MOST_PARTS


def test_what_other_tables_say_leaves_it_as_it_is(shop: Shop) -> None:
    shop.load("all", lines(7))
    data = shop.data()
    first = told(tt.RFM(), data, END)
    about = shop.notes
    link = csv(shop.folder / "links.csv", "from_id,to_id,kind,linked_at", "c1,c2,follow,2024-02-01")
    put(
        shop.lake,
        link,
        Mapping(columns={name: name for name in ("from_id", "to_id", "kind", "linked_at")}, table="links"),
    )
    later = shop.data(before=data)
    assert later.version != data.version
    assert later.changed_since(data.version, ["orders", "events"]) == {}
    assert set(later.changed_since(data.version, ["links"]) or {}) == {"links"}
    assert (told(tt.RFM(), later, END), shop.notes) == (first, about)


@pytest.mark.full
def test_the_first_orders_make_other_customers_of_all_days(shop: Shop, fresh: Shop) -> None:
    names = ("from_id", "to_id", "kind", "linked_at")
    follows = [f"l{n},c{n % 5},follow,2024-02-{1 + n:02}" for n in range(20)]
    for one in (shop, fresh):
        put(
            one.lake,
            csv(one.folder / "links.csv", ",".join(names), *follows),
            Mapping(columns={n: n for n in names}, table="links"),
        )
    near = START + timedelta(days=2)
    alone = told(tt.Influence(), shop.data(), near)
    for one in (shop, fresh):
        one.load("all", [row for row in lines(9) if row.split(",")[1] in ("c1", "c2")])
    both = told(tt.Influence(), shop.data(), END, "week")
    assert told(tt.Influence(), fresh.data(), END, "week") == both
    assert {row[0] for row in both} <= {"c1", "c2"} < {row[0] for row in alone}
