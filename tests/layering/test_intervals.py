"""Intervals made of arrivals, on tables small enough to read, and against plain loops over any arrivals."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.shops import spread
from titian.layering import intervals
from titian.traits.changes import day_number, day_of

Row = tuple[object, ...]
Arrived = tuple[str, str, int]
"""Who, in which layer, on which day."""
Stay = tuple[str, str, int, int | None]
"""Who, in which layer, from which day, until which."""

CAME = {"customer_id": "string", "layer": "string", "since": "int64", "sides": "int64", "sides_before": "int64"}
STAYED = {**CAME, "until": "int64"}
STANDING = {"customer_id": "string", "layer": "string", "spend": "decimal(18, 4)"}
FOLDS = {"customer_id": "string", "spend": "decimal(18, 4)"}


def table(columns: dict[str, str], *rows: Row) -> ir.Table:
    lines = [dict(zip(columns, row, strict=True)) for row in rows]
    return ibis.memtable(pa.Table.from_pylist(lines, ibis.schema(columns).to_pyarrow()))


def arrivals(*rows: Arrived) -> ir.Table:
    return table(CAME, *((*row, 0, 0) for row in rows))


def held(rows: ir.Table, *columns: str) -> list[Row]:
    """The rows with these columns, sorted."""
    lines = rows.select(*columns).to_pyarrow().to_pylist()
    return sorted((tuple(line[name] for name in columns) for line in lines), key=repr)


def stays(rows: ir.Table) -> list[Row]:
    return held(rows, "customer_id", "layer", "since", "until")


def where(rows: ir.Table) -> list[Row]:
    return held(rows, "customer_id", "layer", "since")


def standing(*rows: Arrived) -> ir.Table:
    return arrivals(*rows)


def test_who_stands_somewhere_stands_there_since_the_day() -> None:
    layers = table(STANDING, ("a", "gold", 12), ("b", "iron", 0))
    begun = intervals.begun(layers, date(1970, 1, 11), ["spend"])
    assert where(begun) == [("a", "gold", 10), ("b", "iron", 10)]
    assert [float(row[0]) for row in held(begun, "spend")] == [0, 12]  # type: ignore[arg-type]
    assert held(begun, "sides", "sides_before") == [(None, None)] * 2


def test_an_arrival_lasts_until_the_next_of_the_same_customer() -> None:
    came = arrivals(("a", "gold", 5), ("b", "iron", 6), ("a", "iron", 9), ("a", "gold", 7))
    assert stays(intervals.linked(came)) == [
        ("a", "gold", 5, 7), ("a", "gold", 7, 9), ("a", "iron", 9, None), ("b", "iron", 6, None)
    ]  # fmt: skip


def ended(before: ir.Table, came: ir.Table) -> ir.Table:
    return intervals.over(ibis.union(intervals.left(before, came), came))


def test_what_ended_is_where_one_stood_and_what_lay_between_two_arrivals() -> None:
    before = standing(("a", "iron", 1), ("stays", "iron", 1))
    came = intervals.linked(arrivals(("a", "gold", 5), ("a", "iron", 9), ("new", "iron", 6)))
    assert stays(ended(before, came)) == [("a", "gold", 5, 9), ("a", "iron", 1, 5)]


def test_where_nobody_came_anywhere_nothing_ended_and_all_stand_where_they_stood() -> None:
    before, came = standing(("a", "iron", 1), ("b", "gold", 2)), intervals.linked(arrivals())
    assert stays(ended(before, came)) == []
    assert where(intervals.stood(before, came)) == [("a", "iron", 1), ("b", "gold", 2)]


def test_one_stands_where_one_came_last_and_who_is_new_stands_with_the_others() -> None:
    before = standing(("a", "iron", 1), ("stays", "iron", 1))
    came = intervals.linked(arrivals(("a", "gold", 5), ("a", "tin", 9), ("new", "iron", 6), ("new", "gold", 8)))
    assert where(intervals.stood(before, came)) == [("a", "tin", 9), ("new", "gold", 8), ("stays", "iron", 1)]


def with_folds() -> ir.Table:
    return table({**CAME, "spend": "decimal(18, 4)"}, ("a", "iron", 1, None, None, 5), ("b", "iron", 1, None, None, 7))


def test_changed_folds_are_taken_without_an_arrival_and_an_arrival_without_changed_folds() -> None:
    came = intervals.linked(arrivals(("a", "gold", 4)))
    after = intervals.stood(with_folds(), came, table(FOLDS, ("b", 70)))
    assert where(after) == [("a", "gold", 4), ("b", "iron", 1)]
    assert [(who, float(spend)) for who, spend in held(after, "customer_id", "spend")] == [("a", 5), ("b", 70)]  # type: ignore[arg-type]


def test_who_is_new_stands_with_the_folds_that_they_came_with() -> None:
    came = intervals.linked(arrivals(("new", "gold", 4)))
    after = intervals.stood(with_folds(), came, table(FOLDS, ("new", 9)))
    assert [(who, float(spend)) for who, spend in held(after, "customer_id", "spend")] == [
        ("a", 5),
        ("b", 7),
        ("new", 9),
    ]  # type: ignore[arg-type]


def test_a_fold_that_became_nothing_is_nothing() -> None:
    came = intervals.linked(arrivals())
    after = intervals.stood(with_folds(), came, table(FOLDS, ("a", None)))
    assert held(after.filter(after.customer_id == "a"), "spend") == [(None,)]


def test_types_stay_those_of_who_stood_there_whatever_an_engine_gave_back() -> None:
    before = with_folds()
    wide = {**CAME, "since": "int32", "sides": "int32", "sides_before": "int32"}
    came = intervals.linked(table(wide, ("a", "gold", 4, 1, 0), ("new", "gold", 4, 1, None)))
    after = intervals.stood(before, came, table({**FOLDS, "spend": "decimal(38, 4)"}, ("a", 8), ("new", 9)))
    assert after.schema() == before.schema()


def test_touched_are_those_who_came_or_whose_folds_changed() -> None:
    came, moved = arrivals(("a", "gold", 4)), table(FOLDS, ("b", 1), ("a", 1))
    assert set(held(intervals.touched(came, moved), "customer_id")) == {("a",), ("b",)}
    assert held(intervals.touched(came), "customer_id") == [("a",)]


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (4, []),
        (5, [("a", "gold", 5, None)]),
        (8, [("a", "gold", 5, None)]),
        (9, [("a", "gold", 5, 9), ("a", "iron", 9, None)]),
    ],
)
def test_what_was_known_as_of_a_day_knows_nothing_of_later_ones(day: int, known: list[Stay]) -> None:
    rows = table(STAYED, ("a", "gold", 5, 0, 0, 9), ("a", "iron", 9, 0, 0, None))
    assert stays(intervals.cut(rows, day_of(day))) == known


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29), date(2400, 12, 31)], ids=str)
def test_a_number_of_a_day_is_shown_as_that_day(day: date) -> None:
    assert day_of(day_number(day)) == day
    assert day_number(day) == (day - date(1970, 1, 1)) // timedelta(days=1)
    shown = intervals.as_date(ibis.literal(day_number(day)).cast("int64"))
    assert ibis.duckdb.connect().execute(shown).date() == day


@pytest.mark.parametrize(
    ("since", "sides", "before", "reason"),
    [
        (1, None, None, "start"),
        (4, 0b000, None, "entered"),
        (4, 0b101, 0b010, "+recency_days -order_count +spend"),
        (4, 0b110, 0b100, "+order_count"),
        (4, 0b1011, 0b0011, "changed"),
        (4, 0b011, 0b011, "changed"),
    ],
)
def test_the_reason_is_how_one_came_or_which_cuts_were_passed(
    since: int, sides: int | None, before: int | None, reason: str
) -> None:
    fitted = tt.RFM().assign(spread(), as_of="2024-06-01").fitted
    assert [cut.trait for cut in fitted.cuts] == ["recency_days", "order_count", "spend"], "from the lowest digit on"
    shown = intervals.shown(table(STAYED, ("a", "gold", since, sides, before, 9)), day_of(1), fitted)
    assert held(shown, "valid_from", "valid_to", "reason") == [(day_of(since), day_of(9), reason)]


Moves = list[Arrived]
moves = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["gold", "iron", "tin"]), st.integers(2, 12)),
    max_size=14,
    unique_by=lambda row: (row[0], row[2]),
)
"""Arrivals after day 1, at most one a day of each customer."""
STOOD: Moves = [("a", "gold", 1), ("b", "tin", 1)]


def plainly(came: Moves) -> list[Row]:
    """Every stay of these arrivals, by a loop over each customer's days."""
    found: list[Row] = []
    for who in sorted({row[0] for row in came}):
        mine = sorted((row for row in came if row[0] == who), key=lambda row: row[2])
        ends = [*(row[2] for row in mine[1:]), None]
        found += [(*row, end) for row, end in zip(mine, ends, strict=True)]
    return sorted(found, key=repr)


