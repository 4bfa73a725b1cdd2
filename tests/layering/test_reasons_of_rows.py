"""Reasons of rules, queues, tiers and layers within layers are true when recomputed from the raw rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from operator import ge, gt, le, lt
from random import Random

import pytest

import titian as tt
from tests.layering.explained import explained
from tests.layering.own import layer, tier
from tests.oracle.cuts import quantile
from tests.shops import shop
from titian.domain.reason import Reason
from titian.layering.assignment import Assignment
from titian.warehouse.dataset import Dataset

AS_OF = datetime(2024, 6, 1)
WHOS = [f"c{number:02}" for number in range(14)]
SIGNS = {">": gt, ">=": ge, "<": lt, "<=": le}
BIG = {"trait": "spend_90d", "op": ">=", "value": 120}
OFTEN = {"trait": "order_count", "op": ">", "value": 4}
LATELY = {"trait": "recency_days", "op": "<=", "value": 25}
FAR = {"trait": "recency_days", "op": ">", "value": 60}

Bought = Mapping[str, list[tuple[datetime, float]]]


def rows(seed: int = 0) -> list[tuple[str, str, float]]:
    """Orders of fourteen customers in half a year, on whole days, for amounts that are often on a bound."""
    chance = Random(seed)
    found = []
    for who in WHOS:
        for _ in range(chance.randrange(1, 9)):
            day = AS_OF - timedelta(days=chance.choice([1, 5, 24, 25, 26, 30, 60, 61, 89, 90, 91, 150]), hours=-1)
            found.append((who, day.isoformat(), float(chance.choice([20, 40, 60, 120]))))
    return found


ROWS = rows()


@pytest.fixture(scope="module")
def data() -> Dataset:
    return shop(*ROWS)


def raw(who: str, name: str, at: datetime = AS_OF) -> float | None:
    """A trait by a loop over the rows."""
    mine = [(datetime.fromisoformat(when), money) for one, when, money in ROWS if one == who]
    mine = [(when, money) for when, money in mine if when < at]
    if name == "spend_90d":
        return sum(money for when, money in mine if when >= at - timedelta(days=90))
    if name == "order_count":
        return len(mine)
    if name == "spend":
        return sum(money for _, money in mine)
    return (at.date() - max(when for when, _ in mine).date()).days if mine else None


def plainly(condition: Mapping[str, object], who: str, at: datetime = AS_OF) -> bool:
    value = raw(who, str(condition["trait"]), at)
    return value is not None and bool(SIGNS[str(condition["op"])](value, condition["value"]))


def true_of(reason: Reason, condition: Mapping[str, object], who: str, at: datetime = AS_OF) -> None:
    """The reason says the customer's own value, the bound, and whether the condition holds."""
    name, held = str(condition["trait"]), plainly(condition, who, at)
    assert (reason.trait, reason.value, reason.cut) == (name, raw(who, name, at), condition["value"])
    assert ("does not meet" in reason.sentence.en, "不符合" in reason.sentence.zh) == (not held, not held)
    good = (str(condition["op"])[0] == "<") == (name == "recency_days")
    assert reason.high == (held if good else not held)


RULES = tt.Rules(
    layers=[
        layer("both", {"all": [BIG, LATELY]}),
        layer("either", {"any": [OFTEN, BIG]}),
        layer("not_far", {"not": FAR}),
        layer("rest"),
    ]
)
TREES = {"both": ("all", [BIG, LATELY]), "either": ("any", [OFTEN, BIG]), "not_far": ("all", [FAR])}


@pytest.fixture(scope="module")
def ruled(data: Dataset) -> Assignment:
    return RULES.assign(data, as_of=AS_OF.date())


@pytest.mark.parametrize("who", WHOS)
def test_the_reasons_of_rules_are_the_conditions_that_decided(ruled: Assignment, who: str) -> None:
    big, often, lately, far = (plainly(one, who) for one in (BIG, OFTEN, LATELY, FAR))
    of_both = [one for one, held in ((BIG, big), (LATELY, lately)) if not held][:1]
    if big and lately:
        where, deciding = "both", [BIG, LATELY]
    elif often or big:
        where, deciding = "either", [one for one, held in ((OFTEN, often), (BIG, big)) if held]
    elif not far:
        where, deciding = "not_far", [FAR]
    else:
        where, deciding = "rest", [*of_both, *(one for one in (OFTEN, BIG, FAR) if one not in of_both)]
    row, reasons = explained(ruled)[who]
    assert row["layer"] == where
    assert [reason.trait for reason in reasons] == [one["trait"] for one in deciding]
    for reason, condition in zip(reasons, deciding, strict=True):
        true_of(reason, condition, who)


