"""The test of a split: figures against scipy and plain counting, laws, and what is said where little can be."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import fmean, median

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import titian as tt
from tests.laws.village import AS_OF as VILLAGE_DAY
from tests.laws.village import village
from tests.shops import orders, shop
from titian.layering.split_test import SplitTest
from titian.layering.split_words import verdict_on
from titian.stats.effects import NumberEffect, effect_on_number

AS_OF, LATER = "2024-03-01", "2024-05-30"
"""Ninety days apart."""
THIRDS = tt.Quantiles(trait="spend", shares=(0.3, 0.3, 0.4))
CITIES = ["Hangzhou", "Suzhou", "Wuxi"]


def told(before: Sequence[float], after: Sequence[float], last: str = "2024-06-01") -> tt.Dataset:
    """Customers c000, c001 … who spent so much before the layers and so much after; the data reach to `last`."""
    lines = [(f"c{n:03}", "2024-01-10", spent) for n, spent in enumerate(before)]
    lines += [(f"c{n:03}", "2024-04-10", spent) for n, spent in enumerate(after) if spent]
    return shop(*lines, ("zz", last, 1.0))


def chance(count: int = 200, seed: int = 1) -> tuple[list[float], list[float]]:
    """Spending before, and after it three tenths of that and luck."""
    luck = random.Random(seed)
    before = [round(luck.uniform(1, 100), 2) for _ in range(count)]
    return before, [round(0.3 * spent + luck.uniform(0, 40), 2) for spent in before]


def by_layer(data: tt.Dataset, layering: tt.Layering, values: Sequence[float]) -> dict[str, list[float]]:
    """The values in each layer, put there by the assignment."""
    groups: dict[str, list[float]] = defaultdict(list)
    for row in layering.assign(data, as_of=AS_OF).to_pandas().to_dict("records"):
        groups[str(row["layer"])].append(values[int(str(row["customer_id"])[1:])])
    return dict(groups)


def codes(got: SplitTest) -> list[str]:
    return [note.code for note in got.notes]


def number_effect(got: SplitTest) -> NumberEffect:
    assert isinstance(got.effect, NumberEffect)
    return got.effect


@pytest.fixture(scope="module")
def tested() -> tuple[SplitTest, dict[str, list[float]]]:
    before, after = chance()
    data = told(before, after)
    return tt.split_test(THIRDS, data, as_of=AS_OF), by_layer(data, THIRDS, after)


Tested = tuple[SplitTest, dict[str, list[float]]]


def test_each_layer_has_its_customers_own_figures(tested: Tested) -> None:
    got, groups = tested
    for line in got.layers[:3]:
        values = groups[line.layer.key]
        assert (line.customers, line.valued, line.share) == (len(values), len(values), len(values) / 200)
        assert (line.mean, line.median) == (pytest.approx(fmean(values)), pytest.approx(median(values)))
        theirs = stats.ttest_1samp(values, 0).confidence_interval(0.95)
        assert (line.low, line.high) == pytest.approx((theirs.low, theirs.high))
    assert got.mean == pytest.approx(fmean(value for values in groups.values() for value in values))


def test_f_and_p_are_those_of_the_analysis_of_variance(tested: Tested) -> None:
    got, groups = tested
    f, p = stats.f_oneway(*groups.values())
    assert (number_effect(got).f, got.p_value) == (pytest.approx(f), pytest.approx(p))


def test_the_share_explained_is_made_by_hand(tested: Tested) -> None:
    got, groups = tested
    everyone = [value for values in groups.values() for value in values]
    middle = fmean(everyone)
    between = sum(len(values) * (fmean(values) - middle) ** 2 for values in groups.values())
    total = sum((value - middle) ** 2 for value in everyone)
    error = (total - between) / (200 - 3)
    assert number_effect(got).eta_squared == pytest.approx(between / total)
    assert got.effect_size == pytest.approx((between - 2 * error) / (total + error))


def test_the_interval_holds_the_noncentral_f_that_would_seldom_bring_this(tested: Tested) -> None:
    got, groups = tested
    f = stats.f_oneway(*groups.values()).statistic
    for bound, share in ((got.low, 0.975), (got.high, 0.025)):
        assert bound is not None
        assert stats.ncf.cdf(f, 2, 197, 200 * bound / (1 - bound)) == pytest.approx(share, abs=1e-6)


def test_the_effect_on_ranks_is_that_of_kruskal_and_wallis() -> None:
    luck = random.Random(3)
    before, after = chance(60)
    after = [float(luck.randint(0, 6)) for _ in after]
    data = told(before, after)
    got = tt.split_test(THIRDS, data, as_of=AS_OF)
    h = stats.kruskal(*by_layer(data, THIRDS, after).values()).statistic
    assert got.by_rank is not None
    assert got.by_rank.eta_squared == pytest.approx(h / (60 - 1))


def test_a_few_far_off_values_are_said_to_weigh_heavily() -> None:
    before, _ = chance(60)
    after = [1e6 if n == 7 else spent for n, spent in enumerate(before)]
    got = tt.split_test(THIRDS, told(before, after), as_of=AS_OF)
    assert "ranks_differ" in codes(got)
    assert got.by_rank is not None
    assert verdict_on(got.by_rank).key == "much"
    assert got.verdict.key in ("nothing", "unsure")


def in_cities(before: Sequence[float], cities: Sequence[str | None]) -> tt.Dataset:
    people = pd.DataFrame({"customer_id": [f"c{n:03}" for n in range(len(before))], "city": cities})
    lines = [(f"c{n:03}", "2024-01-10", spent) for n, spent in enumerate(before)]
    return tt.Dataset(orders=orders(*lines), customers=people, timezone="UTC")


def test_a_category_is_counted_and_its_v_is_scipys() -> None:
    before, _ = chance(120)
    cities = [CITIES[int(spent // 10) % 3 if n % 2 else n % 3] for n, spent in enumerate(before)]
    data = in_cities(before, cities)
    got = tt.split_test(THIRDS, data, as_of=AS_OF, outcome="city")
    held = got.layers[:3]
    lived = THIRDS.assign(data, as_of=AS_OF).to_pandas()
    counted = Counter((row.layer, cities[int(str(row.customer_id)[1:])]) for row in lived.itertuples())
    table = [[counted[line.layer.key, city] for city in got.values] for line in held]
    assert [list(line.counts) for line in held] == table
    theirs = stats.chi2_contingency(table, correction=False)
    assert got.p_value == pytest.approx(theirs.pvalue)
    assert got.effect.plain_v == pytest.approx(stats.contingency.association(np.array(table)))  # type: ignore[union-attr]
    sizes = Counter(cities)
    assert list(got.values) == sorted(sizes, key=lambda city: (-sizes[city], city))


def test_who_has_no_value_is_left_out_and_counted() -> None:
    before, _ = chance(40)
    cities = [None if n % 4 == 0 else CITIES[n % 3] for n in range(40)]
    got = tt.split_test(THIRDS, in_cities(before, cities), as_of=AS_OF, outcome="city")
    assert (sum(line.customers for line in got.layers), got.effect.customers) == (40, 30)
    (said,) = (note for note in got.notes if note.code == "without_value")
    assert said.text.en == "10 customers have no value of the outcome and are left out."


def test_rare_values_are_taken_together() -> None:
    before, _ = chance(80)
    cities = [f"town {n % 35:02}" for n in range(80)]
    got = tt.split_test(THIRDS, in_cities(before, cities), as_of=AS_OF, outcome="city")
    alone = [city for city in got.values if city is not None]
    assert (len(alone), got.values[-1]) == (30, None)
    rest = sum(count for city, count in Counter(cities).items() if city not in alone)
    assert sum(line.counts[-1] for line in got.layers) == rest
    assert "rare_values_together" in codes(got)


def test_a_layering_that_follows_the_outcome_explains_much() -> None:
    before, _ = chance()
    got = tt.split_test(THIRDS, told(before, before), as_of=AS_OF)
    assert got.effect_size is not None
    assert got.effect_size > 0.8
    assert got.verdict.key == "much"


@pytest.mark.parametrize("seed", range(5))
def test_layers_dealt_out_by_chance_explain_nothing(seed: int) -> None:
    before, after = chance(200, seed)
    random.Random(seed + 100).shuffle(after)
    got = tt.split_test(THIRDS, told(before, after), as_of=AS_OF)
    assert got.effect_size is not None
    assert got.effect_size < 0.04
    assert got.verdict.key in ("nothing", "little", "unsure")


def test_the_order_of_the_rows_changes_nothing() -> None:
    before, after = chance(50)
    data = told(before, after)
    rows = data.table("orders").to_pandas().sample(frac=1, random_state=4)
    again = tt.split_test(THIRDS, tt.Dataset(orders=rows, timezone="UTC"), as_of=AS_OF)
    first = tt.split_test(THIRDS, data, as_of=AS_OF)
    assert again.effect_size == pytest.approx(first.effect_size)
    assert [line.mean for line in again.layers] == [line.mean for line in first.layers]


@pytest.mark.parametrize("rate", [0.01, 7.0])
def test_the_currency_of_the_outcome_changes_no_effect(rate: float) -> None:
    before, after = chance(60)
    got = [tt.split_test(THIRDS, told(before, [round(x) * by for x in after]), as_of=AS_OF) for by in (1.0, rate)]
    assert got[0].effect_size == pytest.approx(got[1].effect_size)
    assert got[0].p_value == pytest.approx(got[1].p_value)


def test_the_outcome_is_later_where_the_data_reach_so_far() -> None:
    before, after = chance(30)
    far, short = told(before, after), told(before, after, last="2024-04-20")
    later, now = (tt.split_test(THIRDS, data, as_of=AS_OF) for data in (far, short))
    assert f"{later.outcome_at:%Y-%m-%d}" == LATER
    assert now.outcome_at == now.as_of
    assert "same_instant" in codes(now)
    assert not {"same_instant", "by_construction", "outcome_reaches_back"} & set(codes(later))


@pytest.mark.parametrize(
    ("outcome", "outcome_at", "expected"),
    [
        ("spend_90d", AS_OF, {"by_construction", "same_instant"}),
        ("spend_91d", LATER, {"by_construction", "outcome_reaches_back"}),
        ("spend_90d", LATER, set()),
        ("order_count", LATER, {"outcome_reaches_back"}),
        ("average_order_value", AS_OF, {"by_construction", "same_instant"}),
        ("recency_days", AS_OF, {"same_instant"}),
        ("part_of_day", AS_OF, set()),
    ],
)
def test_what_the_outcome_shares_with_the_layers_is_said(outcome: str, outcome_at: str, expected: set[str]) -> None:
    got = tt.split_test(THIRDS, told(*chance(40)), as_of=AS_OF, outcome=outcome, outcome_at=outcome_at)
    assert {"by_construction", "same_instant", "outcome_reaches_back"} & set(codes(got)) == expected


def test_an_outcome_whose_time_is_not_over_is_said_to_be_unfinished() -> None:
    before, after = chance(40)
    got = tt.split_test(THIRDS, told(before, after, last="2024-04-20"), as_of=AS_OF, outcome_at=LATER)
    (said,) = (note for note in got.notes if note.code == "outcome_unfinished")
    assert "2024-04-20" in said.text.en


def test_cuts_that_were_fitted_later_are_said_to_know_more() -> None:
    data = told(*chance(40))
    late, early = (THIRDS.assign(data, as_of=day).fitted for day in ("2024-05-01", "2024-02-01"))
    got = [tt.split_test(THIRDS, data, as_of=AS_OF, fitted=fitted) for fitted in (late, early, None)]
    assert ["cuts_of_later" in codes(one) for one in got] == [True, False, False]


@pytest.mark.parametrize(
    ("layering", "said"),
    [
        (tt.RFM(recency=30, frequency=2, monetary=50), False),
        (tt.RFM(recency=30, frequency=2), True),
        (tt.Cross(first=THIRDS, second=tt.RFM(recency=30, frequency=2, monetary=50)), True),
    ],
    ids=["fixed numbers", "one statistic", "a part with statistics"],
)
def test_numbers_that_were_fixed_beforehand_know_nothing_of_later(layering: tt.Layering, said: bool) -> None:
    data = told(*chance(40))
    late = layering.assign(data, as_of="2024-05-01").fitted
    assert ("cuts_of_later" in codes(tt.split_test(layering, data, as_of=AS_OF, fitted=late))) == said


@pytest.mark.parametrize(
    ("before", "verdict", "code"),
    [([5.0], "nothing", "one_group"), ([5.0, 9.0, 1.0], "unknown", "groups_of_one")],
    ids=["one customer", "each alone"],
)
def test_few_customers_are_an_answer(before: list[float], verdict: str, code: str) -> None:
    got = tt.split_test(THIRDS, told(before, before), as_of=AS_OF)
    assert (got.verdict.key, code in codes(got)) == (verdict, True)
    assert got.p_value is None


def test_nobody_at_all_is_an_answer() -> None:
    got = tt.split_test(THIRDS, tt.Dataset(orders=orders(), timezone="UTC"), as_of=AS_OF)
    assert (got.effect_size, got.verdict.key, got.mean) == (None, "unknown", None)
    assert {line.share for line in got.layers} == {None}
    assert "nobody" in codes(got)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"outcome": "last_order_at"}, "is an instant"),
        ({"outcome": "spent"}, "is not known"),
        ({"outcome": "city"}, "needs customers"),
        ({"outcome_at": "2024-02-01"}, "2024-02-01 lies before the layers as of 2024-03-01"),
        ({"level": 95}, "level of the interval"),
    ],
)
def test_what_can_not_be_asked_is_refused(asked: dict[str, object], says: str) -> None:
    with pytest.raises(tt.TitianError, match=says):
        tt.split_test(THIRDS, told(*chance(12)), as_of=AS_OF, **asked)  # type: ignore[arg-type]


def test_frames_hold_a_line_per_layer_or_per_layer_and_value() -> None:
    before, after = chance(30)
    of_number = tt.split_test(THIRDS, told(before, after), as_of=AS_OF).to_pandas()
    assert list(of_number.columns)[-4:] == ["mean", "low", "high", "median"]
    assert len(of_number) == 4
    cities = [CITIES[n % 3] for n in range(30)]
    of_city = tt.split_test(THIRDS, in_cities(before, cities), as_of=AS_OF, outcome="city").to_pandas()
    assert len(of_city) == 4 * 3
    assert of_city["value_customers"].sum() == 30
    assert of_city.groupby("layer")["value_share"].sum().max() == pytest.approx(1)


@pytest.mark.parametrize(
    ("each", "apart", "verdict"),
    [(2000, 0.0, "nothing"), (2000, 0.3, "little"), (2000, 0.6, "fair"), (2000, 2.0, "much"), (6, 0.3, "unsure")],
)
def test_the_verdict_is_cohens_word_unless_nothing_is_sure(each: int, apart: float, verdict: str) -> None:
    effect = effect_on_number([each, each], [0.0, apart], [1.0, 1.0])
    assert verdict_on(effect).key == verdict


def test_the_sentence_holds_the_effect_and_its_interval(tested: Tested) -> None:
    got, _ = tested
    for said in (got.sentence.zh, got.sentence.en):
        assert all(f"{value:.1%}" in said for value in (got.effect_size, got.low, got.high) if value is not None)
    assert "spend in 90 days" in got.sentence.en
    assert "近 90 天消费金额" in got.sentence.zh


KINDS = tt.layerings()


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_layering_can_be_tested(kind: type[tt.Layering]) -> None:
    layering = kind.example()
    placed = layering.assign(village(), as_of=VILLAGE_DAY)
    got = tt.split_test(layering, village(), as_of=VILLAGE_DAY, outcome="order_count", fitted=placed.fitted)
    counted = placed.counts()
    assert [line.layer.key for line in got.layers] == list(counted["layer"])
    assert [line.customers for line in got.layers] == list(counted["customers"])
    counts = tt.traits(["order_count"], village(), as_of=VILLAGE_DAY)["order_count"]
    assert got.mean == pytest.approx(counts.mean())
