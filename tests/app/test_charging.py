"""Staff are put in charge of customers, one or many at once, told of, and taken back."""

from __future__ import annotations

import pytest

from tests.app import market
from titian.app import auditing, charging, saving_audiences
from titian.app.answers.audiences import NewAudience
from titian.app.answers.staff import ChargeAsked, ChargeReport
from titian.app.desk import Desk
from titian.domain.words import Words
from titian.errors import InputError, NotFoundError, UnknownNameError

PEOPLE = sorted(market.customers())
NAME = Words(zh="人", en="People")


def put(desk: Desk, staff: str | None, *ids: str, text: str = "", audience: str | None = None) -> ChargeReport:
    with desk.reading() as reading:
        return charging.put(reading, ChargeAsked(staff=staff, ids=ids, text=text, audience=audience))


def who(desk: Desk, customer: str) -> str | None:
    with desk.reading() as reading:
        found = charging.of_customer(reading, customer).charge
    return None if found is None else found.staff


def test_every_named_customer_is_in_one_figure_of_the_report(own_desk: Desk) -> None:
    put(own_desk, "Li", PEOPLE[0])
    text = f"{PEOPLE[0]}, {PEOPLE[1]}，,{PEOPLE[2]}\n{PEOPLE[2]} nobody"
    got = put(own_desk, " 王芳 ", text=text)
    assert (got.staff, got.asked, got.blank, got.repeated, got.unknown) == ("王芳", 6, 1, 1, 1)
    assert (got.already, got.changed, got.taken_over, got.unknown_ids) == (0, 3, 1, ("nobody",))
    assert got.asked == got.blank + got.repeated + got.unknown + got.already + got.changed
    assert [one.model_dump() for one in charging.listed(own_desk).staff] == [{"name": "王芳", "customers": 3}]


def test_said_again_nothing_changes_and_there_is_no_line(own_desk: Desk) -> None:
    put(own_desk, "Li", PEOPLE[0])
    before = auditing.lines(own_desk).found
    again = put(own_desk, "Li", PEOPLE[0])
    assert (again.already, again.changed, again.batch) == (1, 0, None)
    assert put(own_desk, None, PEOPLE[1]).batch is None
    assert auditing.lines(own_desk).found == before


def test_a_batch_is_taken_back(own_desk: Desk) -> None:
    put(own_desk, "Li", PEOPLE[0])
    batch = str(put(own_desk, "Wang", *PEOPLE[:3]).batch)
    undone = charging.take_back(own_desk, batch)
    assert (undone.removed, undone.restored, undone.repeated) == (3, 1, False)
    assert (who(own_desk, PEOPLE[0]), who(own_desk, PEOPLE[1])) == ("Li", None)
    assert charging.take_back(own_desk, batch).repeated


def test_nobody_is_in_charge_any_more_and_that_is_taken_back(own_desk: Desk) -> None:
    put(own_desk, "Li", *PEOPLE[:2])
    gone = put(own_desk, None, PEOPLE[0])
    assert (gone.staff, gone.changed, who(own_desk, PEOPLE[0])) == (None, 1, None)
    charging.take_back(own_desk, str(gone.batch))
    assert who(own_desk, PEOPLE[0]) == "Li"


def test_everybody_in_an_audience_is_meant(own_desk: Desk) -> None:
    rule = {"trait": "spend", "op": ">=", "value": 400}
    with own_desk.reading() as reading:
        saving_audiences.create(reading, NewAudience(key="rich", name=NAME, rule=rule))
        saving_audiences.create(reading, NewAudience(key="few", name=NAME, ids=(PEOPLE[0], PEOPLE[1])))
    assert put(own_desk, "Li", audience="few").changed == 2
    rows = market.paid_spend(list(market.orders()), market.FIRST.replace(year=2030), None)
    assert put(own_desk, "Wang", audience="rich").changed == sum(spend >= 400 for spend in rows.values())
    with pytest.raises(UnknownNameError):
        put(own_desk, "Li", audience="nothing")


def test_who_is_in_charge_is_told_with_since_when_and_by_whom(own_desk: Desk) -> None:
    got = put(own_desk, "Li", PEOPLE[0])
    with own_desk.reading() as reading:
        found = charging.of_customer(reading, PEOPLE[0]).charge
        assert found is not None
        assert (found.staff, found.by, found.batch, found.since.tzinfo is not None) == ("Li", "python", got.batch, True)
        with pytest.raises(NotFoundError):
            charging.of_customer(reading, "nobody")


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "\ud800", "x" * 101])
def test_a_name_that_can_not_be_kept_is_refused(own_desk: Desk, name: str) -> None:
    with pytest.raises(InputError):
        put(own_desk, name, PEOPLE[0])


def test_a_call_without_customers_or_of_no_batch_is_refused(own_desk: Desk) -> None:
    with pytest.raises(InputError):
        put(own_desk, "Li")
    with pytest.raises(NotFoundError):
        charging.take_back(own_desk, "nothing")


def test_lines_of_the_log_hold_figures_and_neither_staff_nor_customers(own_desk: Desk) -> None:
    batch = str(put(own_desk, "王芳", PEOPLE[0], PEOPLE[1]).batch)
    put(own_desk, None, PEOPLE[0])
    charging.take_back(own_desk, batch)
    lines = auditing.lines(own_desk).lines[:3]
    assert [line.action for line in lines] == ["staff.undo", "staff.relieve", "staff.assign"]
    assert lines[2].details == {"customers": 2, "already": 0, "taken_over": 0}
    every = "".join(line.model_dump_json() for line in lines)
    assert "王芳" not in every
    assert f'"{PEOPLE[0]}"' not in every


def test_to_look_makes_no_store(empty: Desk) -> None:
    assert charging.listed(empty).staff == ()
    assert empty.stored.there is None
