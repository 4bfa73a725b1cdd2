"""A rule on any trait of the catalogue: who has a value meets a rule for that very value, and is told so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

import pandas as pd
import pytest

import titian as tt
from tests.layering.explained import explained
from tests.layering.own import layer
from tests.layering.stories import AS_OF, ago, bought, did
from tests.oracle.village import Answer, Change, Event, Invite, Item, Link, Person, Village, handed
from titian.domain.reason import Reason
from titian.traits.catalogue import CATALOGUE
from titian.traits.trait import Unit

BORN = date(1990, 5, 1)
FULL = Village(
    "Europe/London",
    events=(
        *did("a", (3, "view"), (9, "view"), (40, "register"), seconds=30.0),
        Event("a", "view", ago(2), city="上海", channel="app"),
    ),
    orders=tuple(bought("a", 2, 10, 31) + bought("a", 60, refunded=True) + bought("b", 5)),
    people=(
        Person("a", ago(90), ago(80), "上海", "female", "doctor", BORN),
        Person("nothing is known of them"),
    ),
    invites=(Invite("a", "b", ago(9), ago(8)),),
    items=(Item("a2", "p1", "tea", "Green Hill", 3.0, Decimal("2.50")),),
    links=(Link("b", "a", "follow", ago(20)),),
    answers=(Answer("a", ago(6), 4.0), Answer("b", ago(5), 2.0, "slow")),
    changes=tuple(Change("a", name, f"{name} one", ago(50)) for name in ("province", "country", "channel", "store_id")),
)
every_trait = pytest.mark.parametrize("name", list(CATALOGUE))
pytestmark = pytest.mark.full


@cache
def data() -> tt.Dataset:
    return handed(FULL)


@cache
def known() -> pd.DataFrame:
    """Every trait of everyone."""
    return tt.traits(list(CATALOGUE), data(), as_of=AS_OF).set_index("customer_id")


def written(value: object, unit: Unit) -> object:
    """A value as a rule names it: instants by their local day."""
    if unit is Unit.INSTANT:
        at = pd.Timestamp(value)  # type: ignore[arg-type]
        return str((at if at.tzinfo else at.tz_localize(UTC)).tz_convert(FULL.zone).date())
    return str(value) if unit is Unit.CATEGORY else float(str(value))


def asked(name: str, op: str, value: object = None) -> dict[str, tuple[str, list[Reason]]]:
    """Who meets a rule on one trait, and what everyone is told of it."""
    condition = {"trait": name, "op": op} | ({} if value is None else {"value": value})
    got = tt.Rules(layers=[layer("met", condition), layer("rest")]).assign(data(), as_of=AS_OF)
    return {who: (str(row["layer"]), reasons) for who, (row, reasons) in explained(got).items()}


def met(found: dict[str, tuple[str, list[Reason]]]) -> set[str]:
    """Who meets it; and it is said of everyone whether they do."""
    for where, (reason,) in found.values():
        assert ("does not meet" in reason.sentence.en) == (where == "rest")
        assert ("不符合" in reason.sentence.zh) == (where == "rest")
    return {who for who, (where, _) in found.items() if where == "met"}


@every_trait
def test_who_has_a_value_is_known_and_who_has_none_is_not(name: str) -> None:
    having = set(known().index[known()[name].notna()])
    assert met(asked(name, "is_known")) == having
    assert met(asked(name, "is_unknown")) == set(known().index) - having


@every_trait
def test_who_has_a_value_meets_a_rule_for_that_very_value(name: str) -> None:
    values = known()[name].dropna()
    assert len(values), "somebody has one"
    unit = CATALOGUE[name].unit
    said = {who: written(value, unit) for who, value in values.items()}
    value = said[max(said)]
    same = {who for who, other in said.items() if other == value}
    assert met(asked(name, "=", value)) == same
    assert met(asked(name, "!=", value)) == set(said) - same, "who has no value meets no rule but the unknown"


@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.items() if one.unit.numeric])
def test_a_bound_at_somebodys_value_holds_them_and_all_beyond(name: str) -> None:
    values = {str(who): float(value) for who, value in known()[name].dropna().items()}
    bound = max(values.values())
    found = asked(name, ">=", bound)
    assert met(found) == {who for who, value in values.items() if value >= bound}
    for who, value in values.items():
        ((reason,)) = found[who][1]
        assert reason.value == pytest.approx(value)
        better = value - bound if CATALOGUE[name].better == "high" else bound - value
        assert reason.distance == pytest.approx(better)


TEXTS = [name for name, one in CATALOGUE.items() if one.unit is Unit.CATEGORY]


@pytest.mark.parametrize("op", ["contains", "starts_with"])
@pytest.mark.parametrize("name", TEXTS)
def test_the_beginning_of_a_text_is_found_in_it(name: str, op: str) -> None:
    values = {str(who): str(value) for who, value in known()[name].dropna().items()}
    start = min(values.values())[:2]
    assert met(asked(name, op, start)) == {who for who, value in values.items() if value.startswith(start)}


def test_one_day_before_is_said_in_the_singular() -> None:
    (reason,) = asked("last_order_at", ">=", {"days_before": 1})["a"][1]
    assert "≥ 1 day before the as-of" in reason.sentence.en


def test_an_instant_is_said_as_the_clock_of_the_shop_showed_it() -> None:
    (reason,) = asked("last_order_at", "is_known")["a"][1]
    local = datetime.fromisoformat("2024-06-29T01:00")
    assert ago(2) == datetime(2024, 6, 29, tzinfo=UTC)
    assert f"{local:%Y-%m-%d %H:%M}" in reason.sentence.en
