"""Spreads say of every layer what its customers' own values say."""

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cache
from statistics import fmean, median

import numpy as np
import pytest

from tests.app import bazaar
from tests.oracle.facts import all_traits
from tests.oracle.matrix import Row, rfm
from tests.oracle.score import scores
from titian.app import layerings, spreads
from titian.app.answers.layering import TraitSpread
from titian.app.desk import Reading
from titian.errors import UnknownNameError

Values = dict[str, list[float]]
"""Values by layer."""


@cache
def values_of(trait: str) -> Values:
    """What the oracle knows of everyone who bought, by RFM layer."""
    at = bazaar.midnight(bazaar.END)
    model = rfm()
    rows: dict[str, Row] = model.rows(bazaar.SHOP, at)
    cuts, ever = model.fit(rows), all_traits(bazaar.SHOP, at)
    found: Values = defaultdict(list)
    for who, row in rows.items():
        value = row[trait] if trait in row else getattr(ever[who], trait)
        if value is not None:
            found[model.layer(row, cuts)].append(float(value))
    return found


def spread_of(reading: Reading, trait: str) -> TraitSpread:
    return next(s for s in spreads.traits(reading, "rfm", None).traits if s.trait.key == trait)


@pytest.mark.parametrize("trait", ["spend", "recency_days", "order_count", "typical_gap_days", "refund_share"])
def test_mean_and_quartiles_are_those_of_the_customers(market_day: Reading, trait: str) -> None:
    expected = values_of(trait)
    for cell in spread_of(market_day, trait).layers:
        values = expected.get(cell.layer)
        if cell.layer != "none" and values:
            assert cell.mean == pytest.approx(fmean(values))
            assert [cell.q25, cell.median, cell.q75] == pytest.approx(list(np.quantile(values, [0.25, 0.5, 0.75])))


@pytest.mark.parametrize("trait", ["spend", "order_count"])
def test_a_histogram_counts_each_customer_in_the_bin_of_the_value(market_day: Reading, trait: str) -> None:
    spread = spread_of(market_day, trait)
    last = len(spread.edges) - 2
    for cell in spread.layers:
        if cell.layer == "none":
            continue
        bins = (min(max(bisect_right(spread.edges, v) - 1, 0), last) for v in values_of(trait).get(cell.layer, []))
        counted = Counter(bins)
        assert list(cell.histogram) == [counted[place] for place in range(last + 1)]


def test_everyone_is_the_sum_of_the_ranked_layers(market_day: Reading) -> None:
    for spread in spreads.traits(market_day, "rfm", None).traits:
        ranked = [cell.histogram for cell in spread.layers if cell.layer != "none"]
        assert list(spread.everyone.histogram) == [sum(bins) for bins in zip(*ranked, strict=True)]


def test_customers_who_never_bought_have_no_mean_of_what_only_buyers_have(market_day: Reading) -> None:
    (nobody,) = (cell for cell in spread_of(market_day, "recency_days").layers if cell.layer == "none")
    assert nobody.customers > 0
    assert (nobody.mean, nobody.median, sum(nobody.histogram)) == (None, None, 0)


@pytest.mark.parametrize("rule", ["mean", "median", "q0.2", "q0.8"])
def test_suggested_cuts_are_the_statistics_of_the_buyers(market_day: Reading, rule: str) -> None:
    for histogram in spreads.cuts(market_day, "rfm", None).cuts:
        values = [v for layer in values_of(histogram.trait.key).values() for v in layer]
        plain = {"mean": fmean(values), "median": median(values)}
        expected = plain[rule] if rule in plain else np.quantile(values, float(rule[1:]))
        assert histogram.suggestions[rule] == pytest.approx(expected)


def test_a_cut_in_days_offers_no_statistics(market_day: Reading) -> None:
    found = {cut.field: cut.suggestions for cut in spreads.cuts(market_day, "value_levels", None).cuts}
    assert found["warning_days"] == found["churn_days"] == {}
    assert found["spend"]


def test_scores_have_no_single_cut_to_drag(market_day: Reading) -> None:
    assert spreads.cuts(market_day, "rfm_score", None).cuts == ()


@pytest.mark.parametrize("key", ["rfm", "rfm_score"])
def test_the_map_is_the_oracles_scores_crossed(market_day: Reading, key: str) -> None:
    found = spreads.recency_frequency(market_day, key, None)
    expected = Counter((s.r_score, s.f_score) for s in scores(bazaar.SHOP, bazaar.midnight(bazaar.END)).values())
    assert {(cell.r_score, cell.f_score): cell.customers for cell in found.cells} == expected


def test_the_money_of_the_map_is_that_of_its_buyers(market_day: Reading) -> None:
    found = spreads.recency_frequency(market_day, "rfm", None)
    values = [v for layer in values_of("spend").values() for v in layer]
    assert sum(cell.money for cell in found.cells) == pytest.approx(sum(values))


@pytest.mark.parametrize("ask", [spreads.traits, spreads.cuts, spreads.recency_frequency], ids=lambda f: f.__name__)
def test_an_unknown_layering_is_named_with_the_known(market_day: Reading, ask) -> None:
    with pytest.raises(UnknownNameError, match="rmf"):
        ask(market_day, "rmf", None)


@pytest.mark.parametrize("key", ["rfm", "rfm_score", "value_levels", "matrix"])
def test_every_layer_of_a_layering_has_a_cell_for_every_trait(market_day: Reading, key: str) -> None:
    keys = [layer.layer.key for layer in layerings.now(market_day, key, None, None).layers]
    for spread in spreads.traits(market_day, key, None).traits:
        assert [cell.layer for cell in spread.layers] == keys
        assert {len(cell.histogram) for cell in spread.layers} == {len(spread.edges) - 1}
