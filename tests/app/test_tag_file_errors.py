"""Files of tags and groups that mean nothing, or could not be in force together, are refused by name and change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.app import filing, tagged
from tests.app.tagged import NAME, SPENT, make, put, put_group
from titian.app import planning, saving_audiences
from titian.app.answers.audiences import NewAudience
from titian.app.desk import Desk, Reading
from titian.errors import InputError, TitianError


@pytest.fixture
def reading(empty: Desk) -> Iterator[Reading]:
    with empty.reading() as opened:
        yield opened


def refused(reading: Reading, place: str) -> TitianError:
    """Why nothing is applied, with the name of the file in both languages."""
    before = (reading.desk.defined("tags").numbers(), reading.desk.defined("tag_groups").numbers())
    with pytest.raises(InputError) as error:
        planning.plan(reading)
    assert f"{place}.yaml" in error.value.message
    assert f"{place}.yaml" in error.value.zh
    assert error.value.message != error.value.zh
    assert (reading.desk.defined("tags").numbers(), reading.desk.defined("tag_groups").numbers()) == before
    return error.value


NO_TAGS: dict[str, dict[str, Any]] = {
    "an unknown kind": {"kind": "label"},
    "a rule by hand": {"kind": "hand", "parameters": {"rule": SPENT}},
    "no rule by rule": {"kind": "rule", "parameters": {"colour": "red"}},
    "a colour of none": {"kind": "hand", "parameters": {"colour": "pink"}},
    "a group that is a number": {"kind": "hand", "parameters": {"group": 7}},
    "an unknown field": {"kind": "hand", "parameters": {"owner": "me"}},
    "a rule that is SQL": {"kind": "rule", "parameters": {"rule": {"sql": "DROP TABLE tags"}}},
    "a list of rules": {"kind": "rule", "parameters": {"rule": [SPENT]}},
    "a group of none": {"kind": "hand", "parameters": {"group": "nothing"}},
    "a rule of an unknown tag": {"kind": "rule", "parameters": {"rule": {"tag": "nothing"}}},
    "a rule of an unknown audience": {"kind": "rule", "parameters": {"rule": {"audience": "nothing"}}},
    "a rule of an unknown layering": {"kind": "rule", "parameters": {"rule": {"layering": "no", "layers": ["a"]}}},
    "a rule of itself": {"kind": "rule", "parameters": {"rule": {"not": {"tag": "odd"}}}},
    "a name that is too long": {"kind": "hand", "name": {"zh": "名" * 101, "en": "x"}},
    "a description that is too long": {"kind": "hand", "description": "x" * 1_001},
}


@pytest.mark.parametrize("what", NO_TAGS)
def test_a_file_of_no_tag_is_refused(reading: Reading, what: str) -> None:
    filing.put(reading.desk, "tags/odd", **NO_TAGS[what])
    refused(reading, "tags/odd")


NO_GROUPS: dict[str, dict[str, Any]] = {
    "a kind of tags": {"kind": "hand"},
    "a text for yes": {"kind": "group", "parameters": {"exclusive": "yes"}},
    "a colour": {"kind": "group", "parameters": {"colour": "red"}},
}


@pytest.mark.parametrize("what", NO_GROUPS)
def test_a_file_of_no_group_is_refused(reading: Reading, what: str) -> None:
    filing.put(reading.desk, "tag_groups/odd", **NO_GROUPS[what])
    refused(reading, "tag_groups/odd")


def test_a_tag_by_rule_in_a_group_that_allows_one_is_refused(reading: Reading) -> None:
    put_group(reading.desk, "level", exclusive=True)
    put(reading.desk, "rich", SPENT, {"group": "level"})
    assert "can't follow a rule" in refused(reading, "tags/rich").message


def test_a_group_that_would_allow_one_while_a_tag_in_it_follows_a_rule_is_to_blame(reading: Reading) -> None:
    tagged.group(reading.desk, "kinds")
    make(reading, "rich", SPENT, group="kinds")
    put_group(reading.desk, "kinds", exclusive=True)
    refused(reading, "tag_groups/kinds")
    put(reading.desk, "rich", SPENT, {"group": "kinds"}, name={"zh": NAME.zh, "en": NAME.en})
    refused(reading, "tag_groups/kinds")


@pytest.mark.parametrize("ring", [["aa", "bb"], ["aa", "bb", "cc"]], ids=["two", "three"])
def test_tags_that_follow_each_other_in_a_circle_are_refused(reading: Reading, ring: list[str]) -> None:
    for key, named in zip(ring, [*ring[1:], ring[0]], strict=True):
        put(reading.desk, key, {"not": {"tag": named}})
    assert "circle" in refused(reading, "tags/aa").message


def test_a_circle_by_way_of_an_audience_and_what_is_in_force_is_refused(reading: Reading) -> None:
    make(reading, "rich", SPENT)
    saving_audiences.create(reading, NewAudience(key="poor", name=NAME, rule={"not": {"tag": "rich"}}))
    put(reading.desk, "rich", {"audience": "poor"})
    assert "circle" in refused(reading, "tags/rich").message


def test_who_is_left_out_does_not_rest_on_a_tag_that_would_follow_a_rule(reading: Reading) -> None:
    make(reading, "staff")
    filing.put(reading.desk, "population/population", kind="population", parameters={"exclude": {"tag": "staff"}})
    filing.apply(reading)
    put(reading.desk, "staff", SPENT)
    with pytest.raises(InputError, match="can't rest on the tag staff"):
        planning.plan(reading)


def test_an_audience_of_a_tag_that_only_a_file_knows_is_no_error(reading: Reading) -> None:
    put(reading.desk, "vip")
    filing.put_rule(reading.desk, "chosen", {"tag": "vip"})
    filing.put(reading.desk, "population/population", kind="population", parameters={"exclude": {"tag": "vip"}})
    assert filing.apply(reading).changes == 3
    assert tagged.in_step_with_definitions(reading.desk)
