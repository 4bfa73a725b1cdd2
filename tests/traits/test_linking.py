"""Followers, influence and reach: against the dense linear system, igraph and a plain walk up the tree."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from random import Random

import igraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK, differences, layers
from tests.layering.stories import AS_OF, ago, did
from tests.oracle import social
from tests.oracle.communities import NEVER, community
from tests.oracle.village import Invite, Link, Village, handed
from tests.traits.test_tasting import values

SEEN = {seed: community(seed) for seed in (1, 10)}
every_community = pytest.mark.parametrize(("seen", "end"), SEEN.values(), ids=SEEN)


@every_community
def test_followers_are_different_others(seen: Village, end: datetime) -> None:
    expected = {who: social.followers(seen, who, end) for who in seen.everyone(end)}
    assert differences(values(handed(seen), "followers", end), expected) == {}


@every_community
def test_reach_is_everybody_below_in_the_tree(seen: Village, end: datetime) -> None:
    expected = {who: social.reach(seen, end)[who] for who in seen.everyone(end)}
    assert differences(values(handed(seen), "invite_reach", end), expected) == {}


@every_community
def test_influence_solves_the_linear_system(seen: Village, end: datetime) -> None:
    ranks = social.influences(seen, end)
    found = {who: value for who, value in values(handed(seen), "influence", end).items() if value is not None}
    assert found == pytest.approx({who: ranks[who] for who in seen.everyone(end) if who in ranks}, abs=1e-6)


@every_community
def test_influence_is_what_igraph_says(seen: Village, end: datetime) -> None:
    links = social.links_before(seen, end)
    edges = [(link.from_id, link.to_id, link.weight if (link.weight or 0) > 0 else 1.0) for link in links]
    graph = igraph.Graph.TupleList(edges, directed=True, weights=True)
    ranks = dict(zip(graph.vs["name"], graph.pagerank(weights="weight"), strict=True))
    alone = Village(seen.zone, seen.events, links=seen.links)
    found = values(handed(alone), "influence", end)
    assert {who for who, value in found.items() if value is not None} == ranks.keys() & alone.everyone(end)
    assert all(value == pytest.approx(ranks[who] * len(ranks), abs=1e-6) for who, value in found.items() if value)


def circle(*links: Link, invites: tuple[Invite, ...] = ()) -> dict[str, object]:
    """The influence of those in a few links, who all did something."""
    everyone = sorted({who for x in links for who in (x.from_id, x.to_id)} | {i.inviter_id for i in invites})
    events = tuple(event for who in everyone for event in did(who, (5, "home")))
    return values(handed(Village("UTC", events, links=links, invites=invites)), "influence")


def test_in_a_circle_everyone_is_the_average() -> None:
    assert circle(Link("a", "b"), Link("b", "c"), Link("c", "a")) == {"a": 1, "b": 1, "c": 1}


def test_links_to_oneself_of_the_future_and_invites_that_close_a_circle_count_nothing() -> None:
    plain = circle(Link("a", "b"), Link("c", "b"))
    assert circle(Link("a", "b"), Link("c", "b"), Link("a", "a"), Link("b", "a", linked_at=NEVER)) == plain
    tree = (Invite("b", "a", None, ago(9)), Invite("b", "c", None, ago(8)))
    loops = (Invite("a", "b", None, ago(2)), Invite("c", "c", None, ago(1)), Invite("c", "a", None, ago(3)))
    assert circle(invites=(*tree, *loops)) == plain


def test_who_is_no_customer_passes_influence_on_and_is_remarked() -> None:
    links = (Link("stranger", "a"), Link("a", "b"), Link("b", "a"))
    data = handed(Village("UTC", tuple(did("a", (3, "home")) + did("b", (3, "home"))), links=links))
    got = tt.Influence(kol=1.4, koc="q0.5").assign(data, as_of=AS_OF)
    assert layers(got) == {"a": "kol", "b": "ordinary"}
    assert [note.text.en for note in got.notes if note.code == "strangers"] == [
        "Ids in links that are no known customers: 1. They pass influence on, but are in no layer."
    ]


def twins(seed: int) -> tuple[list[Link], dict[str, str]]:
    """Two halves of a market square with the same links under other names, and who is whose twin."""
    chance = Random(seed)
    size = chance.choice([5, 9, 16, 30])
    others = chance.sample(range(size), size)
    edges = [(chance.randrange(size), chance.randrange(size), chance.choice([1.0, 0.3, 2.7])) for _ in range(2 * size)]
    links = [Link(f"x{a}", f"x{b}", weight=weight) for a, b, weight in edges]
    links += [Link(f"y{others[a]}", f"y{others[b]}", weight=weight) for a, b, weight in edges]
    return links, {f"x{one}": f"y{other}" for one, other in enumerate(others)}


@settings(QUICK, max_examples=4)
@given(st.integers(0, 10**6) | st.sampled_from([21, 43, 48, 54]))
def test_who_stands_alike_is_in_the_same_layer_whatever_the_name(seed: int) -> None:
    links, pairs = twins(seed)
    found = layers(
        tt.Influence(kol="q0.8", koc="median").assign(handed(Village("UTC", links=tuple(links))), as_of=AS_OF)
    )
    assert {one for one, other in pairs.items() if found.get(one) != found.get(other)} == set()


def test_of_leaders_with_equally_many_followers_no_one_is_above_the_others() -> None:
    links = [Link(f"f{leader}{n}", f"leader{leader}") for leader in range(7) for n in range(9)]
    found = layers(tt.Influence(koc="q0.95").assign(handed(Village("UTC", links=tuple(links))), as_of=AS_OF))
    assert Counter(found.values()) == {"ordinary": 70}
