"""Definitions are kept in the store: one version in force, and older ones that never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from titian.app.acting import acting
from titian.app.definition import Definition
from titian.app.definitions import Definitions
from titian.app.stored import Stored
from titian.app.trail import Trail
from titian.errors import ConflictError, InputError, NotFoundError

FIRST = Definition(kind="rfm", key="rfm", parameters={"recency": "median"})


@pytest.fixture
def definitions(stored: Stored) -> Definitions:
    return Definitions("layerings", stored)


def published(definitions: Definitions, **parameters: object) -> Definition:
    base = definitions.current().get("rfm", FIRST)
    return definitions.publish(FIRST.model_copy(update={"parameters": parameters}), base)


def told(stored: Stored) -> list[str]:
    lines, _ = Trail(stored.store).lines("", None, None)
    return [f"{line.action} {line.subject}" for line in reversed(lines)]


def test_to_look_for_definitions_makes_no_store(definitions: Definitions, tmp_path: Path) -> None:
    assert definitions.current() == {}
    assert definitions.versions("rfm") == ()
    assert definitions.numbers() == {}
    assert list(tmp_path.iterdir()) == []


def test_versions_count_up_and_older_ones_stay(definitions: Definitions) -> None:
    assert published(definitions, recency="mean").version == 2
    assert published(definitions, recency=30).version == 3
    assert definitions.versions("rfm") == (1, 2, 3)
    assert [definitions.version("rfm", n).parameters["recency"] for n in (1, 2, 3)] == ["median", "mean", 30]
    assert definitions.current()["rfm"].version == 3
    assert definitions.numbers() == {"rfm": 3}


def test_a_change_made_from_an_old_version_is_a_conflict(definitions: Definitions) -> None:
    published(definitions, recency="mean")
    with pytest.raises(ConflictError) as refused:
        definitions.publish(FIRST, FIRST)
    assert refused.value.details["version"] == 2
    assert definitions.versions("rfm") == (1, 2)


def test_each_sort_has_keys_of_its_own(definitions: Definitions, stored: Stored) -> None:
    published(definitions, recency="mean")
    assert Definitions("audiences", stored).current() == {}
    assert Definitions("audiences", stored).create(FIRST).version == 1


def test_an_unknown_version_names_those_there_are(definitions: Definitions) -> None:
    published(definitions)
    with pytest.raises(NotFoundError, match="no version 9") as refused:
        definitions.version("rfm", 9)
    assert "1, 2" in refused.value.hint


@pytest.mark.parametrize("key", ["../evil", "Ärger", "", "a" * 80, "1a", "a b"])
def test_a_key_that_could_be_a_path_is_refused(definitions: Definitions, key: str) -> None:
    with pytest.raises(InputError):
        definitions.create(Definition(kind="rfm", key=key))
    assert definitions.current() == {}


def test_a_removed_definition_comes_back_with_its_last_version(definitions: Definitions) -> None:
    published(definitions, recency="mean")
    definitions.remove("rfm")
    assert definitions.current() == {}
    assert definitions.restore("rfm").version == 2
    assert definitions.current()["rfm"].parameters == {"recency": "mean"}
    assert definitions.restore("rfm").version == 2


def test_a_definition_is_created_once_under_a_key(definitions: Definitions) -> None:
    assert definitions.create(FIRST) == definitions.create(FIRST) == FIRST
    with pytest.raises(ConflictError, match="taken"):
        definitions.create(FIRST.model_copy(update={"parameters": {"recency": 9}}))
    definitions.remove("rfm")
    assert definitions.create(FIRST).version == 2


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_what_never_was_can_not_be_removed_nor_brought_back(definitions: Definitions, act: str) -> None:
    with pytest.raises(NotFoundError):
        getattr(definitions, act)("nothing")


def test_each_change_is_told_once_and_what_changes_nothing_is_not(definitions: Definitions, stored: Stored) -> None:
    definitions.create(FIRST)
    definitions.create(FIRST)
    published(definitions, recency="mean")
    definitions.remove("rfm")
    definitions.restore("rfm")
    definitions.restore("rfm")
    deeds = ("create", "publish", "remove", "restore")
    assert told(stored) == [f"layering.{deed} rfm" for deed in deeds]


def test_a_version_says_who_made_it_and_where(definitions: Definitions) -> None:
    token = acting.set("wang")
    published(definitions, recency="mean")
    acting.reset(token)
    told = [(one.definition.version, one.by, one.origin) for one in definitions.history("rfm")]
    assert told == [(1, "titian", "here"), (2, "wang", "here")]
    assert all(one.at.tzinfo for one in definitions.history("rfm"))
