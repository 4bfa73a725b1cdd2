"""The rule of a workspace by which customers are left out: nothing it says counts them, and nothing of them is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import titian as tt
from tests.alike import alike
from tests.app import filing, market
from titian.app import (
    applying,
    audience_life,
    audiences,
    building,
    changes,
    comparing,
    customers,
    excluding,
    group_portraits,
    histories,
    importing,
    layerings,
    movers,
    overlaps,
    overview,
    planning,
    portraits,
    privacy,
    rule_tags,
    saving_audiences,
    searching,
    selections,
    split_tests,
    spreads,
    tag_making,
    tagging,
)
from titian.app import workspace as workspaces
from titian.app.answers.audiences import AudienceChange, NewAudience, OverlapAsked
from titian.app.answers.group_portrait import PortraitAsked
from titian.app.answers.layering import ImpactAsked, PreviewAsked
from titian.app.answers.population import ExclusionAsked, PopulationChange
from titian.app.answers.selection import SelectionAsked
from titian.app.answers.tags import NewTag, TagChange
from titian.app.customers import CustomerQuery
from titian.app.desk import Desk, Reading
from titian.app.histories import Asked
from titian.app.importing import SourceAsked
from titian.app.movers import MoversAsked
from titian.app.settings import WorkspaceSettings
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, NotFoundError, UnknownNameError
from titian.warehouse.progress import silent

NAME = Words(zh="名称", en="Name")
OFTEN = {"trait": "order_count", "op": ">=", "value": 7}
SPENT = {"trait": "spend", "op": ">=", "value": 300}
RECENT = {"did": "purchase", "within_days": 30}
LAYERED = {"layering": "rfm", "layers": ["none"]}


def out() -> list[str]:
    """Who meets the rule, by a walk over the rows."""
    paid = Counter(one.customer_id for one in market.orders() if one.customer_id and one.status == "paid")
    return sorted(who for who, times in paid.items() if times >= 7)


def leave_out(desk: Desk, rule: dict[str, Any] | None, base_version: int | None = None) -> None:
    with desk.reading() as reading:
        excluding.change(reading, PopulationChange(rule=rule, base_version=base_version))


def save(desk: Desk, key: str, rule: dict[str, Any]) -> None:
    with desk.reading() as reading:
        saving_audiences.create(reading, NewAudience(key=key, name=NAME, rule=rule))


@pytest.fixture(scope="module")
def here(shop: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The shop, with a rule that leaves a third out; its tests change nothing."""
    with Desk(market.copied(shop, tmp_path_factory.mktemp("ruled") / "shop")) as desk:
        save(desk, "spent", SPENT)
        leave_out(desk, OFTEN)
        yield desk


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The shop as if the others had never been loaded."""
    folder = tmp_path_factory.mktemp("never") / "shop"
    made, gone = workspaces.init(folder, WorkspaceSettings(name="test", currency="CNY")), set(out())
    rows = [one for one in market.orders() if one.customer_id not in gone]
    source = market.write_orders(folder / "orders.csv", rows)
    with Desk(made) as desk:
        importing.load(desk, SourceAsked(str(source)), market.MAPPING, strict=True, progress=silent)
        save(desk, "spent", SPENT)
        yield desk


def flows(reading: Reading) -> BaseModel:
    return changes.flows(reading, "rfm", None, None, False)


def impact(reading: Reading) -> BaseModel:
    return changes.impact(reading, "rfm", ImpactAsked(parameters={"frequency": 3}))


def moved_on(reading: Reading) -> BaseModel:
    asked = Asked("value_levels")
    day = next(d for d, n in zip(*_moves(reading), strict=True) if n)
    return movers.page(reading, MoversAsked(asked, day), None, 50)


def _moves(reading: Reading) -> tuple[Any, Any]:
    told = histories.sizes(reading, Asked("value_levels"))
    return told.days, told.moved


def preview(reading: Reading) -> BaseModel:
    return building.preview(
        reading, PreviewAsked(kind="quantiles", parameters={"trait": "spend", "shares": [0.2, 0.8]})
    )


def layer_portrait(reading: Reading) -> BaseModel:
    return group_portraits.answer(group_portraits.of_layer(reading, "value_levels", "active", None, ["order_count"]))


ASKED: dict[str, Callable[[Reading], BaseModel]] = {
    "overview": lambda reading: overview.overview(reading, None, None),
    "layering": lambda reading: layerings.now(reading, "rfm", None, None),
    "traits": lambda reading: spreads.traits(reading, "rfm", None),
    "cuts": lambda reading: spreads.cuts(reading, "rfm", None),
    "map": lambda reading: spreads.recency_frequency(reading, "rfm", None),
    "history": lambda reading: histories.sizes(reading, Asked("rfm")),
    "movers": moved_on,
    "flows": flows,
    "impact": impact,
    "crossed": lambda reading: comparing.crossed(reading, "rfm", "value_levels", None),
    "split test": lambda reading: split_tests.tested(reading, "value_levels", "spend", None, None),
    "audiences": lambda reading: audiences.listed(reading, None),
    "sizes": lambda reading: audience_life.sizes(reading, "spent", None, None, 7),
    "overlap": lambda reading: overlaps.overlap(reading, OverlapAsked(audiences=("spent", "spent"))),
    "selection": lambda reading: selections.selected(reading, SelectionAsked(rule=SPENT)),
    "portrait": lambda reading: group_portraits.answer(
        group_portraits.of_rule(reading, PortraitAsked(rule=SPENT, traits=("order_count", "recency_days")))
    ),
    "layer portrait": layer_portrait,
    "customers": lambda reading: customers.page(reading, CustomerQuery(), None, 100),
}


def said(answer: BaseModel) -> Any:
    """What an answer says of customers: neither how many are left out, nor when something was saved or loaded."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            dropped = ("excluded", "changed_at", "needs_you", "left_out")
            return {key: plain(one) for key, one in value.items() if key not in dropped}
        return [plain(one) for one in value] if isinstance(value, list) else value

    return plain(answer.model_dump(mode="json"))


