"""Words: sentences that an operator reads, in both languages, and how figures are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.operate.experiment.tables import two_arms
from tests.operate.experiment.test_verdict import judged, spread
from tests.stats.laws import law
from titian.operate.experiment.analysis import analyze
from titian.operate.experiment.verdict import VERDICTS
from titian.operate.experiment.words import figure, signed

SAID = {
    (110, 0.05): (
        "x: keep yes. 110.0 against 100.0 in the control, +10.0% (between +8.0% and +12.1%).",
        "x：保留 yes。110.0，对照组 100.0，+10.0%（在 +8.0% 到 +12.1% 之间）。",
    ),
    (90, 0.05): (
        "x: stop yes, it does harm. 90.00 against 100.0 in the control, −10.0% (between −11.9% and −8.1%).",
        "x：停止 yes，它带来了损害。90.00，对照组 100.0，−10.0%（在 −11.9% 到 −8.1% 之间）。",
    ),
    (100, 0.05): (
        (
            "x: change yes. 100.0 against 100.0 in the control, 0.0% (between −1.9% and +2.0%): "
            "if it helps, then by less than the 5.0% that matters."
        ),
        "x：调整 yes。100.0，对照组 100.0，0.0%（在 −1.9% 到 +2.0% 之间）：即使有效，也不到有意义的 5.0%。",
    ),
    (101, 0.01): (
        (
            "x: not enough data yet on yes. 101.0 against 100.0 in the control, +1.0% (between −1.0% and +3.0%). "
            "About 2,753 more customers would show an effect of 1.0%."
        ),
        (
            "x：yes 的数据还不够。101.0，对照组 100.0，+1.0%（在 −1.0% 到 +3.0% 之间）。"
            "大约还需 2,753 位客户，才能看出 1.0% 的效果。"
        ),
    ),
}
"""By the arm's mean and the effect that matters; the control's is 100, both have a deviation of 10 in 200 customers."""


@pytest.mark.parametrize(("mean", "matters"), SAID)
def test_a_verdict_is_a_sentence_in_both_languages(mean, matters):
    found = judged(spread(100, 10, 200), spread(mean, 10, 200), matters=matters)
    assert (found.sentence.en, found.sentence.zh) == SAID[mean, matters]


def test_a_share_is_told_in_percent():
    found = judged([1.0] * 200 + [0.0] * 800, [1.0] * 260 + [0.0] * 740)
    assert found.sentence.en.startswith("x: keep yes. 26.00% against 20.00% in the control, +30.0% (between ")


def test_where_there_is_no_relative_difference_the_plain_one_is_told():
    found = judged(spread(-10, 10, 200), spread(5, 10, 200))
    assert "+15.00 (between +13.03 and +16.97)" in found.sentence.en


def test_a_share_that_nobody_of_the_control_has_is_told_in_points():
    found = judged([0.0] * 500, [1.0] * 100 + [0.0] * 400)
    assert "20.00% against 0.00% in the control, +20.00 pp (between +16.48 pp and +23.52 pp)" in found.sentence.en


def test_a_layer_is_named():
    frame = two_arms(spread(100, 10, 20), spread(120, 10, 20), layer=["gold"] * 40)
    (found,) = analyze(frame, arm="arm", control="no", metrics="x", layer="layer").by_layer
    assert found.sentence.en.startswith("x · gold: keep yes.")
    assert found.sentence.zh.startswith("x · gold：保留 yes。")


def test_nobody_to_compare_is_told_plainly():
    frame = two_arms([1, 2], [3, 4], layer=["a", "a", "b", "b"])
    found = analyze(frame, arm="arm", control="no", metrics="x", layer="layer").by_layer[0]
    assert found.sentence.en == (
        "x · a: not enough data yet on yes. There is nobody to compare, no difference to be told. How many it takes can't be "
        "told yet."
    )


def test_one_customer_more_is_said_as_one():
    wanted = [
        judged(spread(100, 10, 200), spread(100 + apart / 100, 10, 200), matters=0.04) for apart in range(150, 240)
    ]
    said = {one.more_customers: one.sentence.en for one in wanted if one.more_customers}
    assert all(("customer would" in text) == (more == 1) for more, text in said.items())


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1, "1.000"), (12.345, "12.35"), (123.45, "123.5"), (1234.5, "1,234"), (1234567, "1,234,567"),
     (0.012344, "0.01234"), (-3.5, "-3.500"), (1e-20, "0.000000000000"), (9.9999, "10.000")],
)  # fmt: skip
def test_a_figure_has_four_digits(value, text):
    assert figure(value, share=False) == text


@pytest.mark.parametrize(("value", "text"), [(0.1234, "12.34%"), (0, "0.00%"), (1, "100.00%"), (1e-9, "< 0.01%")])
def test_a_share_has_two_places(value, text):
    assert figure(value, share=True) == text


@law
@given(st.floats(-1e9, 1e9).filter(lambda value: abs(value) > 1e-6))
def test_a_difference_has_its_sign(value):
    assert signed(value, share=False)[0] == ("+" if value > 0 else "−")


def test_every_verdict_has_words_of_its_own():
    assert len({one.words.zh for one in VERDICTS}) == len({one.words.en for one in VERDICTS}) == len(VERDICTS) == 5
