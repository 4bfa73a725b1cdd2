"""Following by hand: the stretches of one shop's days, turnings moved to the days looked at, and who came where."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.layering.own import layer
from tests.shops import by_customer, shop
from tests.traits.unkept import as_asked
from titian.domain.instants import instant
from titian.layering.day_by_day import arrivals
from titian.layering.following import entries, folds_of, looked_at, moved, stretches
from titian.layering.history import grid
from titian.traits.changes import Days, changes, day_number, day_of
from titian.traits.planner import trait_table
from titian.warehouse.dataset import Dataset

Turning = tuple[str, int, str, str]
"""Who, on which day, into which layer, from which ("" where new)."""
TURNED = {
    "customer_id": "string",
    "point": "int64",
    "layer": "string",
    "before": "string",
    "sides": "int64",
    "sides_before": "int64",
}


def turned(*rows: Turning) -> ir.Table:
    """Turnings whose sides are the day itself, and were the day before it."""
    lines = [dict(zip(TURNED, (*row, row[1], row[1] - 1), strict=True)) for row in rows]
    return ibis.memtable(pa.Table.from_pylist(lines, ibis.schema(TURNED).to_pyarrow()))


def seen(*rows: Turning, days: list[int]) -> list[tuple[object, ...]]:
    """Who came where on the days that are looked at."""
    found = entries(looked_at(turned(*rows), [day_of(day) for day in days])).to_pyarrow().to_pylist()
    return sorted((row["customer_id"], row["layer"], row["since"]) for row in found)


EVEN, UNEVEN = [0, 7, 14, 21], [0, 7, 14, 24]
either = pytest.mark.parametrize("days", [EVEN, UNEVEN], ids=["as far apart", "not as far apart"])


@either
@pytest.mark.parametrize(("point", "shown"), [(1, 7), (6, 7), (7, 7), (8, 14), (14, 14), (15, 0)])
def test_a_turning_shows_on_the_next_day_that_is_looked_at(days: list[int], point: int, shown: int) -> None:
    assert seen(("a", point, "gold", "iron"), days=days) == [("a", "gold", shown or days[-1])]


@either
def test_what_turned_after_the_last_day_is_not_seen(days: list[int]) -> None:
    assert seen(("a", days[-1] + 1, "gold", "iron"), days=days) == []


@either
def test_of_several_turnings_between_two_days_the_first_and_the_last_count(days: list[int]) -> None:
    rows = looked_at(
        turned(("a", 3, "tin", "iron"), ("a", 5, "gold", "tin")), [day_of(day) for day in days]
    ).to_pyarrow().to_pylist()  # fmt: skip
    expected = {"customer_id": "a", "point": 7, "before": "iron", "layer": "gold", "sides_before": 2, "sides": 5}
    assert rows == [expected]


@either
def test_who_left_and_came_back_between_two_days_never_left(days: list[int]) -> None:
    assert seen(("a", 3, "gold", "iron"), ("a", 5, "iron", "gold"), days=days) == []


@either
def test_who_is_new_is_new_wherever_they_went_before_one_looked(days: list[int]) -> None:
    rows = looked_at(turned(("a", 3, "iron", ""), ("a", 5, "gold", "iron")), [day_of(day) for day in days])
    (came,) = entries(rows).to_pyarrow().to_pylist()
    assert came == {"customer_id": "a", "layer": "gold", "since": 7, "sides": 5, "sides_before": None}


def test_only_another_layer_is_an_entry() -> None:
    rows = turned(("a", 3, "gold", "gold"), ("b", 3, "gold", "iron"), ("c", 3, "gold", ""))
    found = {row["customer_id"]: row["sides_before"] for row in entries(rows).to_pyarrow().to_pylist()}
    assert found == {"b": 2, "c": None}


walks = st.lists(st.tuples(st.integers(1, 25), st.sampled_from(["gold", "iron", "tin"])), unique_by=lambda row: row[0])


@given(walk=walks, days=st.sampled_from([EVEN, UNEVEN, [0, 1, 2, 3, 4], [0, 25]]))
@QUICK
def test_looking_now_and_then_shows_where_one_is_on_each_day(walk: list[tuple[int, str]], days: list[int]) -> None:
    layers, rows, layer = {0: "iron"}, [], "iron"
    for day, there in sorted(walk):
        rows.append(("a", day, there, layer))
        layers[day] = layer = there
    on = [layers[max(known for known in layers if known <= day)] for day in days]
    expected = [("a", now, day) for day, now, then in zip(days[1:], on[1:], on, strict=False) if now != then]
    assert seen(*rows, days=days) == sorted(expected)


@pytest.mark.parametrize(
    ("start", "every", "expected"),
    [
        (date(2024, 1, 31), "month", [(1, 31), (2, 29), (3, 31), (4, 30)]),
        (date(2024, 2, 29), "month", [(2, 29), (3, 29), (4, 29)]),
        (date(2024, 4, 15), "week", [(4, 15), (4, 22), (4, 29)]),
        (date(2024, 4, 28), "day", [(4, 28), (4, 29), (4, 30)]),
    ],
    ids=["a month without its day ends on its last", "a leap day", "weeks", "days"],
)
def test_the_days_that_are_looked_at(start: date, every: str, expected: list[tuple[int, int]]) -> None:
    found = list(grid(start, date(2024, 4, 30), every, "UTC"))  # type: ignore[arg-type]
    assert found == [date(2024, month, day) for month, day in expected]


def test_a_day_that_never_came_is_not_looked_at() -> None:
    around = tuple(grid(date(2011, 12, 29), date(2012, 1, 1), "day", "Pacific/Apia"))
    assert around == (date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1))
    weeks = tuple(grid(date(2011, 12, 23), date(2012, 1, 6), "week", "Pacific/Apia"))
    assert weeks == (date(2011, 12, 23), date(2011, 12, 31), date(2012, 1, 6))


FIRST, LAST = date(2024, 3, 1), date(2024, 3, 10)


def stretched(data: Dataset) -> dict[str, list[tuple[str, str, int, int]]]:
    """Each customer's stretches from day to before day, with orders within five days and what they were before."""
    folds = [fold for fold in folds_of(tt.RFM(window_days=5)) if fold.key == "order_count"]
    base = trait_table(folds, data, instant(FIRST, "UTC"))
    days = Days(FIRST, LAST, data)

    moving = moved(folds, base.rows, changes(folds, days, as_asked), days, as_asked)
    found = stretches(folds, base.rows, moving, days)
    told: dict[str, list[tuple[str, str, int, int]]] = {}
    for row in [*data.execute(found.begun), *data.execute(found.moving.order_by("day"))]:
        days = [f"{day_of(int(str(row[name]))):%m-%d}" for name in ("day", "until")]
        counts = [int(str(row[name])) for name in ("order_count_5d", "was_order_count_5d")]
        told.setdefault(str(row["customer_id"]), []).append((days[0], days[1], counts[0], counts[1]))
    return told


