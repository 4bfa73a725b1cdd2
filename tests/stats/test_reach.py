"""Reach: as walked person by person; loops and self invites count nothing; long chains are quick."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.graphs import walked
from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.reach import Reach, reach

Invite = tuple[int, int, int]


@st.composite
def invitations(draw) -> tuple[int, list[Invite]]:
    size = draw(st.integers(1, 9))
    people = st.integers(0, size - 1)
    return size, draw(st.lists(st.tuples(people, people, st.integers(0, 5)), max_size=25))


def reached(size: int, invites: list[Invite]) -> Reach:
    inviter, invitee, at = ([one[column] for one in invites] for column in range(3))
    return reach(size, inviter, invitee, at)


@law
@given(invitations())
def test_it_is_what_walking_up_from_each_person_finds(case):
    found = reached(*case)
    assert (found.below.tolist(), found.loops) == walked(*case)


@law
@given(invitations(), st.randoms(use_true_random=False))
def test_the_order_of_invites_does_not_matter(case, chance: random.Random):
    size, invites = case
    shuffled = reached(size, chance.sample(invites, len(invites)))
    assert shuffled.below.tolist() == reached(size, invites).below.tolist()
    assert shuffled.inviter.tolist() == reached(size, invites).inviter.tolist()


@law
@given(invitations())
def test_everybody_with_an_inviter_is_somebodys_direct(case):
    found = reached(*case)
    assert found.direct.sum() == (found.inviter >= 0).sum()
    assert (found.below >= found.direct).all()


def test_a_tree_by_hand():
    found = reach(6, [0, 0, 1, 1], [1, 2, 3, 4], [1, 2, 3, 4])
    assert found.below.tolist() == [4, 2, 0, 0, 0, 0]
    assert found.direct.tolist() == [2, 2, 0, 0, 0, 0]
    assert found.inviter.tolist() == [-1, 0, 0, 1, 1, -1]


def test_an_invitee_belongs_to_the_first_inviter_only():
    assert reach(3, [1, 0], [2, 2], [5, 3]).below.tolist() == [1, 0, 0]


def test_of_two_invites_at_one_time_the_smaller_id_is_first():
    assert reach(3, [1, 0], [2, 2], [5, 5]).below.tolist() == [1, 0, 0]


def test_who_invites_back_their_inviter_gains_nothing():
    found = reach(2, [0, 1], [1, 0], [1, 2])
    assert (found.below.tolist(), found.loops) == ([1, 0], 1)


def test_the_latest_invite_of_a_circle_is_the_one_left_out():
    found = reach(4, [0, 1, 2, 2], [1, 2, 0, 3], [1, 2, 3, 4])
    assert found.inviter.tolist() == [-1, 0, 1, 2]
    assert found.below.tolist() == [3, 2, 1, 0]


def test_invites_to_oneself_count_nothing():
    found = reach(2, [0, 0], [0, 1])
    assert (found.below.tolist(), found.self_invites) == ([1, 0], 1)


def test_nobody_reaches_nobody():
    assert reach(0, [], []).below.tolist() == []
    assert reach(3, [], []).below.tolist() == [0, 0, 0]


def test_a_chain_of_a_hundred_thousand_counts_down():
    size = 100_000
    chain = np.random.default_rng(3).permutation(size)
    found = reach(size, chain[:-1], chain[1:])
    assert found.below[chain].tolist() == list(range(size - 1, -1, -1))


def test_a_circle_of_a_hundred_thousand_is_opened_once():
    size = 100_000
    ring = np.arange(size)
    found = reach(size, ring, (ring + 1) % size, ring)
    assert (found.loops, found.below[0], found.inviter[0]) == (1, size - 1, -1)


def test_unknown_people_are_refused():
    with pytest.raises(InputError, match="outside 0 to 1"):
        reach(2, [0], [7])
