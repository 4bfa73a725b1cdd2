"""Every reason that is shown for a stage is true: recomputed from the raw rows of a village."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

import titian as tt
from tests.oracle import stages
from tests.oracle.core_path import done_at
from tests.oracle.cuts import quantile
from tests.oracle.village import Village, handed
from tests.oracle.villages import village
from titian.domain.reason import Reason
from titian.layering.assignment import Assignment

VILLAGES = {seed: village(seed, customers=24) for seed in (3, 11)}
every_village = pytest.mark.parametrize(("seen", "end"), VILLAGES.values(), ids=VILLAGES)


def explained(got: Assignment) -> dict[str, tuple[dict[str, object], dict[str, Reason]]]:
    """Row and reasons by their traits, of everyone."""
    rows = got.data.execute(got.table)
    return {
        str(row["customer_id"]): (row, {r.trait: r for r in got.definition.reasons(row, got.fitted)}) for row in rows
    }


@every_village
def test_aarrr(seen: Village, end: datetime) -> None:
    for who, (row, said) in explained(tt.AARRR().assign(handed(seen), as_of=end)).items():
        log = [(event.occurred_at, event.event) for event in seen.doings(who, end)]
        done = done_at(log, ("view", "cart", "purchase"), 7)
        assert said["core_path_done_at"].high is (done is not None)
        assert said["silence_days"].value == stages.silence(seen, who, end)
        if done is None:
            assert said["registered_at"].high is (row["layer"] == "activation")
            continue
        assert f"{done.astimezone(ZoneInfo(seen.zone)):%Y-%m-%d %H:%M}" in said["core_path_done_at"].sentence.zh
        acts = seen.acts(who, end)
        assert said["kept_days"].value == seen.days(acts)[-1] - seen.days([done])[0]
        assert said["active_days"].value == len(seen.days(seen.within(acts, end, 30)))
        assert said["active_days"].high is (row["layer"] == "referral")


@every_village
def test_lifecycle(seen: Village, end: datetime) -> None:
    model = stages.Lifecycle()
    pooled = model.pooled(seen, end)
    for who, (row, said) in explained(tt.Lifecycle().assign(handed(seen), as_of=end)).items():
        own = stages.gaps(seen, who, end)
        limit = quantile(list(own), Fraction(9, 10)) if len(own) >= 3 else pooled
        silence, silent = said["silence_days"], stages.silence(seen, who, end)
        assert silence.value == silent
        assert silence.cut == pytest.approx(float((limit or 0) * (2 if row["layer"] == "churned" else 1)))
        assert ("own rhythm" in silence.sentence.en) is (len(own) >= 3)
        assert said["bought_days"].value == len(seen.days(seen.purchases(who, end)))
        if silent is not None and limit is not None:
            falling = [said[name].high is False for name in ("active_days", "online_s") if name in said]
            assert any(falling) is model.fell(seen, who, end)
            assert silence.high is (silent <= limit * (2 if row["layer"] == "churned" else 1))


@every_village
def test_aipl(seen: Village, end: datetime) -> None:
    asked = ("search", "favourite", "cart", "follow", "join")
    for who, (row, said) in explained(tt.AIPL().assign(handed(seen), as_of=end)).items():
        true = {
            "any_exposure_click_view_count_15d": stages.times(seen, who, end, ("exposure", "click", "view"), 15),
            "any_search_favourite_cart_follow_join_count_15d": stages.times(seen, who, end, asked, 15),
            "view_count_15d": stages.times(seen, who, end, ("view",), 15),
            "bought_days_913d": stages.bought_days(seen, who, end, 913),
            "bought_days_365d": stages.bought_days(seen, who, end, 365),
            "any_praise_share_refer_count_365d": stages.times(seen, who, end, ("praise", "share", "refer"), 365),
        }
        assert {name: reason.value for name, reason in said.items()} == {name: true[name] for name in said}
        assert any(reason.high for reason in said.values()) is (row["layer"] != "none")
        assert all(reason.high is (true[name] >= (reason.cut or 0)) for name, reason in said.items())
