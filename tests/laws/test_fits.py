"""A fit is all that a layering took from the data: with it the same customers come out, whoever asks and whenever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import answers, dataset, differences, layers
from tests.laws.asking import FEW, OTHER, PLAIN, Asked
from tests.laws.changes import with_twins
from tests.oracle.facts import population
from tests.oracle.strategies import asked_shops

any_layering = st.sampled_from([*PLAIN, *OTHER])
SOME = settings(FEW, max_examples=6)


@SOME
@given(asked=asked_shops(min_size=8), layering=any_layering)
def test_a_fit_that_was_written_down_gives_the_same_answers(asked: Asked, layering: tt.Layering) -> None:
    shop, as_of = asked
    data = dataset(shop)
    first = layering.assign(data, as_of=as_of)
    again = layering.assign(data, as_of=as_of, fitted=tt.Fitted.model_validate_json(first.fitted.model_dump_json()))
    assert again.fitted == first.fitted
    assert answers(again) == answers(first)


@FEW
@given(asked=asked_shops(min_size=8), layering=any_layering)
def test_by_a_frozen_fit_nobody_depends_on_the_others(asked: Asked, layering: tt.Layering) -> None:
    shop, as_of = asked
    fitted = layering.assign(dataset(shop), as_of=as_of).fitted
    everyone = layers(layering.assign(dataset(with_twins(shop)), as_of=as_of, fitted=fitted))
    alone = layers(layering.assign(dataset(shop), as_of=as_of, fitted=fitted))
    assert differences({who: everyone[who] for who in alone}, alone) == {}


@FEW
@given(asked=asked_shops(min_size=8), layering=any_layering)
def test_counts_and_shares_are_those_of_the_rows(asked: Asked, layering: tt.Layering) -> None:
    shop, as_of = asked
    got = layering.assign(dataset(shop), as_of=as_of)
    said, found = got.counts(), list(layers(got).values())
    assert dict(zip(said["layer"], said["customers"], strict=True)) == {
        layer.key: found.count(layer.key) for layer in got.fitted.layers
    }
    assert list(said["share"]) == pytest.approx([n / max(len(found), 1) for n in said["customers"]])
    assert sum(said["customers"]) == len(population(shop, as_of))


@FEW
@given(asked=asked_shops(min_size=8), layering=any_layering)
def test_the_shown_query_gives_the_same_rows(asked: Asked, layering: tt.Layering) -> None:
    shop, as_of = asked
    data = dataset(shop)
    got = layering.assign(data, as_of=as_of)
    shown = data.engine.connection.execute(got.sql()).fetch_arrow_table().to_pylist()
    assert {row["customer_id"]: row["layer"] for row in shown} == layers(got)


@FEW
@given(asked=asked_shops(min_size=8), layering=any_layering)
def test_a_definition_put_in_the_place_of_itself_moves_nobody(asked: Asked, layering: tt.Layering) -> None:
    shop, as_of = asked
    found = tt.impact(layering, layering, dataset(shop), as_of=as_of)
    assert (found.moved, found.up, found.down, found.across) == (0, 0, 0, 0)


@FEW
@given(asked=asked_shops(min_size=8), window=st.sampled_from([None, 30]), cut=st.sampled_from(["mean", "q0.8", 10]))
def test_the_way_back_is_the_way_there_turned_round(asked: Asked, window: int | None, cut: str | int) -> None:
    shop, as_of = asked
    data, old, new = dataset(shop), tt.RFM(), tt.RFM(window_days=window, monetary=cut)
    there, back = (tt.impact(*pair, data, as_of=as_of) for pair in ((old, new), (new, old)))
    assert (there.moved, there.up, there.down) == (back.moved, back.down, back.up)
    assert (there.matrix.to_numpy() == back.matrix.to_numpy().T).all()


@SOME
@given(asked=asked_shops(min_size=20), layering=any_layering)
def test_flows_begin_and_end_with_everyone(asked: Asked, layering: tt.Layering) -> None:
    shop, end = asked
    start = end - timedelta(days=31)
    assume(population(shop, start))
    data = dataset(shop)
    before = layering.assign(data, as_of=start)
    after = layering.assign(data, as_of=end, fitted=before.fitted)
    found = tt.flows(layering, data, start=start, end=end)
    moved = found.matrix
    assert moved.to_numpy().sum() == found.stayed + found.up + found.down + found.across
    assert int(moved.to_numpy().sum()) + found.left == before.counts()["customers"].sum()
    assert int(moved.to_numpy().sum()) + found.entered == after.counts()["customers"].sum()
    assert found.left == 0
