"""How long customers stay in a layer, against Kaplan-Meier in plain Python and stays that one counts on fingers."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from fractions import Fraction

import pandas as pd
import pytest

import titian as tt
from titian.layering.history import History, history

START, END = date(2024, 3, 1), date(2024, 5, 1)
LEVELS = tt.ValueLevels(warning_days=5, churn_days=20)


def bought(orders: dict[str, list[str]]) -> tt.Dataset:
    """A shop whose customers bought on these days, for 10 each time."""
    rows = [(f"{who}{day}", who, datetime.fromisoformat(f"{day}T12:00"), 10.0) for who in orders for day in orders[who]]
    return tt.Dataset(orders=pd.DataFrame(rows, columns=["order_id", "customer_id", "ordered_at", "amount"]))


@pytest.fixture(scope="module")
def at_random() -> History:
    draw = random.Random(7)
    days = [(START - timedelta(days=20) + timedelta(days=n)).isoformat() for n in range(80)]
    orders = {f"c{n}": sorted(draw.sample(days, draw.randint(1, 6))) for n in range(60)}
    return history(LEVELS, bought({"first": [days[0]], **orders}), START, END)


def by_hand(stays: list[tuple[int, bool]]) -> dict[int, Fraction]:
    """Share still there after each day that somebody left on, from (days, over)."""
    share, found = Fraction(1), {0: Fraction(1)}
    for day in sorted({days for days, over in stays if over}):
        there = sum(days >= day for days, _ in stays)
        share *= 1 - Fraction(sum(over and days == day for days, over in stays), there)
        found[day] = share
    return found


def seen(got: History, layer: str) -> list[tuple[int, bool]]:
    """Every stay in a layer that began after the start."""
    table = got.to_pandas()
    mine = table[(table.layer == layer) & (table.valid_from > pd.Timestamp(START))]
    ends = mine.valid_to.fillna(pd.Timestamp(END))
    return [(d.days, over) for d, over in zip(ends - mine.valid_from, mine.valid_to.notna(), strict=True)]


@pytest.mark.parametrize("layer", ["active", "potential", "at_risk", "churned"])
def test_the_curve_is_kaplan_meier_by_hand(at_random: History, layer: str) -> None:
    one = next(one for one in at_random.stays().layers if one.layer.key == layer)
    stays = seen(at_random, layer)
    assert (one.came, one.still) == (len(stays), sum(not over for _, over in stays))
    expected = by_hand(stays) if stays else {}
    curve = dict(one.curve)
    assert {day: curve[day] for day in expected} == pytest.approx({d: float(s) for d, s in expected.items()})
    assert max(curve, default=0) == max((days for days, _ in stays), default=0)
    assert one.median_days == next((day for day, share in expected.items() if share <= Fraction(1, 2)), None)


def test_a_stay_lasts_from_coming_to_leaving() -> None:
    data = bought({"old": ["2024-02-01"], "a": ["2024-03-10"], "b": ["2024-03-10", "2024-03-19"], "c": ["2024-04-28"]})
    stays = history(LEVELS, data, START, END).stays().to_pandas().set_index("layer")
    assert stays.loc["at_risk", ["came", "still", "median_days"]].tolist() == [3, 0, 15]
    assert stays.loc["churned", ["already", "came", "still"]].tolist() == [1, 2, 2]
    assert pd.isna(stays.loc["churned", "median_days"])


def test_who_was_there_at_the_start_is_counted_apart(at_random: History) -> None:
    table = at_random.to_pandas()
    stood = table[table.reason == "start"].groupby("layer").size().to_dict()
    stays = at_random.stays().to_pandas().set_index("layer")
    assert stays["already"].to_dict() == {layer: stood.get(layer, 0) for layer in stays.index}
    assert int((stays["already"] + stays["came"]).sum()) == len(table)


def test_where_nobody_came_there_is_no_curve() -> None:
    got = history(LEVELS, bought({"old": ["2023-01-01"]}), START, END).stays()
    assert got.curves().empty
    assert got.to_pandas()["came"].sum() == 0
