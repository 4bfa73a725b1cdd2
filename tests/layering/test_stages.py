"""Every layering of stages is what the oracle says, on villages at random, whatever the order of rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK, layers
from tests.layering.cases import Case, Oracle
from tests.oracle import stages
from tests.oracle.village import Village, handed
from tests.oracle.villages import village


def each(stage: Callable[[Village, str, datetime], str]) -> Oracle:
    """What is true of each customer alone, for everyone."""
    return lambda seen, end: {who: stage(seen, who, end) for who in seen.everyone(end)}


def lifecycle(model: stages.Lifecycle) -> Oracle:
    def assigned(seen: Village, end: datetime) -> dict[str, str]:
        pooled = model.pooled(seen, end)
        return {who: model.stage(seen, who, end, pooled) for who in seen.everyone(end)}

    return assigned


CASES = {
    "aarrr": Case(tt.AARRR(), each(stages.Aarrr().stage)),
    "aarrr that asks more": Case(
        tt.AARRR(
            core_path=("view", "view", "purchase"),
            path_limit_days=None,
            keep_days=7,
            referral_active_days=4,
            referral_window_days=15,
            revenue_needs_payment=True,
            referral_needs_invite=True,
        ),
        each(stages.Aarrr(("view", "view", "purchase"), None, 7, 4, 15, pays=True, invites=True).stage),
    ),
    "lifecycle": Case(tt.Lifecycle(), lifecycle(stages.Lifecycle())),
    "lifecycle of another rhythm": Case(
        tt.Lifecycle(rhythm=0.7, churn_factor=1.5, least_gaps=5, window_days=15, fall_to=0.3, core_path="view,cart"),
        lifecycle(stages.Lifecycle("0.7", 1.5, 5, window_days=15, fall_to=0.3, path=("view", "cart"))),
    ),
    "lifecycle of fixed days": Case(
        tt.Lifecycle(dormancy_days=30, churn_days=90), lifecycle(stages.Lifecycle(dormancy_days=30, churn_days=90))
    ),
    "aipl": Case(tt.AIPL(), each(stages.aipl)),
    "aipla": Case(tt.AIPL(advocacy=True), each(lambda *asked: stages.aipl(*asked, advocacy=True))),
    "five_a": Case(tt.FiveA(), each(stages.five_a)),
    "four_a": Case(tt.FourA(), each(stages.four_a)),
    "growth": Case(tt.Growth(), each(stages.growth)),
    "growth lately": Case(tt.Growth(window_days=60), each(lambda *asked: stages.growth(*asked, days=60))),
}
every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
FEW = settings(QUICK, max_examples=2)
MANY = settings(QUICK, max_examples=25)
seeds = st.integers(0, 10**6)


@every_case
@given(seed=seeds)
@FEW
def test_everyone_is_where_the_oracle_says(case: Case, seed: int) -> None:
    case.compare(*village(seed))


@pytest.mark.full
@every_case
@given(seed=seeds)
@MANY
def test_everyone_is_where_the_oracle_says_in_many_villages(case: Case, seed: int) -> None:
    case.compare(*village(seed))


@every_case
@given(seed=seeds)
@settings(FEW, max_examples=1)
def test_what_came_later_and_the_order_of_rows_change_nothing(case: Case, seed: int) -> None:
    case.only_the_past_counts(*village(seed), seed)


@pytest.mark.parametrize(
    "case", [CASES["lifecycle"], CASES["aarrr"], CASES["aipl"]], ids=lambda case: case.layering.kind
)
def test_a_kept_fit_gives_the_same_again(case: Case) -> None:
    seen, end = village(7)
    got = case.layering.assign(handed(seen), as_of=end)
    kept = tt.Fitted.model_validate_json(got.fitted.model_dump_json())
    assert layers(case.layering.assign(handed(seen), as_of=end, fitted=kept)) == layers(got)
