"""A portrait says where one customer stands, why, and where they stood."""

from datetime import date, datetime

import pytest

from tests.app import market
from titian.app import portraits
from titian.app.desk import Reading
from titian.app.held import assigned, held, missing
from titian.app.past import LOOKED_AT
from titian.errors import NotFoundError
from titian.layering.assignment import assign

WHO = "00003"


def test_layers_and_reasons_are_those_of_the_assignment(reading: Reading) -> None:
    found = {place.layering: place for place in portraits.portrait(reading, WHO, None, None).layers}
    present = {key: one for key, one in held(reading.desk).items() if missing(reading, one.layering) is None}
    assert set(found) == set(present)
    for key, one in present.items():
        got = assigned(reading, one, market.END)
        assert found[key].layer.key == got.row(WHO)["layer"]
        assert [reason.value for reason in found[key].reasons] == [reason.value for reason in got.explain(WHO)]


def test_percentiles_count_ties_half(reading: Reading) -> None:
    marks = {mark.trait.key: mark for mark in portraits.portrait(reading, WHO, None, None).traits}
    midnight = datetime.combine(market.END, datetime.min.time())
    buyers = {o.customer_id for o in market.orders() if o.status == "paid"}
    spend = market.paid_spend(list(market.orders()), midnight, None)
    values = [spend[who] for who in spend if who in buyers]
    mine = spend[WHO]
    expected = (sum(v < mine for v in values) + sum(v == mine for v in values) / 2) / len(values)
    assert marks["spend"].value == pytest.approx(mine)
    assert marks["spend"].percentile == pytest.approx(expected)


@pytest.mark.parametrize("customer_id", [WHO, "00042"])
def test_the_strip_is_the_assignment_at_every_months_end(reading: Reading, customer_id: str) -> None:
    strips = {strip.layering: strip.spans for strip in portraits.portrait(reading, customer_id, None, None).strips}
    assert {"rfm", "rfm_score", "value_levels"} <= set(strips)
    for key, one in held(reading.desk).items():
        if key not in strips:
            own = frozenset().union(*one.layering.needs()) <= set(LOOKED_AT)
            assert not (own and one.layering.movable) or missing(reading, one.layering) is not None
            continue
        fitted = assigned(reading, one, market.END).fitted
        for month in (2, 5, 9, 12):
            point = date(2024, month, 1)
            then = assign(one.layering, reading.data, reading.instant(point), fitted)
            rows = then.table.filter(then.table.customer_id == customer_id)
            expected = [row["layer"] for row in reading.data.execute(rows.select("layer"))]
            at = [
                span.layer
                for span in strips[key]
                if span.since <= point < span.until or point == span.until == market.END
            ]
            assert at[-1:] == expected, (key, point)


def test_the_timeline_is_everything_that_happened_newest_first(reading: Reading) -> None:
    found = portraits.portrait(reading, WHO, None, None)
    mine = [o for o in market.orders() if o.customer_id == WHO]
    assert sum(found.timeline_counts.values()) == len(found.timeline) == len(mine)
    assert [entry.at.replace(tzinfo=None) for entry in found.timeline] == sorted(
        (o.ordered_at for o in mine), reverse=True
    )
    assert {entry.kind for entry in found.timeline} <= {"order", "unpaid", "refund"}
    assert all((entry.amount or 0) < 0 for entry in found.timeline if entry.kind == "refund")


def test_contacts_are_masked_and_facts_are_shown(reading: Reading) -> None:
    found = portraits.portrait(reading, WHO, None, None)
    assert {fact.name.zh: fact.value.zh for fact in found.facts} == {
        "城市": "杭州",
        "手机号": "138****5678",
        "邮箱": "l***@example.com",
    }
    assert found.name == "=cmd|'/C calc'!A0"


@pytest.mark.parametrize("nobody", ["", "99999", "3", "00003 ", "' or 1=1"])
def test_nobody_is_not_found(reading: Reading, nobody: str) -> None:
    with pytest.raises(NotFoundError):
        portraits.portrait(reading, nobody, None, None)


def test_a_gap_closed_makes_the_dimension_high(reading: Reading) -> None:
    for customer_id in ("00010", "00042"):
        place = next(p for p in portraits.portrait(reading, customer_id, None, None).layers if p.layering == "rfm")
        high = {reason.trait.key: reason.high for reason in place.reasons}
        for gap in place.gaps:
            assert (gap.gap == 0) == high[gap.trait.key]
        assert (place.lacking is None) == all(high.values())
