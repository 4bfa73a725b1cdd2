"""Event meanings: whatever is said in whatever order, a name means what was said of it last."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from titian.app.definition import Definition
from titian.app.definitions import Definitions
from titian.app.event_meanings import EventMeanings, meanings_of
from titian.app.settings import WorkspaceSettings
from titian.app.stored import Stored
from titian.app.workspace import Workspace
from titian.domain.meanings import MEANINGS, USUAL
from titian.errors import InputError

Said = dict[str, str | None]
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
sayings = st.lists(
    st.dictionaries(
        st.sampled_from(["看货", "page_a", "sign", "pv", "=1+1"]),
        st.sampled_from(["view", "cart", "sign", "ours", None]),
        max_size=3,
    ),
    max_size=4,
)


@pytest.fixture
def definitions(stored: Stored) -> Definitions:
    return Definitions("events", stored)


@FEW
@given(sayings=sayings)
def test_a_name_means_what_was_said_of_it_last(tmp_path_factory: pytest.TempPathFactory, sayings: list[Said]) -> None:
    with Stored(Workspace(tmp_path_factory.mktemp("said"), WorkspaceSettings(name="shop"))) as stored:
        meanings, means = EventMeanings(Definitions("events", stored)), Said()
        for given_now in sayings:
            means |= given_now
            after = meanings.say(given_now)
            kept = {name: key for name, key in means.items() if key is not None}
            assert {name: key for key, names in after.own.items() for name in names} == kept
            assert meanings.said() == EventMeanings(Definitions("events", stored)).said() == after


def test_before_anything_is_said_there_is_no_definition_and_all_is_usual(definitions: Definitions) -> None:
    assert EventMeanings(definitions).said() is USUAL
    assert definitions.current() == {}


@pytest.mark.parametrize("given", [{}, {"看货": None}], ids=["nothing", "what was never said"])
def test_to_say_nothing_new_makes_no_version(definitions: Definitions, given: Said) -> None:
    assert EventMeanings(definitions).say(given) == USUAL
    assert definitions.versions("events") == ()


def test_what_is_taken_back_is_as_usual_again_and_the_version_before_is_kept(definitions: Definitions) -> None:
    meanings = EventMeanings(definitions)
    meanings.say({"看货": "view", "sign": "sign"})
    assert meanings.say({"看货": None, "sign": None}).names("checkin") == USUAL.names("checkin")
    assert definitions.version("events", 1).parameters == {"sign": ["sign"], "view": ["看货"]}
    assert definitions.version("events", 2).parameters == {}


def test_names_are_kept_in_the_order_of_the_alphabet_whatever_was_said_first(definitions: Definitions) -> None:
    meanings = EventMeanings(definitions)
    for name in ("c", "a", "b"):
        meanings.say({name: "view"})
    assert definitions.current()["events"].parameters == {"view": ["a", "b", "c"]}


def test_a_name_that_moves_leaves_no_empty_meaning_behind(definitions: Definitions) -> None:
    meanings = EventMeanings(definitions)
    meanings.say({"看货": "view"})
    assert meanings.say({"看货": "search"}).own == {"search": ("看货",)}


def test_what_another_desk_says_is_read_by_one_that_is_open(definitions: Definitions) -> None:
    meanings = EventMeanings(definitions)
    meanings.say({"看货": "view"})
    assert meanings.said().names("view")[0] == "看货"
    EventMeanings(definitions).say({"看货": "cart"})
    assert meanings.said().own == {"cart": ("看货",)}


def test_meanings_that_are_removed_are_as_if_nothing_had_been_said(definitions: Definitions) -> None:
    meanings = EventMeanings(definitions)
    meanings.say({"看货": "view"})
    definitions.remove("events")
    assert meanings.said() is USUAL


@pytest.mark.parametrize("wrong", [{"view": 3}, {"view": [["看货"]]}, {"view": ["看货"], "cart": ["看货"]}], ids=str)
def test_a_definition_that_says_no_meanings_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError) as refused:
        meanings_of(Definition(kind="events", key="events", parameters=wrong))
    assert refused.value.zh != refused.value.message


def test_a_usual_name_given_to_another_meaning_has_its_usual_one_no_more(definitions: Definitions) -> None:
    said = EventMeanings(definitions).say({"pv": "exposure"})
    assert "pv" in MEANINGS["view"].also
    assert ("pv" in said.names("exposure"), "pv" in said.names("view")) == (True, False)
    assert said.words("pv") == MEANINGS["exposure"].words


def test_what_several_people_say_at_once_holds_all(definitions: Definitions) -> None:
    names = [f"name {number}" for number in range(4)]
    with ThreadPoolExecutor(len(names)) as people:
        list(people.map(lambda name: EventMeanings(definitions).say({name: "view"}), names))
    assert EventMeanings(definitions).said().own == {"view": tuple(names)}