def test_every_layer_of_the_rules_has_somebody(ruled: Assignment) -> None:
    assert {row["layer"] for row, _ in explained(ruled).values()} == {"both", "either", "not_far", "rest"}


@pytest.mark.parametrize(("name", "low_is_better"), [("spend", False), ("recency_days", True)])
def test_the_reasons_of_a_queue_are_the_cut_that_was_passed_or_missed(
    data: Dataset, name: str, low_is_better: bool
) -> None:
    shares = (0.25, 0.25, 0.5)
    got = tt.Quantiles(trait=name, shares=shares).assign(data, as_of=AS_OF.date())
    values = {who: raw(who, name) for who in WHOS}
    tops = [Fraction(1, 4), Fraction(1, 2)]
    cuts = [quantile(list(values.values()), top if low_is_better else 1 - top) for top in tops]  # type: ignore[arg-type]
    for who, (row, (reason,)) in explained(got).items():
        value = Fraction(values[who])  # type: ignore[arg-type]
        passed = [value < cut if low_is_better else value > cut for cut in cuts]
        place = passed.index(True) if any(passed) else 2
        assert row["layer"] == f"q{place + 1}"
        cut = cuts[min(place, 1)]
        assert (reason.value, reason.high) == (values[who], any(passed))
        assert reason.cut == pytest.approx(float(cut))
        assert reason.distance == pytest.approx(float(cut - value if low_is_better else value - cut))


def test_the_reasons_of_a_tier_are_of_the_review_that_made_it_and_of_today(data: Dataset) -> None:
    keep = {"trait": "spend_90d", "op": ">=", "value": 60}
    club = tt.Tiers(tiers=[tier("gold", BIG, keep), tier("plain")], review_months=1, start_at=date(2024, 1, 1), grace=1)
    got = club.assign(data, as_of=AS_OF.date())
    reviews = [datetime(2024, month, 1) for month in range(1, 7)]
    for who, (row, reasons) in explained(got).items():
        gold, since = False, None
        for review in reviews:
            before = gold
            gold = plainly(keep, who, review) if gold else False
            gold = gold or plainly(BIG, who, review)
            since = review if gold != before else since
        assert (row["layer"], row["since"]) == ("gold" if gold else "plain", since and since.date()), who
        if since is not None:
            made, *reasons = reasons
            true_of(made.model_copy(update={"distance": None}), BIG if gold else keep, who, since)
            assert f"review of {since.date()}" in made.sentence.en
        (now,) = reasons
        true_of(now, keep if gold else BIG, who)
        assert ("to stay" in now.sentence.en) == gold


def test_a_small_pyramid_in_a_layer_is_cut_by_its_own_customers_alone(data: Dataset) -> None:
    outer = tt.Rules(key="outer", layers=[layer("often", OFTEN), layer("rest")])
    inner = tt.Quantiles(key="inner", trait="spend", shares=(0.5, 0.5))
    got = tt.Inside(outer=outer, at="often", inner=inner).assign(data, as_of=AS_OF.date())
    members = [who for who in WHOS if plainly(OFTEN, who)]
    middle = quantile([raw(who, "spend") for who in members], Fraction(1, 2))  # type: ignore[misc]
    assert middle != quantile([raw(who, "spend") for who in WHOS], Fraction(1, 2)), "or nothing is said by it"  # type: ignore[misc]
    for who, (row, reasons) in explained(got).items():
        above = Fraction(raw(who, "spend") or 0) > middle
        assert row["layer"] == ("outside" if who not in members else "q1" if above else "q2")
        true_of(reasons[0], OFTEN, who)
        within = reasons[1:]
        assert [(one.trait, one.value, one.cut, one.high) for one in within] == (
            [("spend", raw(who, "spend"), float(middle), above)] if who in members else []
        )


def test_a_cross_says_the_reasons_of_both_its_parts(data: Dataset) -> None:
    queue = tt.Quantiles(key="queue", trait="spend", shares=(0.5, 0.5))
    crossed = explained(tt.Cross(first=RULES, second=queue).assign(data, as_of=AS_OF.date()))
    alone = [explained(one.assign(data, as_of=AS_OF.date())) for one in (RULES, queue)]
    for who, (row, reasons) in crossed.items():
        assert row["layer"] == "__".join(str(each[who][0]["layer"]) for each in alone)
        assert reasons == [reason for each in alone for reason in each[who][1]]
