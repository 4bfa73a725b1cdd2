"""Layerings of the team's own: a preview is what making them would give, and what is made can go and come back."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.app import bazaar, market
from tests.oracle.cuts import quantile
from tests.oracle.facts import all_traits
from titian.app import building, layerings, saving_audiences
from titian.app.answers.audiences import NewAudience
from titian.app.answers.layering import LayeringPreview, NewLayering, PreviewAsked
from titian.app.desk import Desk, Reading
from titian.app.permitted import permitted
from titian.domain.permission import MAY
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, MissingDataError, NotFoundError, TitianError, UnknownNameError
from titian.layering.registry import LAYERINGS

HALVES = {"trait": "spend", "shares": [0.5, 0.5]}
NAME = Words(zh="两半", en="Halves")


def new(key: str = "halves", kind: str = "quantiles", parameters: dict[str, Any] | None = None) -> NewLayering:
    return NewLayering(key=key, name=NAME, kind=kind, parameters=HALVES if parameters is None else parameters)


def sizes(got: LayeringPreview) -> dict[str, int]:
    return {one.layer.key: one.customers for one in got.layers}


def halves(day: date) -> Counter[str]:
    """Buyers above and not above the median of what they spent, and all others, by the book."""
    found = all_traits(bazaar.SHOP, bazaar.midnight(day))
    spent = {who: traits.spend for who, traits in found.items() if traits.bought}
    middle = quantile(list(spent.values()), Fraction(1, 2))
    counted = Counter("q1" if Fraction(money) > middle else "q2" for money in spent.values())
    return counted + Counter({"none": len(bazaar.everyone(day)) - len(spent)})


@pytest.mark.parametrize("day", [date(2024, 1, 9), bazaar.END], ids=str)
def test_a_preview_counts_as_the_book_does(market_day: Reading, day: date) -> None:
    got = building.preview(market_day, PreviewAsked(kind="quantiles", parameters=HALVES, as_of=day))
    assert sizes(got) == halves(day)
    assert (got.customers, got.as_of, got.ordered) == (len(bazaar.everyone(day)), day, True)


@pytest.mark.parametrize("kind", [kind for kind, made_by in LAYERINGS.items() if not made_by.ready])
def test_what_is_made_of_a_kind_counts_as_its_preview(own_desk: Desk, kind: str) -> None:
    parameters = LAYERINGS[kind].example().parameters
    with own_desk.reading() as reading:
        try:
            tried = building.preview(reading, PreviewAsked(kind=kind, parameters=parameters))
        except MissingDataError:
            return
        building.create(reading, new("mine", kind, parameters))
        made = layerings.now(reading, "mine", None, None)
    assert {one.layer.key: one.customers for one in made.layers} == sizes(tried)
    assert tried.customers == len(market.customers())


def test_parameters_left_out_are_written_down_as_they_were_that_day(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        building.create(reading, new(parameters={}))
    assert own_desk.definitions.current()["halves"].parameters == LAYERINGS["quantiles"](key="halves").parameters


def test_a_removed_one_is_in_no_list_and_comes_back_as_it_was(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        made = building.create(reading, new())
        building.remove(reading, "halves")
        assert "halves" not in {one.key for one in layerings.summaries(reading, None)}
        assert building.restore(reading, "halves") == made
        assert (made.name, made.own, made.version) == (NAME, True, 1)


def test_what_was_removed_twice_or_never_made_is_not_found(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        building.create(reading, new())
        building.remove(reading, "halves")
        for ask in (building.remove, building.restore):
            with pytest.raises(NotFoundError, match="halves" if ask is building.remove else "never"):
                ask(reading, "halves" if ask is building.remove else "never")


def test_one_of_the_house_stays_though_it_was_never_published(own_desk: Desk) -> None:
    with own_desk.reading() as reading, pytest.raises(ConflictError, match="comes with Titian"):
        building.remove(reading, "rfm")


@pytest.mark.parametrize(
    ("asked", "error", "field"),
    [
        (new("rfm"), ConflictError, "key"),
        (new("new"), ConflictError, "key"),
        (new("compare"), ConflictError, "key"),
        (new("preview"), ConflictError, "key"),
        (new("A b"), InputError, "key"),
        (new(kind="quantile"), UnknownNameError, None),
        (new(parameters={"shares": [0.5]}), TitianError, "shares"),
        (new(parameters={"key": "other"}), InputError, None),
        (NewLayering(key="x", name=Words(zh=" ", en="x"), kind="quantiles"), InputError, "name"),
        (NewLayering(key="x", name=Words(zh="甲", en="\t"), kind="quantiles"), InputError, "name"),
    ],
    ids=lambda value: f"{value.kind} {value.key} {value.name.zh}" if isinstance(value, NewLayering) else "",
)
def test_what_can_not_be_made_is_refused_and_nothing_is_kept(
    own_desk: Desk, asked: NewLayering, error: type[TitianError], field: str | None
) -> None:
    with own_desk.reading() as reading, pytest.raises(error) as refused:
        building.create(reading, asked)
    assert refused.value.zh != refused.value.message
    assert refused.value.details.get("field") == field
    assert own_desk.definitions.current() == {}


def test_a_kind_of_the_house_may_be_made_again_with_other_parameters(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        made = building.create(reading, new("rfm_ever", "rfm", {"window_days": None}))
    assert (made.kind, made.own, [trait.window_days for trait in made.needs]) == ("rfm", True, [None] * 3)


def test_a_preview_of_what_no_data_tell_says_what_is_missing(reading: Reading) -> None:
    with pytest.raises(MissingDataError, match="events") as refused:
        building.preview(reading, PreviewAsked(kind="social"))
    assert refused.value.zh.startswith("这个分层需要")


def test_a_preview_of_a_day_before_all_data_says_when_they_begin(market_day: Reading) -> None:
    with pytest.raises(InputError, match="2023-09"):
        building.preview(market_day, PreviewAsked(kind="rfm", as_of=date(2020, 1, 1)))


def test_a_layering_that_rules_name_stays(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        building.create(reading, new())
        rule = {"layering": "halves", "layers": ["q1"]}
        saving_audiences.create(reading, NewAudience(key="upper", name=NAME, rule=rule))
        with pytest.raises(ConflictError) as refused:
            building.remove(reading, "halves")
        assert refused.value.details["used_by"] == ["audiences/upper"]
        saving_audiences.remove(reading, "upper")
        building.remove(reading, "halves")


def test_who_sees_no_personal_data_is_offered_no_trait_that_tells_any() -> None:
    offered = {one.key for one in building.traits()}
    token = permitted.set(MAY["analyst"])
    try:
        assert offered - {one.key for one in building.traits()} == {"birth_date", "age_years"}
    finally:
        permitted.reset(token)
