"""Clusters: planted groups come back, whatever the order of rows; names, reasons and what few customers do."""

from __future__ import annotations

from math import log

import numpy as np
import pandas as pd
import pytest

import titian as tt
from tests.shops import by_customer, orders, shop
from titian.domain.words import Words
from titian.layering import clusters as clustering
from titian.layering.cluster_words import cluster_names, contrast_words
from titian.layering.contract import LayeringError
from titian.traits.catalogue import trait

DAY = "2024-06-01"


def planted(count: int = 20) -> pd.DataFrame:
    """Two kinds of customers: who buys much and lately (big…), and who bought little long ago (old…)."""
    chance = np.random.default_rng(7)
    lines = []
    for n in range(count):
        lines += [
            (f"big{n:02}", f"2024-05-{1 + int(chance.integers(28)):02}", 400 + float(chance.integers(90)))
            for _ in range(3)
        ]
        lines.append(
            (
                f"old{n:02}",
                f"2023-1{int(chance.integers(2))}-{1 + int(chance.integers(28)):02}",
                5 + float(chance.integers(5)),
            )
        )
    return orders(*lines)


PLANTED = tt.Dataset(orders=planted(), timezone="UTC")


def test_planted_groups_come_back() -> None:
    placed = by_customer(tt.Clusters().assign(PLANTED, as_of=DAY).to_pandas(), "layer")
    assert len({layer for who, layer in placed.items() if who.startswith("big")}) == 1
    assert len({layer for who, layer in placed.items() if who.startswith("old")}) == 1
    assert set(placed.values()) == {"c1", "c2"}


def test_everybody_is_at_the_nearest_centre() -> None:
    got = tt.Clusters(k=5, features=["spend_365d", "recency_days", "typical_gap_days"]).assign(PLANTED, as_of=DAY)
    found = got.fitted.found
    for row in got.to_pandas().to_dict("records"):
        point = [scaled(row[one["trait"]], one) for one in found["features"]]
        away = [round(sum((x - c) ** 2 for x, c in zip(point, centre, strict=True)), 9) for centre in found["centres"]]
        assert row["layer"] == f"c{away.index(min(away)) + 1}"


def scaled(value: float, feature: dict[str, float]) -> float:
    value = feature["usual"] if np.isnan(value) else value
    return ((log(max(value, 0) + 1) if feature["logarithm"] else value) - feature["centre"]) / feature["spread"]


def test_the_order_of_rows_changes_nothing_not_even_the_last_digit() -> None:
    fits = []
    for seed in (1, 2):
        rows = planted().sample(frac=1, random_state=seed)
        fits.append(tt.Clusters(k=3).assign(tt.Dataset(orders=rows, timezone="UTC"), as_of=DAY).fitted)
    assert fits[0] == fits[1]


def test_many_customers_are_sampled_by_their_ids_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "SAMPLE", 15)
    got = tt.Clusters(k=2).assign(PLANTED, as_of=DAY)
    shuffled = tt.Dataset(orders=planted().sample(frac=1, random_state=3), timezone="UTC")
    assert got.fitted.found["sampled"] == 15
    assert got.fitted == tt.Clusters(k=2).assign(shuffled, as_of=DAY).fitted
    assert "sampled" in {note.code for note in got.notes}
    assert got.fitted.customers == len(got.to_pandas()) == 40


def test_clusters_are_named_by_what_sets_them_apart() -> None:
    layers = tt.Clusters(features=["spend_365d", "recency_days"], k=2).assign(PLANTED, as_of=DAY).fitted.layers
    names = {frozenset(layer.name.zh.split("、")) for layer in layers[:-1]}
    assert names == {frozenset({"消费金额高", "距上次购买短"}), frozenset({"消费金额低", "距上次购买长"})}
    assert {layer.rank for layer in layers} == {None}


