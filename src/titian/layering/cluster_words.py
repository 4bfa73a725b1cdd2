"""Cluster words: what a cluster is called, by what sets it apart."""

from __future__ import annotations

from collections.abc import Sequence

from titian.domain.words import Words
from titian.traits.trait import Fold, Trait, Unit

APART = 0.5
"""A difference of this many standard deviations is worth a name."""
MOST_NAMED = 2
MIDDLING = Words(zh="居中", en="middling")
_HOW_MUCH = {
    "many": (Words(zh="多", en="many"), Words(zh="少", en="few")),
    "long": (Words(zh="长", en="long"), Words(zh="短", en="short")),
    "high": (Words(zh="高", en="high"), Words(zh="低", en="low")),
}


def contrast_words(trait: Trait, more: bool) -> Words:
    """High spend, few orders, a short silence: 消费金额高、购买次数少、沉默天数短."""
    adjective = _HOW_MUCH[_scale(trait)][0 if more else 1]
    return Words(zh=f"{trait.words.zh}{adjective.zh}", en=f"{adjective.en} {trait.words.en}")


def _scale(trait: Trait) -> str:
    counted = isinstance(trait.made, Fold) and trait.made.how in ("count", "distinct")
    if trait.unit in (Unit.ORDERS, Unit.TIMES) or (trait.unit is Unit.DAYS and counted):
        return "many"
    return "long" if trait.unit in (Unit.DAYS, Unit.SECONDS) else "high"


def cluster_names(marks: Sequence[Sequence[tuple[Trait, float]]]) -> list[Words]:
    """A name for each cluster from its traits and differences, the largest first; a number tells equal names apart."""
    named = [_name(of_one) for of_one in marks]
    names: list[Words] = []
    for place, words in enumerate(named):
        same = named[: place + 1].count(words)
        many = named.count(words) > 1
        names.append(Words(zh=f"{words.zh}（{same}）", en=f"{words.en} ({same})") if many else words)
    return names


def _name(marks: Sequence[tuple[Trait, float]]) -> Words:
    told = [contrast_words(trait, difference > 0) for trait, difference in marks if abs(difference) >= APART]
    if not told:
        return MIDDLING
    told = told[:MOST_NAMED]
    return Words(zh="、".join(words.zh for words in told), en=", ".join(words.en for words in told))
