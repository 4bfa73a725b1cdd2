"""Magnitude: Cohen's words, each from its threshold on."""

import pytest

from titian.stats.magnitude import MAGNITUDES, of_association, of_share


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0, "none"),
        (0.0098, "none"),
        (0.01, "small"),
        (0.058, "small"),
        (0.059, "medium"),
        (0.138, "large"),
        (1, "large"),
    ],
)
def test_the_word_for_a_share(share, word):
    assert of_share(share).key == word


@pytest.mark.parametrize(
    ("v", "steps", "word"),
    [
        (0.09, 1, "none"),
        (0.1, 1, "small"),
        (0.3, 1, "medium"),
        (0.5, 1, "large"),
        (0.3, 3, "large"),
        (0.06, 3, "small"),
    ],
)
def test_the_word_for_an_association_depends_on_the_shorter_side(v, steps, word):
    assert of_association(v, steps).key == word


def test_the_words_grow_and_are_said_in_both_languages():
    assert [one.key for one in MAGNITUDES] == ["none", "small", "medium", "large"]
    assert sorted(MAGNITUDES, key=lambda one: (one.f, one.w)) == list(MAGNITUDES)
    assert all(one.words.zh and one.words.en for one in MAGNITUDES)
