"""Whatever a team tags by: exported and applied where the same data are, the same customers have the same tags."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.app import filing, market, tagged
from tests.app.tagged import NAME, change_group, give, make, meet, who
from titian.app import applying, excluding, planning, saving_audiences
from titian.app.announcing import follow_rules
from titian.app.answers.audiences import NewAudience
from titian.app.answers.population import PopulationChange
from titian.app.definition import Sort
from titian.app.desk import Desk, Reading
from titian.app.workspace import Workspace
from titian.domain.tag import COLOURS
from titian.errors import TitianError

PEOPLE = sorted(market.customers())
SORTS: tuple[Sort, ...] = ("layerings", "audiences", "tag_groups", "tags", "population")
KEYS = [f"t{number}" for number in range(6)]
Rule = dict[str, Any]
numbers = itertools.count()

leaves = st.one_of(
    st.builds(lambda value: {"trait": "spend", "op": ">=", "value": value}, st.sampled_from([50, 100, 150, 200])),
    st.builds(lambda value: {"trait": "order_count", "op": "<=", "value": value}, st.integers(1, 8)),
    st.just({"layering": "value_levels", "layers": ["churned", "at_risk"]}),
    st.just({"audience": "core"}),
    st.builds(lambda key: {"tag": key}, st.sampled_from(KEYS)),
)
rules = st.recursive(
    leaves,
    lambda inner: (
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda one: {"not": one}, inner)
    ),
    max_leaves=4,
)
tags = st.lists(st.tuples(rules, st.sampled_from(COLOURS), st.sampled_from([None, "kinds"])), min_size=1, max_size=6)


def system(reading: Reading, asked: list[tuple[Rule, Any, str | None]], left_out: int) -> None:
    """A team that tags: groups, an audience, tags by rule where the rule can be, and one by hand; some are left out."""
    tagged.group(reading.desk, "kinds")
    tagged.group(reading.desk, "level", exclusive=True)
    core = {"trait": "spend", "op": ">=", "value": 120}
    saving_audiences.create(reading, NewAudience(key="core", name=NAME, rule=core))
    for key, (rule, colour, group) in zip(KEYS, asked, strict=False):
        try:
            make(reading, key, rule, colour=colour, group=group)
        except TitianError:
            continue
    make(reading, "hand", group="level", description="第一\n第二")
    give(reading, "hand", *PEOPLE[:9])
    change_group(reading.desk, "kinds", name=NAME.model_copy(update={"zh": "种类"}))
    exclude = {"trait": "order_count", "op": ">=", "value": left_out}
    excluding.change(reading, PopulationChange(rule=exclude))


def carried(desk: Desk, other: Desk) -> None:
    """Write the files of one workspace, and apply them in another."""
    applying.export(desk)
    shutil.rmtree(other.workspace.definitions, ignore_errors=True)
    shutil.copytree(desk.workspace.definitions, other.workspace.definitions)
    with other.reading() as reading:
        filing.apply(reading)


@pytest.fixture
def shops(shop: Workspace, tmp_path: Path) -> Iterator[Any]:
    """Makes two workspaces with the same data, in which nothing is tagged."""
    desks: list[Desk] = []

    def made() -> tuple[Desk, Desk]:
        desks.extend(Desk(market.copied(shop, tmp_path / f"{next(numbers)}")) for _ in range(2))
        return desks[-2], desks[-1]

    yield made
    for desk in desks:
        desk.close()


HARD = [
    ({"not": {"audience": "core"}}, "red", "kinds"),
    ({"all": [{"tag": "t0"}, {"not": {"layering": "value_levels", "layers": ["churned", "at_risk"]}}]}, "grey", None),
    ({"any": [{"tag": "t1"}, {"trait": "spend", "op": ">=", "value": 200}]}, "blue", "kinds"),
]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=tags, left_out=st.integers(6, 12))
@example(asked=HARD, left_out=9)
@pytest.mark.full
def test_the_same_tags_are_on_the_same_customers(shops: Any, asked: list[Any], left_out: int) -> None:
    desk, other = shops()
    with desk.reading() as reading:
        system(reading, asked, left_out)
    follow_rules(desk)  # whoever is left out since loses the tags by rule
    carried(desk, other)
    for sort in SORTS:
        assert tagged.defined(other, sort) == tagged.defined(desk, sort)
    by_rule = [key for key in KEYS if key in desk.defined("tags").numbers()]
    assert {key: who(other, key) for key in by_rule} == {key: who(desk, key) for key in by_rule}
    assert who(other, "hand") == [], "who has a tag by hand is data, and no definition"
    assert tagged.in_step_with_definitions(other)
    with other.reading() as reading:
        assert planning.plan(reading).changes == 0
        for key, one in other.defined("tags").current().items():
            assert one.kind == "hand" or who(other, key) == meet(reading, one.parameters["rule"])


def test_what_is_exported_applied_and_exported_again_is_the_same_to_the_byte(shops: Any) -> None:
    desk, other = shops()
    with desk.reading() as reading:
        system(reading, HARD, 9)
    carried(desk, other)
    brought = {place: without_version(text) for place, text in filing.files(other).items()}
    applying.export(other, force=True)
    again = {place: without_version(text) for place, text in filing.files(other).items()}
    assert {place for place in brought if place.startswith("tag")} == {
        "tag_groups/kinds.yaml",
        "tag_groups/level.yaml",
        "tags/hand.yaml",
        "tags/t0.yaml",
        "tags/t1.yaml",
        "tags/t2.yaml",
    }
    assert again == brought


def without_version(text: bytes) -> bytes:
    return b"\n".join(line for line in text.splitlines() if not line.startswith(b"base_version:"))