def test_a_stretch_lasts_from_one_change_to_the_next() -> None:
    data = shop(("a", "2024-02-28", 1), ("a", "2024-03-03T12:00", 1), ("rests", "2023-05-05", 1))
    assert stretched(data) == {
        "a": [
            ("03-01", "03-04", 1, 1),  # one order, made on the 28th of February; what was before is not known
            ("03-04", "03-05", 2, 1),  # made on the third: known from the next midnight on
            ("03-05", "03-09", 1, 2),  # the first leaves five days
            ("03-09", "03-11", 0, 1),  # and the second
        ],
        "rests": [("03-01", "03-11", 0, 0)],
    }


def test_who_is_first_seen_later_has_no_stretch_before() -> None:
    data = shop(("old", "2024-01-01", 1), ("new", "2024-03-06T23:59", 1))
    assert stretched(data)["new"] == [("03-07", "03-11", 1, 0)]


def test_on_every_day_the_stretches_say_what_a_loop_over_the_orders_counts() -> None:
    chance = Random(5)
    lines, back = [], []
    for _ in range(40):
        at = datetime(2024, 2, 20) + timedelta(hours=chance.randrange(20 * 24))
        lines.append((chance.choice("abcde"), at.isoformat(), 9.0))
        back.append(at + timedelta(hours=chance.randrange(5 * 24)) if chance.random() < 0.4 else None)
    data = shop(*lines, refunded_amount=[9.0 if at else 0.0 for at in back], refunded_at=back)
    found = stretched(data)
    for day in map(day_of, range(day_number(FIRST), day_number(LAST) + 1)):
        midnight = datetime(day.year, day.month, day.day)
        counted = Counter(
            who
            for (who, at, _), gone in zip(lines, back, strict=True)
            if midnight - timedelta(days=5) <= datetime.fromisoformat(at) < midnight and (not gone or gone >= midnight)
        )
        shown = f"{day:%m-%d}"
        told = {who: n for who, rows in found.items() for since, until, n, _ in rows if since <= shown < until and n}
        assert told == counted, day


