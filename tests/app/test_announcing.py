"""Followers: told of each day once, of exactly those who moved, and again of a day that they did not take."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.app import market
from titian.app import importing
from titian.app.announcing import announce
from titian.app.answers.history import Mover
from titian.app.desk import Desk
from titian.app.followers import LayersMoved
from titian.app.held import fitted_on, one
from titian.app.importing import SourceAsked
from titian.layering.assignment import assign
from titian.warehouse.progress import silent

BEFORE = market.END - timedelta(days=3)
NEW = [
    market.Order("n1", "00003", datetime(2024, 12, 5, 9), 900.0, "paid"),
    market.Order("n2", "fresh", datetime(2024, 12, 6, 9), 5.0, "paid"),
]
NEWEST = date(2024, 12, 7)


@dataclass
class Diary:
    """Writes down what it is told; breaks down on one day while that is set."""

    layering: str = "rfm"
    last: date = BEFORE
    breaks_on: date | None = None
    days: dict[date, list[Mover]] = field(default_factory=dict)

    def told(self, moved: LayersMoved) -> None:
        if moved.day == self.breaks_on:
            raise RuntimeError("the diary is full")
        assert moved.day not in self.days
        self.days[moved.day], self.last = list(moved.movers), moved.day


def load_new(desk: Desk, folder: Path) -> None:
    path = market.write_orders(folder / "new.csv", NEW)
    importing.load(desk, SourceAsked(str(path)), market.MAPPING, strict=True, progress=silent)


def days_after(day: date) -> list[date]:
    return [day + timedelta(days=number) for number in range(1, (NEWEST - day).days + 1)]


def layers_by_day(desk: Desk, days: list[date]) -> Iterator[dict[str, str]]:
    with desk.reading() as reading:
        layering = one(desk, "rfm").layering
        fitted = fitted_on(reading, layering, BEFORE, reading.data)
        for day in days:
            rows = assign(layering, reading.data, reading.instant(day), fitted).to_pandas().to_dict("records")
            yield {row["customer_id"]: row["layer"] for row in rows}


def test_an_import_tells_every_day_that_it_brings_and_who_moved_on_it(own_desk: Desk, tmp_path: Path) -> None:
    diary = Diary()
    own_desk.followers.append(diary)
    load_new(own_desk, tmp_path)
    assert list(diary.days) == days_after(BEFORE)
    layers = list(layers_by_day(own_desk, [BEFORE, *diary.days]))
    for before, after, told in zip(layers, layers[1:], diary.days.values(), strict=False):
        expected = {who: (before.get(who), layer) for who, layer in after.items() if before.get(who) != layer}
        assert {mover.customer_id: (mover.source, mover.target) for mover in told} == expected
    assert any(mover.source is None for mover in diary.days[NEWEST])


def test_nothing_is_told_twice(own_desk: Desk, tmp_path: Path) -> None:
    diary = Diary()
    own_desk.followers.append(diary)
    load_new(own_desk, tmp_path)
    told = dict(diary.days)
    announce(own_desk)
    assert diary.days == told


def test_a_day_that_was_not_taken_is_told_again_and_hinders_nobody(own_desk: Desk, tmp_path: Path) -> None:
    full, other = Diary(breaks_on=market.END), Diary()
    own_desk.followers += [full, other]
    load_new(own_desk, tmp_path)
    assert importing.runs(own_desk, None, 1).runs[0].state == "done"
    assert (full.last, other.last) == (market.END - timedelta(days=1), NEWEST)
    full.breaks_on = None
    announce(own_desk)
    assert list(full.days) == days_after(BEFORE)


@pytest.mark.parametrize("layering", ["nothing", "aarrr"])
def test_a_layering_that_can_not_be_told_hinders_nobody(own_desk: Desk, tmp_path: Path, layering: str) -> None:
    lost, other = Diary(layering), Diary()
    own_desk.followers += [lost, other]
    load_new(own_desk, tmp_path)
    assert (lost.last, other.last) == (BEFORE, NEWEST)
