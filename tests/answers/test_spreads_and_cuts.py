"""Means, quartiles, histograms, suggestions and the map are counted from the customers' own values."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date
from statistics import fmean
from typing import Any

import numpy as np
import pytest

from tests.answers.book import DAYS, KEYS, OWN, SHOWN, START, cuts_on, known, layers_of, ranked_on, values_on
from tests.answers.conftest import Asks
from tests.app import bazaar
from tests.oracle.score import scores

every_layering = pytest.mark.parametrize("key", KEYS)


def of_layer(key: str, day: date, layer: str, trait: str) -> list[float]:
    """The values of a trait that the customers of a layer have."""
    layers = layers_of(key, day, day)
    return known(values[trait] for who, values in values_on(key, day).items() if layers[who] == layer)


def spread_of(answer: Any, trait: str) -> Any:
    return next(spread for spread in answer["traits"] if spread["trait"]["key"] == trait)


def binned(values: list[float], edges: list[float]) -> list[int]:
    """How many lie in each bin; the outer bins take what lies beyond."""
    last = len(edges) - 2
    counted = Counter(min(max(bisect_right(edges, value) - 1, 0), last) for value in values)
    return [counted[place] for place in range(last + 1)]


@every_layering
@pytest.mark.parametrize("trait", SHOWN)
def test_mean_and_quartiles_of_every_layer(ask: Asks, key: str, trait: str) -> None:
    for cell in spread_of(ask(f"/layerings/{key}/traits"), trait)["layers"]:
        values = of_layer(key, bazaar.END, cell["layer"], trait)
        if not values:
            assert (cell["mean"], cell["median"]) == (None, None)
            continue
        quartiles = np.quantile(values, [0.25, 0.5, 0.75])
        assert cell["mean"] == pytest.approx(fmean(values))
        assert [cell["q25"], cell["median"], cell["q75"]] == pytest.approx(list(quartiles))


@every_layering
@pytest.mark.parametrize("trait", SHOWN)
def test_every_layers_histogram(ask: Asks, key: str, trait: str) -> None:
    spread = spread_of(ask(f"/layerings/{key}/traits", as_of=START), trait)
    for cell in spread["layers"]:
        if cell["layer"] != "none":
            assert cell["histogram"] == binned(of_layer(key, START, cell["layer"], trait), spread["edges"])
            assert cell["customers"] == list(layers_of(key, START, START).values()).count(cell["layer"])


@every_layering
def test_everyone_is_all_who_bought(ask: Asks, key: str) -> None:
    ranked = ranked_on(key, bazaar.END)
    for trait in SHOWN:
        spread = spread_of(ask(f"/layerings/{key}/traits"), trait)
        values = known(row[trait] for row in ranked.values())
        assert spread["everyone"]["customers"] == len(ranked)
        assert spread["everyone"]["mean"] == pytest.approx(fmean(values))
        assert sum(spread["everyone"]["histogram"]) == len(values)


@pytest.mark.parametrize("key", ["rfm", "value_levels", "matrix"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_histogram_under_a_cut(ask: Asks, key: str, day: date) -> None:
    ranked, cuts = ranked_on(key, day), cuts_on(key, day)
    answer = ask(f"/layerings/{key}/cuts", as_of=day)
    assert {cut["field"] for cut in answer["cuts"]} == set(cuts)
    for cut in answer["cuts"]:
        values = known(row[cut["trait"]["key"]] for row in ranked.values())
        assert cut["counts"] == binned(values, cut["edges"])
        assert sum(cut["counts"]) == len(values)
        assert cut["low"] <= cut["cut"]["value"] <= cut["high"]
        assert cut["cut"]["value"] == pytest.approx(float(cuts[cut["field"]].value or 0))


@pytest.mark.parametrize("key", ["rfm", "matrix"])
@pytest.mark.parametrize("rule", ["mean", "q0.2", "q0.4", "median", "q0.6", "q0.8"])
def test_suggested_cuts(ask: Asks, key: str, rule: str) -> None:
    ranked = ranked_on(key, START)
    share = {"median": 0.5}.get(rule) or float(rule.removeprefix("q") if rule != "mean" else 0)
    for cut in ask(f"/layerings/{key}/cuts", as_of=START)["cuts"]:
        values = known(row[cut["trait"]["key"]] for row in ranked.values())
        expected = fmean(values) if rule == "mean" else float(np.quantile(values, share))
        assert cut["suggestions"][rule] == pytest.approx(expected)


@pytest.mark.parametrize("key", ["rfm", "rfm_score"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_customers_money_and_medians_of_the_map(ask: Asks, key: str, day: date) -> None:
    values, cells = values_on("rfm", day), defaultdict(list)
    for who, score in scores(bazaar.SHOP, bazaar.midnight(day)).items():
        cells[score.r_score, score.f_score].append(values[who])
    answer = ask(f"/layerings/{key}/map", as_of=day)["cells"]
    assert {(cell["r_score"], cell["f_score"]) for cell in answer} == set(cells)
    for cell in answer:
        here = cells[cell["r_score"], cell["f_score"]]
        middles = [float(np.median(known(row[name] for row in here))) for name in ("recency_days", "order_count")]
        assert cell["customers"] == len(here)
        assert cell["money"] == pytest.approx(sum(known(row["spend"] for row in here)))
        assert [cell["recency_median"], cell["frequency_median"]] == pytest.approx(middles)


@every_layering
def test_the_own_traits_of_a_layering_come_first_and_say_their_windows(ask: Asks, key: str) -> None:
    traits = [spread["trait"] for spread in ask(f"/layerings/{key}/traits")["traits"]]
    assert [trait["key"] for trait in traits[: len(OWN[key])]] == list(OWN[key])
    assert {trait["key"]: trait["window_days"] for trait in traits} == dict.fromkeys(SHOWN) | OWN[key]
