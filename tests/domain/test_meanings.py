"""An event is called by what it means, whatever a team calls it."""

import pytest

from titian.domain.meanings import MEANINGS, Meanings


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("view", "浏览", "view"),
        ("product_view", "浏览", "view"),
        ("浏览商品", "浏览", "view"),
        ("看货", "浏览", "view"),
        ("pv", "点击", "click"),
        ("brew_tea", "brew_tea", "brew_tea"),
        ("steep", "infuse", "infuse"),
        ("", "", ""),
    ],
)
def test_a_name_is_said_by_its_meaning(name: str, zh: str, en: str) -> None:
    """A name of the team's own goes before the usual ones; a meaning that nobody knows is its own word."""
    meanings = Meanings.of({"view": "看货", "click": ["pv"], "infuse": "steep"})
    assert (meanings.words(name).zh, meanings.words(name).en) == (zh, en)


def test_no_usual_name_has_two_meanings() -> None:
    names = [name for meaning in MEANINGS.values() for name in (meaning.key, *meaning.also)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("key", MEANINGS)
def test_every_name_of_a_meaning_is_said_by_it(key: str) -> None:
    meanings = Meanings.of({"purchase": "成交"})
    assert {meanings.words(name) for name in meanings.names(key)} == {MEANINGS[key].words}
