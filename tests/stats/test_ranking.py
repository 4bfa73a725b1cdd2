"""PageRank: the same as the linear system solved, and as igraph; the same for any order; clear at the edges."""

import random

import igraph
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.graphs import columns, graphs, solved
from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.ranking import pagerank


def distance(ranks, others) -> float:
    return float(np.abs(np.asarray(ranks) - np.asarray(others)).sum())


@law
@given(graphs())
def test_ranks_solve_the_linear_system(graph):
    size, edges = graph
    assert distance(pagerank(size, *columns(edges)).ranks, solved(size, edges)) <= 1e-8


@law
@given(graphs(), st.sampled_from([0.0, 0.5, 0.99]))
def test_ranks_solve_the_linear_system_for_any_damping(graph, damping):
    size, edges = graph
    found = pagerank(size, *columns(edges), damping=damping, most_rounds=10_000)
    assert distance(found.ranks, solved(size, edges, damping)) <= 1e-8


@law
@given(graphs())
def test_the_distance_from_the_exact_ranks_is_within_the_error_said(graph):
    size, edges = graph
    found = pagerank(size, *columns(edges), tolerance=1e-3)
    assert distance(found.ranks, solved(size, edges)) <= found.error + 1e-12
    assert found.converged


@law
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_links_changes_not_one_bit(graph, chance: random.Random):
    size, edges = graph
    shuffled = chance.sample(edges, len(edges))
    assert np.array_equal(pagerank(size, *columns(edges)).ranks, pagerank(size, *columns(shuffled)).ranks)


@law
@given(graphs(), st.randoms(use_true_random=False))
def test_ranks_belong_to_people_whatever_their_numbers(graph, chance: random.Random):
    size, edges = graph
    number = chance.sample(range(size), size)
    renumbered = [(number[source], number[target], weight) for source, target, weight in edges]
    ranks = pagerank(size, *columns(renumbered)).ranks[number]
    assert distance(ranks, pagerank(size, *columns(edges)).ranks) <= 2e-8


@law
@given(graphs(), st.floats(0.01, 100))
def test_only_the_proportion_of_weights_matters(graph, times):
    size, edges = graph
    scaled = [(source, target, weight * times) for source, target, weight in edges]
    assert distance(pagerank(size, *columns(edges)).ranks, pagerank(size, *columns(scaled)).ranks) <= 2e-8


@law
@given(graphs())
def test_ranks_are_shares_of_one_and_nobody_has_none(graph):
    size, edges = graph
    ranks = pagerank(size, *columns(edges)).ranks
    assert ranks.sum() == pytest.approx(1, abs=1e-12)
    assert ranks.min() >= 0.15 / size - 1e-12


def test_igraph_finds_the_same_in_a_graph_of_hubs():
    chance = np.random.default_rng(5)
    source, target = chance.integers(0, 2000, 20_000), (2000 * chance.random(20_000) ** 3).astype(int)
    weight = chance.random(20_000)
    others = source != target
    graph = igraph.Graph(2000, np.column_stack((source, target))[others], directed=True)
    theirs = graph.pagerank(damping=0.85, weights=weight[others].tolist())
    assert distance(pagerank(2000, source, target, weight).ranks, theirs) <= 1e-8


def test_two_who_link_to_each_other_share_evenly():
    assert pagerank(2, [0, 1], [1, 0]).ranks == pytest.approx([0.5, 0.5])


def test_a_star_by_hand():
    # The middle m and n - 1 = 4 others: x = 0.03 + 0.17·m, m = 0.03 + 0.85·4·x + 0.17·m; no link leaves m.
    middle = (0.03 + 3.4 * 0.03) / (1 - 0.17 - 3.4 * 0.17)
    ranks = pagerank(5, [1, 2, 3, 4], [0, 0, 0, 0]).ranks
    assert ranks == pytest.approx([middle, *[0.03 + 0.17 * middle] * 4], abs=1e-9)


def test_self_links_and_weightless_links_count_nothing():
    with_them = pagerank(3, [0, 1, 1, 2], [1, 1, 2, 0], [1, 50, 1, 0])
    assert np.array_equal(with_them.ranks, pagerank(3, [0, 1], [1, 2]).ranks)


def test_parallel_links_add_up():
    parallel = pagerank(3, [0, 0, 0, 0], [1, 2, 1, 1])
    assert np.array_equal(parallel.ranks, pagerank(3, [0, 0], [1, 2], [3, 1]).ranks)


def test_nobody_has_no_ranks():
    assert len(pagerank(0, [], []).ranks) == 0


def test_without_links_all_are_equal():
    assert pagerank(4, [], []).ranks == pytest.approx([0.25] * 4)


def test_too_few_rounds_are_said():
    found = pagerank(3, [0, 1], [1, 2], most_rounds=2)
    assert (found.rounds, found.converged) == (2, False)
    assert found.error > 1e-9


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((2, [0], [2]), {}),
        ((2, [-1], [0]), {}),
        ((2, [0, 1], [1]), {}),
        ((2, [0], [1], [-1.0]), {}),
        ((2, [0], [1], [float("nan")]), {}),
        ((2, [0], [1]), {"damping": 1.0}),
    ],
    ids=["id too large", "id below zero", "lengths", "weight below zero", "weight not a number", "damping one"],
)
def test_what_can_not_be_ranked_is_refused(arguments, named):
    with pytest.raises(InputError) as refused:
        pagerank(*arguments, **named)
    assert all(refused.value.said("zh"))