@pytest.mark.parametrize(
    ("name", "more", "zh", "en"),
    [
        ("spend", True, "消费金额高", "high spend"),
        ("silence_days", False, "沉默天数短", "short silence"),
        ("order_count", False, "购买次数少", "few orders"),
        ("purchase_days", True, "购买天数多", "many purchase days"),
        ("online_s", True, "在线时长长", "long time spent"),
        ("refund_share", True, "退款占比高", "high refund share"),
    ],
)
def test_words_fit_what_is_measured(name: str, more: bool, zh: str, en: str) -> None:
    assert contrast_words(trait(name), more) == Words(zh=zh, en=en)


def test_equal_names_are_numbered_and_clusters_like_all_are_middling() -> None:
    high = [(trait("spend"), 1.4), (trait("order_count"), 0.2)]
    names = cluster_names([high, high, [(trait("spend"), -0.3)], []])
    assert [name.en for name in names] == ["high spend (1)", "high spend (2)", "middling (1)", "middling (2)"]


def test_reasons_give_the_value_and_the_means_of_both_sides() -> None:
    got = tt.Clusters(features=["spend_365d"], k=2).assign(PLANTED, as_of=DAY)
    frame = got.to_pandas()
    (reason,) = got.explain("big03")
    mine = frame["layer"] == got.row("big03")["layer"]
    inside, outside = frame[mine]["spend_365d"].mean(), frame[~mine]["spend_365d"].mean()
    assert reason.cut == pytest.approx(outside)
    assert reason.high
    assert f"¥{inside:,.2f} on average here, ¥{outside:,.2f} elsewhere" in reason.sentence.en


@pytest.mark.parametrize(("customers", "clusters"), [(1, 1), (2, 2), (4, 4)])
def test_fewer_customers_than_clusters_make_fewer(customers: int, clusters: int) -> None:
    few = shop(*((f"c{n}", "2024-05-01", 10.0 * n) for n in range(customers)))
    got = tt.Clusters(features=["spend"], k=5).assign(few, as_of=DAY)
    assert len(got.fitted.layers) == clusters + 1
    assert {"few_customers"} <= {note.code for note in got.notes}
    assert got.explain("c0")


def test_nobody_to_cluster_is_an_answer() -> None:
    unpaid = shop(("a", "2024-05-01", 1), status=["unpaid"])
    got = tt.Clusters().assign(unpaid, as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"a": "none"}
    assert [note.code for note in got.notes] == ["nobody"]
    assert got.explain("a")[0].sentence.en.endswith("nothing to compare yet")


def test_a_value_below_what_the_scale_knew_counts_as_zero() -> None:
    early = tt.Clusters(features=["spend_365d"], k=2).assign(PLANTED, as_of=DAY)
    assert early.fitted.found["features"][0]["logarithm"] in (True, False)
    frozen = early.fitted.model_copy(update={"found": with_logarithm(early.fitted.found)})
    refund = orders(("poor", "2024-05-01", 1.0), ("poor", "2024-05-02", 50.0), status=["paid", "refund"])
    got = tt.Clusters(features=["spend_365d"], k=2).assign(
        tt.Dataset(orders=refund, timezone="UTC"), as_of=DAY, fitted=frozen
    )
    assert set(got.to_pandas()["layer"]) <= {"c1", "c2"}


def with_logarithm(found: dict[str, object]) -> dict[str, object]:
    features = [{**one, "logarithm": True, "centre": 4.0, "spread": 2.0} for one in found["features"]]  # type: ignore[attr-defined]
    return {**found, "features": features}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"features": ["spend", "spend"]}, "once"),
        ({"features": ["city"]}, "need numbers"),
        ({"features": []}, "at least 1"),
        ({"k": 0}, "greater than"),
        ({"k": 51}, "less than"),
        ({"seed": -1}, "greater than"),
    ],
)
def test_wrong_parameters_are_refused(parameters: dict[str, object], said: str) -> None:
    with pytest.raises(LayeringError, match=said):
        tt.Clusters(**parameters)
