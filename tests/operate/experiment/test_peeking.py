"""Looking every day: 500 campaigns in which nothing works, and the always-valid interval says so in all but a few."""

import numpy as np
import pandas as pd
import pytest

from tests.operate.experiment.campaigns import Arrivals, Campaign, leaves_out, share_wrong
from titian.operate.experiment.analysis import analyze
from titian.stats.confidence_sequence import Boundary

SHORT = 100
KINDS = {
    "a tenth held out": (Campaign(), 2000),
    "without a plan": (Campaign(), 1000),
    "half held out": (Campaign(held_out=0.5), 2000),
    "who bought": (Campaign(bought=True), 2000),
    "twenty customers": (Campaign(20, 0.5, rate=0.2), 20),
    "twenty who seldom buy": (Campaign(20, 0.2, rate=0.05, bought=True), 20),
    "rare buyers, a small holdout": (Campaign(2000, 0.05, rate=0.003), 2000),
    "a quarter of a year": (Campaign(500, 0.3, days=90), 500),
    "customers who come": (Arrivals(), 2800),
    "many who come, planned for few": (Arrivals(held_out=0.5), 100),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "campaigns", [pytest.param(SHORT, id="short"), pytest.param(500, id="500", marks=pytest.mark.full)]
)
def test_without_an_effect_the_interval_ever_leaves_none_out_in_at_most_one_of_twenty(kind, campaigns):
    campaign, plan = KINDS[kind]
    assert share_wrong(campaign, campaigns, seed=28, truth=0.0, how=Boundary(tuned_for=plan)) <= 0.05


def test_looking_every_day_by_the_interval_of_one_look_is_wrong_far_more_often():
    assert share_wrong(Campaign(held_out=0.5), SHORT, seed=28, truth=0.0, how=None) > 0.1


@pytest.mark.full
def test_a_planted_effect_is_in_the_interval_at_every_look():
    """Customers who come with an effect that is the same every day: touched spend a fixed sum more."""
    chance, wrong = np.random.default_rng(7), 0
    for _ in range(500):
        spent = chance.lognormal(3, 1, 2800)
        touched = chance.random(2800) < 0.8
        spent[touched] += 4.0
        wrong += _ever_left_out(spent, touched, truth=4.0)
    assert wrong / 500 <= 0.05


def _ever_left_out(spent, touched, truth: float) -> bool:
    wrong = leaves_out(truth, Boundary(tuned_for=2800))
    return any(wrong((spent[:n], touched[:n])) for n in range(100, 2801, 100))


def test_a_planted_effect_is_found_by_those_who_look_every_day():
    chance = np.random.default_rng(3)
    found = [list(Campaign(4000, 0.3, rate=0.05, lift=0.6).looks(chance))[-1] for _ in range(5)]
    kept = 0
    for spent, touched in found:
        frame = pd.DataFrame({"arm": np.where(touched, "yes", "no"), "spent": spent})
        (one,) = analyze(
            frame, arm="arm", control="no", metrics="spent", split={"no": 3, "yes": 7}, peeking=4000
        ).overall
        kept += one.verdict.key == "keep"
    assert kept == 5


def test_ten_metrics_without_an_effect_are_seldom_kept_or_stopped():
    """Ten metrics each, looked at on four days by the whole analysis: corrected, one of twelve campaigns at most is wrong."""
    chance, wrong = np.random.default_rng(11), 0
    metrics = [f"m{place}" for place in range(10)]
    for _ in range(12):
        arm = np.where(chance.random(300) < 0.5, "no", "yes")
        values = chance.lognormal(1, 1, (4, 300, 10)).cumsum(axis=0)
        looks = [pd.DataFrame(day, columns=metrics).assign(arm=arm) for day in values]
        found = [analyze(look, arm="arm", control="no", metrics=metrics, peeking=300) for look in looks]
        wrong += any(one.verdict.key in ("keep", "stop") for look in found for one in look.overall)
    assert wrong <= 1
