"""Social value, influence and identity are what the oracle says, and say so truly, on communities at random."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.layering.cases import Case
from tests.layering.explained import explained
from tests.oracle import social
from tests.oracle.communities import community
from tests.oracle.known import attribute
from tests.oracle.village import Village, handed

HALVES = {"post": 2.5, "like": 0.5, "home": 1.0}
CASES = {
    "social": Case(tt.Social(), social.Social().assign),
    "social of own weights and numbers": Case(
        tt.Social(weights=HALVES, window_days=30, creator=5, contributor=2),
        social.Social(HALVES, 30, 5, 2).assign,
    ),
    "social of all history": Case(
        tt.Social(window_days=None, creator="q0.7", contributor="mean"),
        social.Social(window_days=None, creator="q0.7", contributor="mean").assign,
    ),
    "social whose cuts overlap": Case(
        tt.Social(creator=1, contributor="q0.95"), social.Social(creator=1, contributor="q0.95").assign
    ),
    "influence": Case(tt.Influence(), social.Influence().assign),
    "influence of many": Case(tt.Influence(kol="q0.8", koc="median"), social.Influence("q0.8", "median").assign),
    "influence above the average": Case(tt.Influence(kol=2, koc="mean"), social.Influence(2, "mean").assign),
    "identity": Case(tt.Identity(), social.Identity().assign),
    "identity within reach": Case(
        tt.Identity(
            celebrity_followers=3, celebrity_influence=2, professions=("医生",), contributions=2, active_days=3
        ),
        social.Identity(3, 2, ("医生",), 2, active_days=3).assign,
    ),
}
every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
one_of_each = pytest.mark.parametrize(
    "case", [CASES["social"], CASES["influence"], CASES["identity within reach"]], ids=lambda case: case.layering.kind
)
FEW, MANY = settings(QUICK, max_examples=1), settings(QUICK, max_examples=25)
seeds = st.integers(0, 10**6)
SEEN = {seed: community(seed) for seed in (3, 8)}
every_community = pytest.mark.parametrize(("seen", "end"), SEEN.values(), ids=SEEN)


@every_case
@given(seed=seeds)
@FEW
def test_everyone_is_where_the_oracle_says(case: Case, seed: int) -> None:
    case.compare(*community(seed))


@pytest.mark.full
@every_case
@given(seed=seeds)
@MANY
def test_everyone_is_where_the_oracle_says_in_many_communities(case: Case, seed: int) -> None:
    case.compare(*community(seed))


@one_of_each
@given(seed=seeds)
@settings(FEW, max_examples=1)
def test_what_came_later_and_the_order_of_rows_change_nothing(case: Case, seed: int) -> None:
    case.only_the_past_counts(*community(seed), seed)


@every_community
def test_reasons_of_social_value_are_the_weighted_rows(seen: Village, end: datetime) -> None:
    model = social.Social()
    creator, contributor = model.cuts(seen, end)
    for who, (row, said) in explained(tt.Social().assign(handed(seen), as_of=end)).items():
        first = said[0]
        assert first.value == float(model.activity(seen, who, end))
        if row["layer"] == "lurker":
            assert "nothing social in the last 90 days" in first.sentence.en
            continue
        expected = creator.value if row["layer"] == "creator" else contributor.value
        assert first.cut == pytest.approx(float(expected or 0))
        assert first.high is (row["layer"] != "participant")


@every_community
def test_reasons_of_influence_are_the_rank_and_the_followers(seen: Village, end: datetime) -> None:
    ranks = social.influences(seen, end)
    for who, (row, said) in explained(tt.Influence(kol="q0.8", koc="q0.5").assign(handed(seen), as_of=end)).items():
        if who not in ranks:
            assert [reason.sentence.en for reason in said] == ["is in no follow, interaction or invite"]
            continue
        assert said[0].value == pytest.approx(ranks[who], abs=1e-6)
        assert said[0].high is (row["layer"] != "ordinary")
        assert said[1].value == social.followers(seen, who, end)
        assert said[1].sentence.zh == f"有 {social.followers(seen, who, end)} 位粉丝"


@every_community
def test_reasons_of_identity_are_what_was_done_and_who_they_are(seen: Village, end: datetime) -> None:
    model = social.Identity(3, contributions=2, active_days=3)
    layering = tt.Identity(celebrity_followers=3, contributions=2, active_days=3)
    for who, (row, said) in explained(layering.assign(handed(seen), as_of=end)).items():
        numbers = {
            "followers": (social.followers(seen, who, end), 3),
            "contributions": (model.contributed(seen, who, end), 2),
            "active_days": (model.active(seen, who, end), 3),
        }
        for reason in said:
            if reason.trait == "profession":
                assert reason.high is (attribute(seen, who, "profession", end) is not None)
                continue
            value, least = numbers[reason.trait]
            assert (reason.value, reason.cut, reason.high) == (value, least, value >= least)
        assert [reason.high for reason in said] == [True, False][-len(said) :] or row["layer"] == "celebrity"
