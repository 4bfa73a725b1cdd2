"""The laws of every layering that is registered, old or new, on a shop with every table."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest

import titian as tt
from tests.acceptance.product import differences
from tests.engines import nasty
from tests.laws.village import AS_OF, PEOPLE, by, dataset, known_before, renamed, said, shuffled, tables, village
from titian.layering.contract import LayeringError

KINDS = list(tt.layerings())
every_layering = pytest.mark.parametrize("kind", KINDS)
NAMES_COUNT = {"clusters": "the seed draws the first centres by id"}
"""Layerings that may tell people apart by their ids, and why."""


def example(kind: str) -> tt.Layering:
    return tt.layerings()[kind].example()


@cache
def mixed() -> tt.Dataset:
    return dataset(shuffled(tables()))


@cache
def then() -> tt.Dataset:
    return dataset(known_before(tables(), AS_OF))


@cache
def elsewhere() -> tt.Dataset:
    return dataset(renamed(tables(), lambda who: f"新 {who}"))


def test_the_village_has_rows_in_every_table_and_some_of_them_come_too_late() -> None:
    before = known_before(tables(), AS_OF)
    assert all(len(rows) for rows in tables().values())
    assert all(len(before[name]) < len(rows) for name, rows in tables().items() if name in ("orders", "events"))


@every_layering
def test_everyone_who_was_seen_is_in_one_of_its_layers(kind: str) -> None:
    found = by(kind)
    seen = {who for name in ("orders", "customers", "events") for who in then_named(name)}
    assert seen <= set(found.layers)
    assert set(found.layers.values()) <= set(found.keys)
    assert len(set(found.keys)) == len(found.keys)


def then_named(table: str) -> set[str]:
    """Whom a table named before the day."""
    rows = known_before(tables(), AS_OF)[table]
    return {who for column in PEOPLE[table] for who in rows[column].to_pylist() if who is not None}


@every_layering
def test_all_layerings_speak_of_the_same_people(kind: str) -> None:
    assert set(by(kind).layers) == set(by("rfm").layers)


@every_layering
def test_the_order_of_rows_does_not_count(kind: str) -> None:
    assert differences(said(example(kind), mixed()).layers, by(kind).layers) == {}


@every_layering
def test_what_was_not_yet_known_does_not_count(kind: str) -> None:
    assert differences(said(example(kind), then()).layers, by(kind).layers) == {}


@every_layering
def test_names_do_not_count(kind: str) -> None:
    if kind in NAMES_COUNT:
        pytest.skip(NAMES_COUNT[kind])
    expected = {f"新 {who}": layer for who, layer in by(kind).layers.items()}
    assert differences(said(example(kind), elsewhere()).layers, expected) == {}


@every_layering
def test_a_fit_that_was_written_down_gives_the_same_layers(kind: str) -> None:
    fitted = example(kind).assign(village(), as_of=AS_OF).fitted
    again = tt.Fitted.model_validate_json(fitted.model_dump_json())
    assert again == fitted
    assert said(example(kind), village(), again).layers == by(kind).layers


@every_layering
def test_parameters_survive_json(kind: str) -> None:
    plain = json.loads(json.dumps(example(kind).parameters))
    assert type(example(kind))(**plain) == example(kind)


@every_layering
def test_counts_are_those_of_the_rows(kind: str) -> None:
    counted = example(kind).assign(village(), as_of=AS_OF).counts()
    found = Counter(by(kind).layers.values())
    assert dict(zip(counted["layer"], counted["customers"], strict=True)) == {key: found[key] for key in by(kind).keys}
    assert sum(counted["share"]) == pytest.approx(1)


@every_layering
def test_layers_are_named_in_both_languages_and_ranked_from_one(kind: str) -> None:
    layers = example(kind).assign(village(), as_of=AS_OF).fitted.layers
    assert all(layer.name.zh.strip() and layer.name.en.strip() for layer in layers)
    ranks = [layer.rank for layer in layers if layer.rank is not None]
    assert ranks == list(range(1, len(ranks) + 1))


@every_layering
def test_in_the_place_of_itself_it_moves_nobody(kind: str) -> None:
    found = tt.impact(example(kind), example(kind), village(), as_of=AS_OF)
    assert (found.moved, found.up, found.down, found.across) == (0, 0, 0, 0)


@every_layering
def test_flows_begin_and_end_with_everyone(kind: str) -> None:
    before = example(kind).assign(village(), as_of=nasty.EARLIER)
    after = example(kind).assign(village(), as_of=AS_OF, fitted=before.fitted)
    found = tt.flows(example(kind), village(), start=nasty.EARLIER, end=AS_OF)
    moved = int(found.matrix.to_numpy().sum())
    assert moved == found.stayed + found.up + found.down + found.across
    assert moved + found.left == before.counts()["customers"].sum()
    assert moved + found.entered == after.counts()["customers"].sum()


@every_layering
def test_reasons_are_sentences_in_both_languages(kind: str) -> None:
    got = example(kind).assign(village(), as_of=AS_OF)
    for who in sorted(by(kind).layers)[::40]:
        for reason in got.explain(who):
            assert reason.sentence.zh.strip()
            assert reason.sentence.en.strip()
            assert "None" not in reason.sentence.zh + reason.sentence.en
            assert "nan" not in reason.sentence.en.split()


@every_layering
def test_a_gap_is_nothing_for_who_is_there_or_there_are_none(kind: str) -> None:
    got = example(kind).assign(village(), as_of=AS_OF)
    best = got.fitted.layers[0].key
    try:
        rows = got.gap(target=best).to_dict("records")
    except LayeringError as refused:
        pytest.skip(refused.message)
    assert {row["customer_id"] for row in rows} == set(by(kind).layers)
    assert all(row["lacking"] in (None, "") or row["lacking"] != row["lacking"] for row in rows if row["layer"] == best)


@every_layering
def test_the_shown_query_gives_the_same_layers(kind: str) -> None:
    got = example(kind).assign(village(), as_of=AS_OF)
    try:
        query = got.sql()
    except tt.TitianError as refused:
        pytest.skip(f"has no query: {refused.message}")
    shown = village().engine.connection.execute(query).fetch_arrow_table()
    found = dict(zip(shown["customer_id"].to_pylist(), shown["layer"].to_pylist(), strict=True))
    assert differences(found, by(kind).layers) == {}


@every_layering
def test_a_wrong_parameter_is_refused_with_those_there_are(kind: str) -> None:
    with pytest.raises(LayeringError) as refused:
        tt.layerings()[kind](**{**example(kind).parameters, "colour": "red"})
    assert "colour" in refused.value.message
    assert set(example(kind).parameters) <= set(refused.value.details["valid"])
