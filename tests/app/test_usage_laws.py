"""Which definitions rest on which: as a plain walk over a graph finds, whatever names what."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from titian.app import usage
from titian.app.definition import Definition

LAW = settings(max_examples=60, deadline=None)
KEYS = [f"a{number}" for number in range(7)]
LEAVES: dict[str, dict[str, Any]] = {
    "layerings/rfm": {"layering": "rfm", "layers": ["champion"]},
    "layerings/value_levels": {"moved": "value_levels", "target": ["active"], "since": {"days_before": 30}},
    "tags/vip": {"tag": "vip"},
    **{f"audiences/{key}": {"audience": key} for key in KEYS},
}
NAMES = list(LEAVES)
Graph = dict[str, list[str]]
"""What the rule of each audience names; circles too, which no rule may make but a law has to stand."""

graphs: st.SearchStrategy[Graph] = st.dictionaries(
    st.sampled_from(KEYS), st.lists(st.sampled_from(NAMES), max_size=4, unique=True)
)


def audience(key: str, names: list[str]) -> Definition:
    """An audience that names these, one of them within not, beside a condition that names nothing."""
    inner = [LEAVES[name] for name in names]
    rule = {"any": [{"did": "cart"}, *({"not": {"all": [one]}} for one in inner[:1]), *inner[1:]]}
    return Definition(kind="rule", key=key, parameters={"rule": rule})


def audiences(graph: Graph) -> dict[str, Definition]:
    return {key: audience(key, names) for key, names in graph.items()}


def in_force(graph: Graph) -> usage.Defined:
    return {"audiences": audiences(graph)}


def reaches(graph: Graph, start: str, goals: frozenset[str]) -> bool:
    """Whether a walk from an audience along what is named comes to one of the goals."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name in goals:
            return True
        if name not in seen:
            seen.add(name)
            waiting += graph.get(name.removeprefix("audiences/"), []) if name.startswith("audiences/") else []
    return False


@given(graph=graphs)
@LAW
def test_what_is_named_is_what_stands_in_the_rule(graph: Graph) -> None:
    for key, definition in audiences(graph).items():
        assert usage.uses("audiences", definition) == set(graph[key])


@given(graph=graphs)
@LAW
def test_users_are_uses_turned_round(graph: Graph) -> None:
    users = usage.used_by(in_force(graph))
    pairs = [(name, f"audiences/{key}") for key, names in graph.items() for name in names]
    assert sorted((name, user) for name, those in users.items() for user in those) == sorted(pairs)
    assert all(those == tuple(sorted(those)) for those in users.values())


@given(graph=graphs, changed=st.frozensets(st.sampled_from(NAMES), max_size=3))
@LAW
def test_what_rests_on_a_change_is_what_a_walk_finds(graph: Graph, changed: frozenset[str]) -> None:
    names = {f"audiences/{key}" for key in graph if reaches(graph, key, changed)}
    assert usage.resting_on(changed, in_force(graph)) == names - changed


@given(graph=graphs, one=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
@LAW
def test_two_changes_together_reach_what_they_reach_alone(graph: Graph, one: str, other: str) -> None:
    made = in_force(graph)
    alone = usage.resting_on(frozenset({one}), made) | usage.resting_on(frozenset({other}), made)
    assert usage.resting_on(frozenset({one, other}), made) == alone - {one, other}


def test_nothing_changed_moves_nobody() -> None:
    assert usage.resting_on(frozenset(), in_force({"a0": ["tags/vip"], "a1": ["audiences/a0"]})) == frozenset()


def test_a_chain_of_hundreds_is_walked_to_its_end() -> None:
    chain = {f"c{n}": Definition(kind="rule", key=f"c{n}", parameters={"rule": below(n)}) for n in range(200)}
    assert usage.resting_on(frozenset({"tags/vip"}), {"audiences": chain}) == {f"audiences/{key}" for key in chain}


def below(number: int) -> dict[str, Any]:
    return {"tag": "vip"} if number == 0 else {"audience": f"c{number - 1}"}


@pytest.mark.parametrize("sort", ["layerings", "events", "mappings"])
def test_only_audiences_name_others(sort: Any) -> None:
    assert usage.uses(sort, audience("a0", ["tags/vip"])) == frozenset()


def test_a_list_names_nobody() -> None:
    made = Definition(kind="list", key="few", parameters={"customers": "0" * 64})
    assert usage.uses("audiences", made) == frozenset()
    assert usage.used_by({"audiences": {"few": made}}) == {}