@pytest.mark.parametrize("what", ASKED)
def test_every_page_counts_as_if_they_had_never_been_loaded_and_says_how_many(
    what: str, here: Desk, there: Desk
) -> None:
    with here.reading() as ours, there.reading() as theirs:
        told = ASKED[what](ours)
        assert alike(said(told), said(ASKED[what](theirs)))
    assert getattr(told, "period", told).excluded == len(out())  # type: ignore[attr-defined]


def test_previews_and_summaries_leave_them_out(here: Desk, there: Desk) -> None:
    with here.reading() as ours, there.reading() as theirs:
        told = {one.key: one.customers for one in layerings.summaries(ours, None)}
        for one in layerings.summaries(theirs, None):
            assert one.customers in (told[one.key], None)
        assert (
            audience_life.now(ours, "spent", None, None).entered
            == audience_life.now(theirs, "spent", None, None).entered
        )


def test_python_and_the_console_count_alike(here: Desk) -> None:
    with here.reading() as reading:
        page = layerings.now(reading, "rfm", market.END, None)
    got = tt.RFM().assign(tt.Dataset.open(here.workspace.path), as_of=market.END)
    assert got.customers_by_layer() == {one.layer.key: one.customers for one in page.layers if one.customers}
    assert got.data.excluded == page.period.excluded == len(out())


def test_it_is_shown_with_its_rule_in_words_and_some_who_are_out(here: Desk) -> None:
    with here.reading() as reading:
        found = excluding.shown(reading, None)
        tried = excluding.tried(reading, ExclusionAsked(rule=OFTEN))
    assert (found.excluded, found.version, found.rule) == (len(out()), 1, OFTEN)
    assert found.everyone + found.excluded == tried.everyone == len({o.customer_id for o in market.orders()} - {""})
    assert (list(found.sample), found.said) == (out()[:20], tried.said)
    assert tried.excluded == found.excluded


def test_their_own_page_opens_and_says_that_they_count_nowhere(here: Desk) -> None:
    who = out()[0]
    with here.reading() as reading:
        page = portraits.portrait(reading, who, None, None)
        other = portraits.portrait(reading, next(iter(market.customers() - set(out()))), None, None)
    assert (page.left_out, page.layers, page.strips) == ("excluded", (), ())
    marks = {mark.trait.key: (mark.value, mark.percentile) for mark in page.traits}
    assert marks["order_count"] == (sum(o.customer_id == who and o.status == "paid" for o in market.orders()), None)
    assert page.timeline_counts["order"] == marks["order_count"][0]
    assert other.left_out is None
    assert other.layers


def test_nobodys_page_is_not_found_all_the_same(here: Desk) -> None:
    with here.reading() as reading, pytest.raises(NotFoundError):
        portraits.portrait(reading, "nobody", None, None)


def test_the_search_finds_them_and_says_so(here: Desk) -> None:
    with here.reading() as reading:
        (hit,) = [one for one in searching.search(reading, out()[0], None) if one.kind == "customer"]
    assert (hit.key, hit.subtitle) == (out()[0], searching.NOT_COUNTED)


def test_all_that_is_kept_of_them_can_be_handed_out(here: Desk) -> None:
    with here.reading() as reading:
        found = privacy.everything(reading, out()[0])
    assert out()[0] in found.model_dump_json()


