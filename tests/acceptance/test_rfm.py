"""RFM layers everyone exactly as the oracle does."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK, THOROUGH, answers, close, dataset, differences, layers
from tests.oracle.cuts import Rule
from tests.oracle.facts import population
from tests.oracle.matrix import rfm
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops, known_before

Asked = tuple[Shop, datetime]
MEANS = tt.RFM(recency="mean", frequency="mean", monetary="mean")
STATISTICS = ["mean", "median", "q0.2", "q0.29", "q0.75", "q0.8"]
WINDOWS = st.sampled_from([365, 365, None, 1, 30])


def rules(numbers: list[float]) -> st.SearchStrategy[Rule]:
    return st.sampled_from([*STATISTICS, "mean", "median", *numbers])


@THOROUGH
@given(asked_shops(), rules([1, 30]), rules([1, 2]), rules([0, 0.1, 99.99]), WINDOWS)
def test_every_layer_and_every_trait(asked: Asked, r: Rule, f: Rule, m: Rule, window: int | None) -> None:
    shop, as_of = asked
    expected, rows = rfm(r, f, m, window), rfm(r, f, m, window).rows(shop, as_of)
    got = tt.RFM(recency=r, frequency=f, monetary=m, window_days=window).assign(dataset(shop), as_of=as_of)
    assert differences(layers(got), expected.assign(shop, as_of)) == {}
    said = answers(got)
    assert [
        (who, trait) for who, row in rows.items() for trait, value in row.items() if not close(said[who][trait], value)
    ] == []


@QUICK
@given(asked_shops())
def test_everyone_seen_is_in_one_of_the_nine_layers(asked: Asked) -> None:
    shop, as_of = asked
    counts = tt.RFM().assign(dataset(shop), as_of=as_of).counts().to_dict("records")
    assert [row["layer"] for row in counts] == list(rfm().layers)
    assert sum(row["customers"] for row in counts) == len(population(shop, as_of))


@QUICK
@given(asked_shops(min_size=5))
def test_only_what_was_known_before_as_of_counts(asked: Asked) -> None:
    shop, as_of = asked
    then, now = (tt.RFM().assign(dataset(each), as_of=as_of) for each in (known_before(shop, as_of), shop))
    assert answers(then) == answers(now)


@QUICK
@given(asked_shops(min_size=5), st.integers())
def test_the_order_of_rows_does_not_matter(asked: Asked, seed: int) -> None:
    shop, as_of = asked
    shuffled = replace(shop, orders=tuple(random.Random(seed).sample(shop.orders, len(shop.orders))))
    first, second = (MEANS.assign(dataset(each), as_of=as_of) for each in (shop, shuffled))
    assert answers(first) == answers(second)


@QUICK
@given(asked_shops(min_size=5), st.sampled_from([1, 30, 366]))
def test_a_fit_can_be_kept_and_used_again(asked: Asked, days: int) -> None:
    shop, as_of = asked
    later, data = shop.days_before(as_of, -days), dataset(shop)
    fitted = tt.Fitted.model_validate_json(tt.RFM().assign(data, as_of=as_of).fitted.model_dump_json())
    got = tt.RFM().assign(data, as_of=later, fitted=fitted)
    assert differences(layers(got), rfm().assign(shop, later, rfm().fit_at(shop, as_of))) == {}
