"""The sample ratio: said before all else, and without it no verdict."""

import numpy as np
import pandas as pd
import pytest

from titian.errors import InputError, UnknownNameError
from titian.operate.experiment.analysis import Analysis, analyze
from titian.operate.experiment.sample_ratio import sample_ratio


def analyzed(sizes: dict[str, int], layers: list[str] | None = None, **more: object) -> Analysis:
    chance = np.random.default_rng(1)
    arms = np.repeat(list(sizes), list(sizes.values()))
    frame = {"arm": arms, "x": chance.normal(10, 1, len(arms)) + (arms == "b") * 5}
    if layers is not None:
        frame["layer"] = np.array(layers)
    return analyze(pd.DataFrame(frame), arm="arm", control="a", metrics="x", **more)


def test_a_split_that_is_off_is_said_first_and_gives_no_verdict():
    found = analyzed({"a": 500, "b": 650})
    assert found.sample_ratio.mismatch
    assert [one.verdict.key for one in found.overall] == ["mismatch"]
    assert found.notes[0].code == "split_off"
    assert found.sentences[0].en.startswith("The split is off: a 500 (43.5% / 50.0%), b 650")
    assert found.sentences[0].zh.startswith("分组失衡：a 500")
    assert "split" in found.sentences[0].en
    assert found.overall[0].difference == pytest.approx(5, abs=0.3)


def test_the_same_sizes_are_right_where_they_were_meant():
    found = analyzed({"a": 500, "b": 650}, split={"a": 10, "b": 13})
    assert (found.sample_ratio.mismatch, found.overall[0].verdict.key) == (False, "keep")
    assert found.sentences[0].en.startswith("The split is as it should be")


def test_where_the_split_was_said_nobody_is_asked_to_say_it():
    assert "say split" not in analyzed({"a": 500, "b": 650}, split={"a": 1, "b": 1}).sentences[0].en


def test_each_arm_is_held_against_the_control_and_the_number_of_arms_counts():
    two, three = analyzed({"a": 500, "b": 580}), analyzed({"a": 500, "b": 580, "c": 500})
    assert three.sample_ratio.p_value == pytest.approx(2 * two.sample_ratio.p_value)
    assert [(one.arm, one.customers, one.expected) for one in three.sample_ratio.arms] == [
        ("a", 500, pytest.approx(1 / 3)),
        ("b", 580, pytest.approx(1 / 3)),
        ("c", 500, pytest.approx(1 / 3)),
    ]


def test_a_layer_whose_split_is_off_is_told_and_the_others_are_judged():
    layers = ["new"] * 900 + ["old"] * 100 + ["new"] * 700 + ["old"] * 300
    layers[1000:] = layers[1000:][::-1]
    found = analyzed({"a": 1000, "b": 1000}, layers, layer="layer")
    assert not found.sample_ratio.mismatch
    assert {one.layer: one.verdict.key for one in found.by_layer} == {"new": "mismatch", "old": "mismatch"}
    assert [note.code for note in found.notes] == ["split_off_in_layers"]


def test_one_layer_that_is_off_leaves_the_others_their_verdict():
    layers = ["new"] * 500 + ["old"] * 500 + ["new"] * 500 + ["old"] * 350
    found = analyzed({"a": 1000, "b": 850}, layers, layer="layer", split={"a": 1000, "b": 850})
    assert {one.layer: one.verdict.key for one in found.by_layer} == {"new": "keep", "old": "keep"}
    layers = ["new"] * 500 + ["old"] * 500 + ["new"] * 650 + ["old"] * 200
    found = analyzed({"a": 1000, "b": 850}, layers, layer="layer", split={"a": 1000, "b": 850})
    assert found.layer_ratios["old"].mismatch


def test_fair_splits_are_called_off_one_time_of_a_thousand():
    chance = np.random.default_rng(9)
    touched = chance.binomial(5000, 0.9, 3000)
    off = [
        sample_ratio({"a": 5000 - int(one), "b": int(one)}, "a", {"a": 0.1, "b": 0.9}, 1).mismatch for one in touched
    ]
    assert sum(off) <= 9


@pytest.mark.parametrize("split", [{"a": 1}, {"a": 1, "b": 0}, {"a": 1, "b": "half"}, {"a": 1, "b": float("nan")}])
def test_a_split_has_a_part_for_every_arm(split):
    with pytest.raises(InputError, match="no part above 0 for the arm 'b'"):
        analyzed({"a": 10, "b": 10}, split=split)


def test_a_split_names_arms_that_are_there():
    with pytest.raises(UnknownNameError, match="'d' is not known"):
        analyzed({"a": 10, "b": 10}, split={"a": 1, "b": 1, "d": 1})