def test_they_can_be_tagged_and_tags_that_follow_rules_lose_them(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        rule_tags.save_new(reading, NewTag(key="often", name=NAME, rule=OFTEN))
        tag_making.create(own_desk, NewTag(key="staff", name=NAME))
    assert sorted(own_desk.tags.customers("often")) == out()
    leave_out(own_desk, {"tag": "staff"})
    with own_desk.reading() as reading:
        assert reading.counted(market.END).excluded == 0
        tagging.give(reading, "staff", out(), "")
    with own_desk.reading() as reading:
        assert reading.counted(market.END).excluded == len(out())
        rule_tags.refresh(reading)
    assert own_desk.tags.customers("often") == []


def test_what_it_names_stays_and_never_rests_on_layers_or_followed_tags(own_desk: Desk) -> None:
    tag_making.create(own_desk, NewTag(key="staff", name=NAME))
    save(own_desk, "few", OFTEN)
    leave_out(own_desk, {"any": [{"tag": "staff"}, {"audience": "few"}]})
    with pytest.raises(ConflictError, match="population name it"):
        tag_making.remove(own_desk, "staff")
    with own_desk.reading() as reading:
        with pytest.raises(ConflictError, match="population name it"):
            saving_audiences.remove(reading, "few")
        with pytest.raises(InputError, match="can't rest on the layering rfm"):
            saving_audiences.change(reading, "few", AudienceChange(name=NAME, rule=LAYERED, base_version=1))
        with pytest.raises(InputError, match="can't rest on the tag staff"):
            rule_tags.save_change(reading, "staff", TagChange(base_version=1, name=NAME, rule=OFTEN))


def refused(desk: Desk, rule: dict[str, Any]) -> str:
    with desk.reading() as reading:
        rule_tags.save_new(reading, NewTag(key="often", name=NAME, rule=OFTEN))
    save(desk, "layered", LAYERED)
    with pytest.raises((InputError, UnknownNameError)) as error:
        leave_out(desk, rule)
    return error.value.message


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (LAYERED, "can't rest on the layering rfm"),
        ({"audience": "layered"}, "can't rest on the layering rfm"),
        ({"any": [OFTEN, {"tag": "often"}]}, "can't rest on the tag often"),
        ({"audience": "nobody"}, "audience 'nobody' is not known"),
        ({"tag": "nobody"}, "tag 'nobody' is not known"),
        ({"trait": "order_count", "op": "~"}, "the rule"),
    ],
    ids=["layers", "layers by an audience", "a followed tag", "no audience", "no tag", "no rule"],
)
def test_a_rule_that_can_not_leave_anybody_out_is_refused(own_desk: Desk, rule: dict[str, Any], why: str) -> None:
    assert why in refused(own_desk, rule)
    with own_desk.reading() as reading:
        assert reading.present.exclude is None


def test_versions_are_kept_and_a_stale_change_is_refused(own_desk: Desk) -> None:
    leave_out(own_desk, OFTEN, 0)
    leave_out(own_desk, SPENT, 1)
    with pytest.raises(ConflictError, match="population is at version 2 now"):
        leave_out(own_desk, OFTEN, 1)
    leave_out(own_desk, None)
    leave_out(own_desk, None)
    with own_desk.reading() as reading:
        assert reading.counted(market.END) is reading.data
        assert excluding.shown(reading, None).version == 0
    assert own_desk.population.definitions.versions("population") == (1, 2)


def test_another_process_sees_the_rule_at_its_next_question(own_desk: Desk) -> None:
    with Desk(own_desk.workspace) as other:
        leave_out(own_desk, OFTEN)
        with other.reading() as reading:
            assert reading.counted(market.END).excluded == len(out())


def test_as_of_an_earlier_day_those_are_out_who_met_the_rule_then(here: Desk) -> None:
    with here.reading() as reading:
        early = layerings.now(reading, "rfm", market.FIRST.date().replace(month=3), None)
    assert early.period.excluded < len(out())


def test_it_stands_in_a_file_that_is_planned_applied_and_exported(own_desk: Desk) -> None:
    filing.put(own_desk, "population/population", kind="population", parameters={"exclude": OFTEN})
    with own_desk.reading() as reading:
        (told,) = (one for one in planning.plan(reading).definitions if one.sort == "population")
        (move,) = told.moves
        assert (told.deed, told.moved, move.source, move.target) == ("create", len(out()), None, "out")
        filing.apply(reading)
    with own_desk.reading() as reading:
        assert reading.counted(market.END).excluded == len(out())
        assert planning.plan(reading).changes == 0
    assert "population/population.yaml" in applying.export(own_desk).written


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind": "population", "parameters": {"rule": OFTEN}}, "as a rule under exclude"),
        ({"kind": "population", "parameters": {"exclude": LAYERED}}, "can't rest on the layering rfm"),
        ({"kind": "population", "parameters": {"exclude": {"audience": "x"}}}, "audience 'x' is not known"),
    ],
)
def test_a_file_that_leaves_nobody_out_is_refused(own_desk: Desk, said: dict[str, Any], why: str) -> None:
    path: Path = filing.put(own_desk, "population/population", **said)
    with own_desk.reading() as reading, pytest.raises(InputError, match=why):
        planning.plan(reading)
    assert path.is_file()