def told(before: ir.Table, came: Moves) -> tuple[ir.Table, ir.Table]:
    """What ended with these arrivals, and who stands where after them."""
    link = intervals.linked(arrivals(*came))
    return ended(before, link), intervals.stood(before, link)


def whole(ended: ir.Table, after: ir.Table) -> ir.Table:
    return ibis.union(ended, intervals.open_ended(after))


@given(came=moves)
@QUICK
def test_all_that_ended_and_all_that_stand_are_all_stays(came: Moves) -> None:
    assert stays(whole(*told(standing(*STOOD), came))) == plainly([*STOOD, *came])


@given(came=moves, between=st.integers(1, 12))
@settings(QUICK, max_examples=3)
def test_told_in_two_parts_it_is_the_same_as_at_once(came: Moves, between: int) -> None:
    first, after = told(standing(*STOOD), [row for row in came if row[2] <= between])
    second, last = told(after, [row for row in came if row[2] > between])
    assert stays(whole(ibis.union(first, second), last)) == stays(whole(*told(standing(*STOOD), came)))


@given(came=moves, day=st.integers(1, 12))
@QUICK
def test_cut_at_a_day_it_is_as_if_only_what_came_by_then_had_been_told(came: Moves, day: int) -> None:
    rows = whole(*told(standing(*STOOD), came))
    assert stays(intervals.cut(rows, day_of(day))) == plainly([*STOOD, *(row for row in came if row[2] <= day)])
