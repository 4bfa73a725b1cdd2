"""Every layer of every layering has a name, a meaning and a play that a team can read and follow, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

import titian as tt
from tests.shops import community
from titian.domain.layer import Layer
from titian.domain.words import Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
DATA = community()


@cache
def layers_of(kind: type[tt.Layering]) -> tuple[Layer, ...]:
    return kind.example().assign(DATA, as_of="2024-06-01").fitted.layers


def sentences(layer: Layer) -> Iterator[Words]:
    """All that is said of a layer, but for its name."""
    yield from (layer.meaning, layer.play.aim, *layer.play.actions, layer.play.cadence)


every_kind = pytest.mark.parametrize("kind", tt.layerings().values(), ids=list(tt.layerings()))


@every_kind
def test_a_layer_says_what_to_do_over_which_channel_and_how_often(kind: type[tt.Layering]) -> None:
    for layer in layers_of(kind):
        assert layer.play.actions, layer.key
        assert layer.play.channels, layer.key
        assert len(set(layer.play.channels)) == len(layer.play.channels)
        assert layer.play.cadence.zh.strip()


@every_kind
def test_each_sentence_is_in_its_language(kind: type[tt.Layering]) -> None:
    for layer in layers_of(kind):
        for words in sentences(layer):
            assert CHINESE.search(words.zh), words
            assert not CHINESE.search(words.en), words
            assert words.en.strip() == words.en
            assert "  " not in words.en + words.zh


@every_kind
def test_two_layers_are_told_apart_by_their_names(kind: type[tt.Layering]) -> None:
    found = layers_of(kind)
    for language in ("zh", "en"):
        names = [layer.name.said(language) for layer in found]
        assert len(set(names)) == len(names)


@every_kind
def test_a_layering_is_called_and_meant_in_both_languages(kind: type[tt.Layering]) -> None:
    assert CHINESE.search(kind.meaning.zh)
    assert not CHINESE.search(kind.meaning.en)
    assert kind.words.zh.strip()
    assert kind.words.en.strip()
