"""The file of event meanings: whatever is said in whatever order, a name means what was said of it last."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from titian.app.definitions import Definitions
from titian.app.event_meanings import EventMeanings
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
def folder(tmp_path: Path) -> Path:
    return tmp_path / "definitions"


def file_of(folder: Path) -> Path:
    return folder / "events" / "events.yaml"


def rewritten(folder: Path, **parameters: object) -> None:
    """Somebody edits the file by hand, an hour after all else."""
    path = file_of(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"kind": "events", "key": "events", "parameters": parameters}), "utf-8")
    hours = path.stat().st_mtime_ns + 3600 * 10**9
    os.utime(path, ns=(hours, hours))


@FEW
@given(sayings=sayings)
def test_a_name_means_what_was_said_of_it_last(tmp_path_factory: pytest.TempPathFactory, sayings: list[Said]) -> None:
    meanings, means = EventMeanings(tmp_path_factory.mktemp("said")), Said()
    for given_now in sayings:
        means |= given_now
        after = meanings.say(given_now)
        kept = {name: key for name, key in means.items() if key is not None}
        assert {name: key for key, names in after.own.items() for name in names} == kept
        assert meanings.said() == after


@FEW
@given(sayings=sayings)
def test_another_desk_reads_the_same_from_the_file(
    tmp_path_factory: pytest.TempPathFactory, sayings: list[Said]
) -> None:
    folder = tmp_path_factory.mktemp("said")
    for given_now in sayings:
        said = EventMeanings(folder).say(given_now)
        assert EventMeanings(folder).said() == said


def test_before_anything_is_said_there_is_no_file_and_all_is_usual(folder: Path) -> None:
    assert EventMeanings(folder).said() is USUAL
    assert not folder.exists()


@pytest.mark.parametrize("given", [{}, {"看货": None}], ids=["nothing", "what was never said"])
def test_to_say_nothing_new_writes_no_file(folder: Path, given: Said) -> None:
    assert EventMeanings(folder).say(given) == USUAL
    assert not file_of(folder).exists()


def test_what_is_taken_back_is_as_usual_again_and_the_version_before_is_kept(folder: Path) -> None:
    meanings = EventMeanings(folder)
    meanings.say({"看货": "view", "sign": "sign"})
    assert meanings.say({"看货": None, "sign": None}).names("checkin") == USUAL.names("checkin")
    kept = Definitions(folder / "events")
    assert kept.version("events", 1).parameters == {"sign": ["sign"], "view": ["看货"]}
    assert kept.version("events", 2).parameters == {}


def test_names_are_written_in_the_order_of_the_alphabet_whatever_was_said_first(folder: Path) -> None:
    meanings = EventMeanings(folder)
    for name in ("c", "a", "b"):
        meanings.say({name: "view"})
    assert yaml.safe_load(file_of(folder).read_text("utf-8"))["parameters"] == {"view": ["a", "b", "c"]}


def test_a_name_that_moves_leaves_no_empty_meaning_behind(folder: Path) -> None:
    meanings = EventMeanings(folder)
    meanings.say({"看货": "view"})
    assert meanings.say({"看货": "search"}).own == {"search": ("看货",)}


def test_an_edit_by_hand_is_read_by_a_desk_that_is_open(folder: Path) -> None:
    meanings = EventMeanings(folder)
    meanings.say({"看货": "view"})
    assert meanings.said().names("view")[0] == "看货"
    rewritten(folder, cart=["看货"])
    assert meanings.said().own == {"cart": ("看货",)}


def test_what_is_said_after_an_edit_by_hand_adds_to_it(folder: Path) -> None:
    rewritten(folder, cart=["往车里放"])
    assert EventMeanings(folder).say({"看货": "view"}).own == {"cart": ("往车里放",), "view": ("看货",)}


def test_a_file_that_is_taken_away_is_as_if_nothing_had_been_said(folder: Path) -> None:
    meanings = EventMeanings(folder)
    meanings.say({"看货": "view"})
    file_of(folder).unlink()
    assert meanings.said() is USUAL


@pytest.mark.parametrize("wrong", [{"view": 3}, {"view": [["看货"]]}, {"view": ["看货"], "cart": ["看货"]}], ids=str)
def test_a_wrong_file_is_refused_and_nothing_is_said_over_it(folder: Path, wrong: dict[str, object]) -> None:
    rewritten(folder, **wrong)
    before = file_of(folder).read_bytes()
    for ask in (EventMeanings(folder).said, lambda: EventMeanings(folder).say({"page_a": "view"})):
        with pytest.raises(InputError, match=r"events\.yaml") as refused:
            ask()
        assert refused.value.zh != refused.value.message
    assert file_of(folder).read_bytes() == before


def test_a_usual_name_given_to_another_meaning_has_its_usual_one_no_more(folder: Path) -> None:
    said = EventMeanings(folder).say({"pv": "exposure"})
    assert "pv" in MEANINGS["view"].also
    assert ("pv" in said.names("exposure"), "pv" in said.names("view")) == (True, False)
    assert said.words("pv") == MEANINGS["exposure"].words


def test_what_several_people_say_at_once_holds_all(folder: Path) -> None:
    names = [f"name {number}" for number in range(4)]
    with ThreadPoolExecutor(len(names)) as people:
        list(people.map(lambda name: EventMeanings(folder).say({name: "view"}), names))
    assert EventMeanings(folder).said().own == {"view": tuple(names)}
