"""What rests on personal data: by what it reads, and by all that it names."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.app import masking
from titian.app.named import named_by
from titian.app.resting import Meaning, personal_traits, rests_on_personal
from titian.domain.audience import Audience
from titian.domain.words import Words
from titian.layering.layering import Layering
from titian.layering.registry import LAYERINGS
from titian.rules.reading import read
from titian.traits.catalogue import CATALOGUE, trait
from titian.traits.trait import Fold, Trait

NAME = Words(zh="名", en="name")
BORN = {"trait": "birth_date", "op": "=", "value": "1987-11-23"}
SPENT = {"trait": "spend", "op": ">", "value": 1}
AGES = {
    "layers": [
        {"key": "old", "name": NAME.model_dump(), "rule": {"trait": "age_years", "op": ">", "value": 35}},
        {"key": "rest", "name": NAME.model_dump()},
    ]
}
OLD = {"trait": "age_years", "op": ">", "value": 60}
TIERS = [
    {"key": "gold", "name": NAME.model_dump(), "entry": SPENT, "keep": {"any": [SPENT, OLD]}},
    {"key": "rest", "name": NAME.model_dump()},
]


def layering(kind: str, **parameters: Any) -> Layering:
    return LAYERINGS[kind](**parameters)


def audience(rule: dict[str, Any] | None, **more: Any) -> Audience:
    return Audience(key="one", name=NAME, rule=None if rule is None else read(rule), **more)


def rests(meant: Meaning, named: dict[str, Meaning] | None = None) -> bool:
    return rests_on_personal(meant, (named or {}).get)


@pytest.mark.parametrize(
    ("rule", "whether"),
    [
        (BORN, True),
        (SPENT, False),
        ({"trait": "age_years", "op": "is_unknown"}, True),
        ({"all": [SPENT, {"not": {"any": [SPENT, {"not": BORN}]}}]}, True),
        ({"did": "birth_date", "times": 2}, False),
        ({"trait": "birth_date_count", "op": ">", "value": 1}, False),
        ({"staff": "birth_date"}, False),
    ],
    ids=str,
)
def test_a_rule_rests_on_what_it_reads(rule: dict[str, Any], whether: bool) -> None:
    assert rests(read(rule)) is whether


@pytest.mark.parametrize(
    ("made", "whether"),
    [
        (layering("rules", **AGES), True),
        (layering("split", trait="birth_date"), True),
        (layering("split", trait="city"), False),
        (layering("quantiles", trait="age_years"), True),
        (layering("matrix", dimensions=[{"trait": "spend"}, {"trait": "age_years"}]), True),
        (layering("clusters", features=["spend", "age_years"]), True),
        (layering("tiers", tiers=TIERS), True),
        (layering("cross", first={"kind": "rules", "key": "a", "parameters": AGES}, second={"kind": "rfm"}), True),
        (
            layering(
                "inside", outer={"kind": "value_levels"}, at="active", inner={"kind": "rules", "parameters": AGES}
            ),
            True,
        ),
        (layering("cross"), False),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
def test_a_layering_rests_on_all_that_is_within_it(made: Layering, whether: bool) -> None:
    assert rests(made) is whether


@pytest.mark.parametrize("kind", sorted(LAYERINGS))
def test_no_layering_that_comes_with_titian_rests_on_birthdays(kind: str) -> None:
    assert not rests(LAYERINGS[kind].example())


def test_a_list_rests_on_what_it_was_taken_from() -> None:
    assert rests(audience(None, customers="a", personal=True))
    assert not rests(audience(None, customers="a"))


NAMING = {
    "audiences/one": {"audience": "one"},
    "layerings/one": {"layering": "one", "layers": ["old"]},
    "layerings/two": {"moved": "two", "source": ["old"], "since": {"days_before": 3}},
    "tags/one": {"tag": "one"},
    "staff/one": {"staff": "one"},
}


@pytest.mark.parametrize(("place", "rule"), NAMING.items(), ids=str)
def test_whatever_a_rule_names_is_looked_up(place: str, rule: dict[str, Any]) -> None:
    assert named_by(read({"not": rule})) == {place}
    personal = layering("quantiles", trait="age_years") if place.startswith("layerings") else read(BORN)
    assert rests(read({"any": [SPENT, rule]}), {place: personal})
    assert not rests(read({"any": [SPENT, rule]}), {place: read(SPENT)})
    assert not rests(read(rule))


Graph = dict[str, tuple[bool, list[str]]]
KEYS = [f"n{number}" for number in range(7)]


@given(
    st.dictionaries(st.sampled_from(KEYS), st.tuples(st.booleans(), st.lists(st.sampled_from(KEYS), max_size=3))),
    st.sampled_from(KEYS),
)
def test_it_reaches_as_far_as_names_do(graph: Graph, start: str) -> None:
    """Also round circles, and past what is not there; against reachability by squaring a matrix of who names whom."""
    named: dict[str, Meaning] = {f"audiences/{key}": _audience(key, graph) for key in graph}
    reached = {key: {key, *(graph.get(key, (False, []))[1])} for key in KEYS}
    for _ in KEYS:
        reached = {key: set().union(*(reached[one] for one in those)) for key, those in reached.items()}
    expected = any(graph[key][0] for key in reached[start] if key in graph)
    assert rests(read({"audience": start}), named) is expected


def _audience(key: str, graph: Graph) -> Audience:
    personal, names = graph[key]
    parts = [BORN if personal else SPENT, *({"audience": name} for name in names)]
    # An audience by a tag's rule reads the same as one by its own.
    return audience({"all": parts} if len(names) % 2 else {"not": {"any": parts}})


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_each_trait_that_comes_of_a_birthday_is_personal(key: str) -> None:
    """By the columns that it, and what it is made of, takes values from."""
    assert masking.personal([trait(key)]) is ("birth_date" in _columns(trait(key)))


def _columns(one: Trait) -> set[str | None]:
    if isinstance(one.made, Fold):
        return {term.value for term in one.made.terms}
    return set().union(*(_columns(need) for need in one.needed()))


def test_the_personal_traits_of_a_rule_are_told_as_it_names_them() -> None:
    rule = {"any": [BORN, SPENT, {"all": [{"trait": "age_years", "op": ">", "value": 3}, BORN]}]}
    assert personal_traits(read(rule)) == ["age_years", "birth_date"]
