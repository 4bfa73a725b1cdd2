"""Flows conserve customers, and an impact is what publishing would do."""

from datetime import date

import pytest

from tests.app import market
from titian.app import changes, layerings, publishing
from titian.app.answers.layering import DefinitionAsked, ImpactAsked
from titian.app.desk import Desk, Reading
from titian.errors import ConflictError, InputError, NotFoundError

START, END = date(2024, 6, 1), date(2024, 11, 15)


@pytest.mark.parametrize("key", ["rfm", "rfm_score", "value_levels", "matrix"])
@pytest.mark.parametrize("refit", [False, True])
def test_flows_conserve_customers(reading: Reading, key: str, refit: bool) -> None:
    found = changes.flows(reading, key, START, END, refit)
    through = found.stayed + found.up + found.down + found.across
    assert found.start_customers == through + sum(found.left.values())
    assert found.end_customers == through + sum(found.entered.values())
    assert sum(move.customers for move in found.moves) == through
    assert (found.by_cut is not None) == refit


def test_flows_are_of_the_last_thirty_days_by_default(reading: Reading) -> None:
    found = changes.flows(reading, "rfm", None, None, False)
    assert (found.start, found.end) == (date(2024, 11, 1), market.END)


def test_flows_with_the_cuts_of_the_page_end_where_it_stands(reading: Reading) -> None:
    found = changes.flows(reading, "rfm", START, END, False, END)
    page = layerings.now(reading, "rfm", END, START)
    ended = {layer.key: found.entered.get(layer.key, 0) for layer in found.layers}
    for move in found.moves:
        ended[move.target] += move.customers
    assert ended == {now.layer.key: now.customers for now in page.layers}
    assert (found.up, found.down) == (page.up, page.down)


def test_a_start_before_the_data_is_refused(reading: Reading) -> None:
    with pytest.raises(InputError):
        changes.flows(reading, "rfm", END, START, False)


def test_an_unchanged_definition_moves_nobody(reading: Reading) -> None:
    found = changes.impact(reading, "rfm", ImpactAsked(parameters={}))
    assert found.moved == 0
    assert found.before == found.after


@pytest.mark.parametrize("parameters", [{"recency": 30}, {"monetary": "q0.8"}, {"window_days": 60}], ids=str)
def test_an_impact_is_the_difference_of_two_pages(reading: Reading, parameters: dict[str, object]) -> None:
    found = changes.impact(reading, "rfm", ImpactAsked(parameters=parameters))
    before = layerings.now(reading, "rfm", None, None)
    after = layerings.now(reading, "rfm", None, None, parameters)
    for expected, said in ((before, found.before), (after, found.after)):
        assert {x.layer.key: x.customers for x in expected.layers if x.customers} == {
            k: n for k, n in said.items() if n
        }
    assert found.moved == found.up + found.down + found.across


def test_publishing_does_what_the_impact_said_and_keeps_its_fit(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        promised = changes.impact(reading, "rfm", ImpactAsked(parameters={"recency": 30}))
        publishing.publish(reading, "rfm", DefinitionAsked(parameters={"recency": 30}, base_version=1))
        page = layerings.now(reading, "rfm", None, None)
        earlier = layerings.now(reading, "rfm", START, None)
    assert {x.layer.key: x.customers for x in page.layers if x.customers} == promised.after
    assert (page.summary.version, page.fit_as_of) == (2, market.END)
    assert earlier.cuts == page.cuts


def test_a_stale_publication_is_a_conflict_and_changes_nothing(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        publishing.publish(reading, "rfm", DefinitionAsked(parameters={"recency": 30}, base_version=1))
        with pytest.raises(ConflictError):
            publishing.publish(reading, "rfm", DefinitionAsked(parameters={"recency": 60}, base_version=1))
        assert publishing.definition(reading, "rfm", None).versions == (1, 2)


def test_a_definition_is_shown_as_yaml_and_sql(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        publishing.publish(reading, "rfm", DefinitionAsked(parameters={"recency": 30}, base_version=1))
        first, second = (publishing.definition(reading, "rfm", version) for version in (1, 2))
        with pytest.raises(NotFoundError):
            publishing.definition(reading, "rfm", 3)
    assert "recency: median" in first.yaml
    assert "recency: 30" in second.yaml
    assert "select" in second.sql.lower()


@pytest.mark.parametrize("parameters", [{"recency": "soon"}, {"speed": 3}, {"key": "x"}, {"window_days": 0}], ids=str)
def test_a_wrong_parameter_is_refused_by_impact_and_publish(reading: Reading, parameters: dict[str, object]) -> None:
    with pytest.raises(InputError):
        changes.impact(reading, "rfm", ImpactAsked(parameters=parameters))
    with pytest.raises(InputError):
        publishing.publish(reading, "rfm", DefinitionAsked(parameters=parameters, base_version=1))
    assert not reading.desk.definitions.current()


def test_what_is_saved_is_what_was_tried_and_undo_brings_the_old_fit_back(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        before = layerings.now(reading, "rfm", START, None)
        promised = changes.impact(reading, "rfm", ImpactAsked(parameters={"recency": 30}, as_of=START))
        asked = DefinitionAsked(parameters={"recency": 30}, base_version=1, fit_as_of=START)
        publishing.publish(reading, "rfm", asked)
        saved = layerings.now(reading, "rfm", START, None)
        assert {now.layer.key: now.customers for now in saved.layers if now.customers} == promised.after
        publishing.publish(reading, "rfm", DefinitionAsked(parameters={}, base_version=2, restore=1))
        again = layerings.now(reading, "rfm", START, None)
    assert [now.customers for now in again.layers] == [now.customers for now in before.layers]
    assert again.fit_as_of == START
