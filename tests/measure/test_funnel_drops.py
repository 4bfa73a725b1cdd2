"""The oddest drop: which step loses more than the others, for whom, and that nothing is called odd by chance."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from titian.domain.trajectory import Step
from titian.domain.words import Words
from titian.measure.funnel_drops import Drop, ranked
from titian.measure.funnel_figures import EVERYBODY, FunnelPart, FunnelStep, Times
from titian.measure.funnel_words import sentence

LEVEL = 0.95


def part(*counts: int, layer: str | None = None) -> FunnelPart:
    """So many at each step."""
    name = EVERYBODY if layer is None else Words(zh=f"层 {layer}", en=f"layer {layer}")
    steps = [
        FunnelStep(
            number=place + 1,
            step=Step(event=f"e{place + 1}"),
            name=Words(zh=f"步 {place + 1}", en=f"step {place + 1}"),
            customers=count,
            share=None,
            share_before=None,
            low=None,
            high=None,
            lost=count - counts[place + 1] if place + 1 < len(counts) else None,
            from_before=Times(),
            from_first=Times(),
        )
        for place, count in enumerate(counts)
    ]
    return FunnelPart(layer, name, 0, tuple(steps))


def whole(*layers: FunnelPart) -> FunnelPart:
    return part(*(sum(counts) for counts in zip(*([s.customers for s in one.steps] for one in layers), strict=True)))


def test_the_step_that_loses_most_beside_the_others_comes_first() -> None:
    steps, of_layers = ranked(part(1000, 900, 300, 280), (), LEVEL)
    assert [drop.number for drop in steps] == [2, 3, 1]
    assert [drop.odd for drop in steps] == [True, False, False]
    assert of_layers == ()


def test_a_step_is_held_against_all_others_together() -> None:
    drop = ranked(part(1000, 900, 300, 280), (), LEVEL)[0][0]
    assert (drop.customers, drop.lost, drop.others, drop.others_lost) == (900, 600, 1300, 120)
    assert drop.loss == pytest.approx(600 / 900)
    assert drop.others_loss == pytest.approx(120 / 1300)


def test_a_layer_is_held_against_the_other_layers_at_the_same_step() -> None:
    layers = (part(500, 400, 300, layer="a"), part(300, 240, 60, layer="b"), part(200, 160, 120, layer="c"))
    _, drops = ranked(whole(*layers), layers, LEVEL)
    first = drops[0]
    assert (first.layer, first.number) == ("b", 2)
    assert (first.customers, first.lost, first.others, first.others_lost) == (240, 180, 560, 140)
    assert len(drops) == 6


def test_intervals_are_newcombes_at_a_level_with_regard_to_how_many_there_are() -> None:
    layers = (part(500, 400, 300, layer="a"), part(300, 240, 60, layer="b"))
    steps, drops = ranked(whole(*layers), layers, LEVEL)
    compared = len(steps) + len(drops)
    for drop in (*steps, *drops):
        theirs = confint_proportions_2indep(
            drop.lost, drop.customers, drop.others_lost, drop.others, method="newcomb", alpha=0.05 / compared
        )
        assert (drop.low, drop.high) == pytest.approx(theirs, abs=1e-9)


def test_few_customers_are_not_odd_for_all_that_they_all_left() -> None:
    layers = (part(5000, 4000, layer="many"), part(2, 0, layer="two"))
    _, drops = ranked(whole(*layers), layers, LEVEL)
    two = next(drop for drop in drops if drop.layer == "two")
    assert (two.loss, two.few, drops.index(two)) == (1, True, 0)
    assert not two.odd


def test_a_layer_with_nobody_comes_last_and_says_nothing() -> None:
    layers = (part(50, 20, layer="a"), part(60, 20, layer="b"), part(0, 0, layer="none"))
    _, drops = ranked(whole(*layers), layers, LEVEL)
    assert drops[-1].layer == "none"
    assert (drops[-1].loss, drops[-1].low, drops[-1].odd) == (None, None, False)


def test_alone_nobody_is_odd() -> None:
    steps, drops = ranked(part(100, 10), (part(100, 10, layer="only"),), LEVEL)
    assert not any(drop.odd for drop in (*steps, *drops))
    assert sentence(steps, drops, LEVEL).en.startswith("No step loses clearly more")


def test_among_layers_that_are_alike_hardly_ever_one_is_called_odd() -> None:
    chance, tries = np.random.default_rng(11), 300
    called = 0
    for _ in range(tries):
        seconds = chance.binomial(400, 0.6, size=8)
        layers = tuple(part(400, int(n), int(chance.binomial(n, 0.6)), layer=f"l{k}") for k, n in enumerate(seconds))
        called += any(drop.odd for drop in ranked(whole(*layers), layers, LEVEL)[1])
    assert called / tries <= 0.05


def test_a_planted_loss_is_found_and_its_excess_lies_in_the_interval() -> None:
    chance = np.random.default_rng(3)
    layers = []
    for name, goes_on in (("a", 0.7), ("b", 0.7), ("c", 0.45), ("d", 0.7)):
        second = int(chance.binomial(2000, 0.6))
        layers.append(part(2000, second, int(chance.binomial(second, goes_on)), layer=name))
    drop: Drop = ranked(whole(*layers), layers, LEVEL)[1][0]
    assert (drop.layer, drop.number, drop.odd) == ("c", 2, True)
    assert drop.low is not None
    assert drop.high is not None
    assert drop.low < 0.25 < drop.high


def test_the_sentence_names_the_step_the_layer_and_the_interval() -> None:
    layers = (part(500, 400, 300, layer="a"), part(300, 240, 60, layer="b"))
    said = sentence(*ranked(whole(*layers), layers, LEVEL), LEVEL)
    assert "from step 2 to step 3: 43.8% are lost" in said.en
    assert "“layer b” from step 2 to step 3: 75.0% are lost, against 25.0% of the other layers" in said.en
    assert "“步 2→步 3”" in said.zh
    assert "“层 b”" in said.zh
    assert "50.0 个百分点（95% 区间" in said.zh
