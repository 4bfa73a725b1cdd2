"""Links: added up by hand, in one order, and refused with a word when they can not be."""

import random
from collections import defaultdict
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.graphs import columns, graphs
from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.links import ids_of, links_of, same_length


@law
@given(graphs())
def test_parallel_links_add_up_and_self_links_are_gone(graph):
    size, edges = graph
    wanted: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for source, target, weight in edges:
        if source != target:
            wanted[target, source] += Fraction(weight)
    found = links_of(size, *columns(edges))
    assert list(zip(found.target.tolist(), found.source.tolist(), strict=True)) == sorted(wanted)
    assert found.weight.tolist() == pytest.approx([float(wanted[pair]) for pair in sorted(wanted)])


@law
@given(graphs(), st.randoms(use_true_random=False))
def test_the_sums_are_the_very_same_for_any_order(graph, chance: random.Random):
    size, edges = graph
    one, other = links_of(size, *columns(edges)), links_of(size, *columns(chance.sample(edges, len(edges))))
    assert one.weight.tolist() == other.weight.tolist()


def test_a_sum_that_depends_on_the_order_does_not():
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1
    sums = {float(links_of(2, [0] * 3, [1] * 3, weights).weight[0]) for weights in permutations([0.1, 0.2, 0.3])}
    assert len(sums) == 1


def test_without_weights_links_are_counted():
    assert links_of(3, [0, 0, 2], [1, 1, 1]).weight.tolist() == [2, 1]


def test_what_was_handed_in_is_left_as_it_was():
    weights = np.array([3.0, 1.0, 2.0])
    links_of(2, [0, 0, 0], [1, 1, 1], weights)
    assert weights.tolist() == [3, 1, 2]


def test_nobody_has_no_links():
    assert links_of(0, [], []).weight.tolist() == []


def test_the_refusal_names_the_first_id_in_both_languages():
    with pytest.raises(InputError) as refused:
        ids_of(3, [0, 7, 9])
    assert "7" in refused.value.said("en")[0]
    assert "7" in refused.value.said("zh")[0]
    assert refused.value.details == {"first": 7, "size": 3}


def test_the_refusal_names_the_lengths():
    with pytest.raises(InputError, match="source 2, target 1"):
        same_length(source=np.zeros(2), target=np.zeros(1))
