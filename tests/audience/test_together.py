"""Rules that are asked together tell of each what it tells alone, whatever they share and in whatever order they stand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.acceptance.product import QUICK
from tests.audience.test_selecting import AUDIENCES, DATA, SEEDS, TAGS, VILLAGES, rules, selected
from titian.audience.known import Listed, Named
from titian.audience.selecting import DEEPEST, select, select_together
from titian.domain.rule import Rule
from titian.errors import InputError, UnknownNameError
from titian.layering.value_levels import ValueLevels
from titian.rules.reading import read

LISTED = Listed(AUDIENCES["listed"])
KNOWN = Named(
    layerings={"value_levels": ValueLevels()},
    tags={key: Listed(customers) for key, customers in TAGS.items()},
    audiences={"listed": LISTED, "carts": read(AUDIENCES["carts"])},
)
CART, VIEW = {"did": "cart"}, {"did": "view"}


def together(asked: dict[str, dict[str, Any]], seed: int, known: Named = KNOWN) -> dict[str, list[str]]:
    """Who meets each of the rules."""
    made: dict[str, Rule] = {name: read(rule) for name, rule in asked.items()}
    found = select_together(made, DATA[seed], VILLAGES[seed][1], known)
    rows = DATA[seed].execute(found.table.order_by("customer_id"))
    assert [str(row["customer_id"]) for row in rows] == sorted(VILLAGES[seed][0].everyone(VILLAGES[seed][1]))
    assert all(isinstance(row[name], bool) for row in rows for name in asked)
    return {name: [str(row["customer_id"]) for row in rows if row[name]] for name in asked}


def alone(rule: dict[str, Any], seed: int) -> list[str]:
    return list(selected(rule, seed).to_pandas()["customer_id"])


@given(data=st.data(), seed=st.sampled_from(SEEDS))
@QUICK
def test_each_is_told_as_if_it_were_asked_alone(data: st.DataObject, seed: int) -> None:
    asked = data.draw(st.lists(rules(*VILLAGES[seed]), min_size=2, max_size=4))
    found = together({f"rule {number}": rule for number, rule in enumerate(asked)}, seed)
    for number, rule in enumerate(asked):
        assert found[f"rule {number}"] == alone(rule, seed)


@given(data=st.data(), seed=st.sampled_from(SEEDS))
@QUICK
def test_a_rule_and_its_opposite_share_out_everyone(data: st.DataObject, seed: int) -> None:
    rule = data.draw(rules(*VILLAGES[seed]))
    found = together({"it": rule, "again": rule, "not": {"not": rule}}, seed)
    assert found["it"] == found["again"]
    assert sorted(found["it"] + found["not"]) == sorted(VILLAGES[seed][0].everyone(VILLAGES[seed][1]))


@given(data=st.data(), seed=st.sampled_from(SEEDS))
@QUICK
def test_all_and_any_are_cut_and_union_of_what_stands_beside_them(data: st.DataObject, seed: int) -> None:
    one, other = (data.draw(rules(*VILLAGES[seed])) for _ in range(2))
    found = together({"one": one, "other": other, "all": {"all": [one, other]}, "any": {"any": [one, other]}}, seed)
    assert set(found["all"]) == set(found["one"]) & set(found["other"])
    assert set(found["any"]) == set(found["one"]) | set(found["other"])


def test_more_memberships_than_one_query_looks_up_are_told_each_for_itself() -> None:
    people = sorted(VILLAGES[1][0].everyone(VILLAGES[1][1]))
    tags = {f"t{number}": people[number :: number + 2] for number in range(12)}
    known = Named(tags={key: Listed(customers) for key, customers in tags.items()})
    found = together({key: {"tag": key} for key in tags}, 1, known)
    assert found == tags
    every = together({"all": {"any": [{"tag": key} for key in tags]}}, 1, known)
    assert every["all"] == sorted(set().union(*tags.values()))


def test_an_audience_of_one_rule_is_no_other_in_the_next() -> None:
    asked = {"in": {"audience": "carts"}, "its rule": AUDIENCES["carts"], "out": {"not": {"audience": "carts"}}}
    found = together(asked, 4)
    assert found["in"] == found["its rule"]
    assert not set(found["in"]) & set(found["out"])


def chain(length: int) -> Named:
    """a0 is a rule, each next names the one before."""
    made: dict[str, Rule | Listed] = {"a0": read(CART)}
    made |= {f"a{number}": read({"audience": f"a{number - 1}"}) for number in range(1, length)}
    return Named(audiences=made)


def test_the_deepest_that_is_told_alone_is_told_together_and_deeper_is_refused_by_both() -> None:
    known = chain(DEEPEST + 1)
    deepest = f"a{DEEPEST - 1}"
    found = together({"deep": {"audience": deepest}, "plain": CART, "a0": {"audience": "a0"}}, 1, known)
    assert found["deep"] == found["plain"] == found["a0"]
    deeper = read({"audience": f"a{DEEPEST}"})
    with pytest.raises(InputError, match="too deep"):
        select(deeper, DATA[1], VILLAGES[1][1], known)
    with pytest.raises(InputError, match="too deep"):
        select_together({"first": read({"audience": "a0"}), "x": deeper}, DATA[1], VILLAGES[1][1], known)


@pytest.mark.parametrize("first", [True, False], ids=["the wrong one first", "the wrong one last"])
@pytest.mark.parametrize("wrong", [{"tag": "nothing"}, {"audience": "nothing"}, {"layering": "no", "layers": ["a"]}])
def test_one_that_names_what_is_not_there_is_told(wrong: dict[str, Any], first: bool) -> None:
    asked = [wrong, VIEW] if first else [VIEW, wrong]
    with pytest.raises(UnknownNameError):
        together({f"r{number}": rule for number, rule in enumerate(asked)}, 1)