def test_assigned_each_day_an_arrival_is_on_the_day_it_happens() -> None:
    # Bought on the 28th of February: silent for more than three days on the 3rd of March, for more than six on the 6th.
    data = shop(("a", "2024-02-28T10:00", 9.0), ("new", "2024-03-04T10:00", 1.0))
    levels = tt.ValueLevels(warning_days=3, churn_days=6, spend=5)
    days = tuple(date(2024, 3, day) for day in (2, 3, 5, 6, 8))
    rows, _held = arrivals(levels, data, (FIRST, levels.assign(data, as_of=FIRST).table), days, None)
    found = {(row["customer_id"], row["layer"], day_of(int(str(row["since"]))).day) for row in data.execute(rows)}
    assert found == {("a", "at_risk", 3), ("a", "churned", 6), ("new", "potential", 5), ("new", "at_risk", 8)}
    unknown = data.execute(rows.filter(rows.sides_before.isnull()))
    assert [(row["customer_id"], row["layer"]) for row in unknown] == [("new", "potential")]


TURNS = [
    pytest.param("Africa/Cairo", date(2024, 4, 26), id="Cairo in spring"),
    pytest.param("America/Santiago", date(2024, 9, 8), id="Santiago in spring"),
    pytest.param("America/Havana", date(2024, 3, 10), id="Havana in spring"),
    pytest.param("Africa/Cairo", date(2024, 11, 1), id="Cairo in autumn"),
    pytest.param("America/Santiago", date(2024, 4, 7), id="Santiago in autumn"),
    pytest.param("America/Havana", date(2024, 11, 3), id="Havana in autumn"),
    pytest.param("Europe/London", date(2024, 3, 31), id="London in spring, at one"),
]
"""Zones where clocks change at midnight, and the day that begins with it."""


@pytest.mark.parametrize(("zone", "day"), TURNS)
def test_on_the_day_of_the_clocks_following_and_assigning_agree(zone: str, day: date) -> None:
    edge = datetime(day.year, day.month, day.day) - timedelta(days=7)
    bought = [(f"c{n}", (edge + timedelta(minutes=30 * n)).isoformat(), 9.0) for n in range(-3, 4)]
    data = shop(("old", "2023-01-01", 9.0), *bought, timezone=zone)
    lately = tt.Rules(layers=[layer("lately", {"trait": "order_count_7d", "op": ">", "value": 0}), layer("rest")])
    got = tt.history(lately, data, start=day - timedelta(days=1), end=day + timedelta(days=1))
    followed = {row["customer_id"]: row["layer"] for row in data.execute(got.at(day))}
    assert followed == by_customer(lately.assign(data, as_of=day).to_pandas(), "layer")


def test_an_order_that_does_not_say_its_discount_adds_none() -> None:
    discount = pa.array([None], pa.float64())
    orders = pa.table(
        {
            "order_id": ["1"],
            "customer_id": ["a"],
            "ordered_at": ["2024-03-03T12:00"],
            "amount": [9.0],
            "discount": discount,
        }
    )
    known = pa.table({"customer_id": ["a"], "registered_at": ["2024-02-01"]})
    data = tt.Dataset(orders=orders, customers=known)
    share = tt.TraitSplit(trait="discount_share", bands=(0.1,))
    stays = tt.history(share, data, start="2024-03-01", end="2024-03-10").to_pandas()
    assert stays["layer"].tolist() == ["unknown", "band_1"]
