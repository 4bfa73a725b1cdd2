"""What is found in arrays can be said by an engine: clusters as arithmetic, effects and survival from aggregates."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from titian.stats.association import effect_on_category
from titian.stats.clusters import Clustering, clustered
from titian.stats.effects import effect_on_number
from titian.stats.survival import kaplan_meier


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    chance = np.random.default_rng(6)
    layer = chance.integers(0, 3, 900)
    spend = np.exp(chance.normal(3 + layer, 1)).round(2)
    days = chance.integers(0, 60, 900) + 5 * layer
    bought = chance.random(900) < 0.2 + 0.2 * layer
    return pd.DataFrame({"layer": layer, "spend": spend, "days": days, "bought": bought})


def arithmetic(found: Clustering) -> str:
    """The number of the nearest centre, in SQL."""
    scaled = [
        f"(({f'ln({scale.feature} + 1)' if scale.logarithm else scale.feature}) - {scale.centre!r}::double)"
        f" / {scale.spread!r}::double"
        for scale in found.scales
    ]
    away = [
        " + ".join(f"pow({x} - ({middle!r}::double), 2)" for x, middle in zip(scaled, centre, strict=True))
        for centre in found.centres
    ]
    return f"list_position([{', '.join(away)}], list_min([{', '.join(away)}])) - 1"


def test_an_engine_puts_everybody_into_the_same_cluster(people):
    found = clustered(["spend", "days"], people[["spend", "days"]].to_numpy(), k=4)
    assert [scale.logarithm for scale in found.scales] == [True, False]
    said = duckdb.sql(f"SELECT {arithmetic(found)} AS cluster FROM people").df()["cluster"]
    assert said.tolist() == found.assign(["spend", "days"], people[["spend", "days"]].to_numpy()).tolist()


def test_an_engines_aggregates_give_the_effect(people):
    sums = duckdb.sql("SELECT count(*), avg(spend), var_samp(spend) FROM people GROUP BY layer").fetchall()
    groups = [people.spend[people.layer == layer] for layer in range(3)]
    within = sum(((one - one.mean()) ** 2).sum() for one in groups)
    total = ((people.spend - people.spend.mean()) ** 2).sum()
    assert effect_on_number(*zip(*sums, strict=True)).eta_squared == pytest.approx(1 - within / total)


def test_an_engines_counts_give_the_association(people):
    counts = duckdb.sql("SELECT count(*) FILTER (bought), count(*) FILTER (NOT bought) FROM people GROUP BY layer")
    correlation = np.array(pd.crosstab(people.layer, people.bought))
    assert effect_on_category(counts.fetchall()).v == effect_on_category(correlation).v


def test_an_engines_counts_give_survival(people):
    rows = duckdb.sql(
        "SELECT days, count(*) FILTER (bought), count(*) FILTER (NOT bought) FROM people GROUP BY days"
    ).fetchall()
    single = kaplan_meier(people.days, people.bought, ~people.bought)
    assert kaplan_meier(*zip(*rows, strict=True)) == single
