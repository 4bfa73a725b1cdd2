"""Whatever is named in whatever form, the report of tagging says what sets and lists in Python say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app import market
from titian.app import tag_making, tagging
from titian.app.answers.tags import NewTag, NewTagGroup
from titian.app.desk import Desk
from titian.app.workspace import Workspace
from titian.domain.words import Words

PEOPLE = market.customers()
NAME = Words(zh="", en="name")
named = st.lists(
    st.sampled_from(sorted(PEOPLE)[:12]).map(lambda one: one + " ")
    | st.sampled_from(["", " ", "nobody", "0003", "3", "<b>", "a\0", "x" * 600, "'--"]),
    min_size=1,
    max_size=20,
)


@pytest.fixture(scope="module")
def level(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shop with gold and silver, of which a customer has one at most."""
    with Desk(market.copied(shop, tmp_path_factory.mktemp("law") / "shop")) as desk:
        tag_making.create_group(desk, NewTagGroup(key="level", name=NAME, exclusive=True))
        for key in ("gold", "silver"):
            tag_making.create(desk, NewTag(key=key, name=NAME, group="level"))
        yield desk


def who(desk: Desk, key: str) -> set[str]:
    return {one.customer_id for one in tagging.holders(desk, key, None, 500).customers}


@pytest.mark.full
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(key=st.sampled_from(["gold", "silver"]), asked=named)
def test_tagging_tells_what_sets_tell(level: Desk, key: str, asked: list[str]) -> None:
    other = {"gold": "silver", "silver": "gold"}[key]
    had, others = who(level, key), who(level, other)
    said = [one.strip() for one in asked if one.strip()]
    there = set(said) & PEOPLE
    with level.reading() as reading:
        told = tagging.give(reading, key, asked)
    assert (told.asked, told.blank) == (len(asked), len(asked) - len(said))
    assert (told.repeated, told.unknown) == (len(said) - len(set(said)), len(set(said) - PEOPLE))
    assert (told.already, told.tagged, told.taken_out) == (
        len(there & had),
        len(there - had),
        len((there - had) & others),
    )
    assert (who(level, key), who(level, other)) == (had | there, others - there)
    assert (told.batch is None) == (there <= had)
    assert told.asked == told.blank + told.repeated + told.unknown + told.already + told.tagged


@pytest.mark.full
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(key=st.sampled_from(["gold", "silver"]), asked=named)
def test_untagging_tells_what_sets_tell(level: Desk, key: str, asked: list[str]) -> None:
    with level.reading() as reading:
        tagging.give(reading, key, sorted(PEOPLE)[:6])
        had = who(level, key)
        told = tagging.take(reading, key, asked)
    said = {one.strip() for one in asked if one.strip()}
    assert (told.untagged, told.without, told.unknown) == (
        len(said & had),
        len((said & PEOPLE) - had),
        len(said - PEOPLE),
    )
    assert who(level, key) == had - said


@pytest.mark.full
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(key=st.sampled_from(["gold", "silver"]), asked=named)
def test_taken_back_at_once_all_is_as_it_was(level: Desk, key: str, asked: list[str]) -> None:
    with level.reading() as reading:
        tagging.give(reading, "silver", sorted(PEOPLE)[:4])
        before = who(level, "gold"), who(level, "silver")
        told = tagging.give(reading, key, asked)
    if told.batch is not None:
        tagging.take_back(level, told.batch)
    assert (who(level, "gold"), who(level, "silver")) == before
