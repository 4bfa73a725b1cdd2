"""Definitions are files: a version in force, and older ones that never change."""

from pathlib import Path

import pytest

from titian.app.definitions import Definition, Definitions
from titian.errors import ConflictError, InputError, NotFoundError

FIRST = Definition(kind="rfm", key="rfm", parameters={"recency": "median"})


def published(store: Definitions, **parameters: object) -> Definition:
    base = store.current().get("rfm", FIRST)
    return store.publish(FIRST.model_copy(update={"parameters": parameters}), base)


def test_versions_count_up_and_older_ones_stay(tmp_path: Path) -> None:
    store = Definitions(tmp_path)
    assert published(store, recency="mean").version == 2
    assert published(store, recency=30).version == 3
    assert store.versions("rfm") == (1, 2, 3)
    assert [store.version("rfm", n).parameters["recency"] for n in (1, 2, 3)] == ["median", "mean", 30]
    assert store.current()["rfm"].version == 3


def test_a_change_made_from_an_old_version_is_a_conflict(tmp_path: Path) -> None:
    store = Definitions(tmp_path)
    published(store, recency="mean")
    with pytest.raises(ConflictError) as refused:
        store.publish(FIRST, FIRST)
    assert refused.value.details["version"] == 2
    assert store.versions("rfm") == (1, 2)


def test_a_published_version_is_never_written_again(tmp_path: Path) -> None:
    store = Definitions(tmp_path)
    published(store, recency="mean")
    kept = tmp_path / "versions" / "rfm.2.yaml"
    before = kept.read_bytes()
    (tmp_path / "rfm.yaml").write_text(FIRST.model_copy(update={"version": 1}).yaml())
    published(store, recency=99)
    assert kept.read_bytes() == before


def test_an_unknown_version_names_those_there_are(tmp_path: Path) -> None:
    store = Definitions(tmp_path)
    published(store)
    with pytest.raises(NotFoundError, match="no version 9") as refused:
        store.version("rfm", 9)
    assert "1, 2" in refused.value.hint


@pytest.mark.parametrize("text", ["kind: rfm\n\tkey: x", "kind: rfm\n", "kind: rfm\nkey: rfm\nvers: 2\n", "[]"])
def test_a_file_that_is_wrong_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "rfm.yaml").write_text(text)
    with pytest.raises(InputError, match=r"rfm\.yaml"):
        Definitions(tmp_path).current()


@pytest.mark.parametrize("key", ["../evil", "Ärger", "", "a" * 80, "1a", "a b"])
def test_a_key_that_could_be_a_path_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(InputError):
        Definitions(tmp_path).save(Definition(kind="rfm", key=key))
    assert not list(tmp_path.rglob("*.yaml"))


def test_a_removed_definition_comes_back_with_its_last_version(tmp_path: Path) -> None:
    store = Definitions(tmp_path)
    published(store, recency="mean")
    store.remove("rfm")
    assert store.current() == {}
    assert store.restore("rfm").version == 2
    assert store.current()["rfm"].parameters == {"recency": "mean"}


def test_bringing_back_what_is_there_leaves_it_as_it_was_edited(tmp_path: Path) -> None:
    store = Definitions(tmp_path)
    published(store, recency="mean")
    edited = FIRST.model_copy(update={"version": 2, "parameters": {"recency": 7}})
    (tmp_path / "rfm.yaml").write_text(edited.yaml())
    assert store.restore("rfm") == edited


def test_a_definition_is_created_once_under_a_key(tmp_path: Path) -> None:
    store = Definitions(tmp_path)
    assert store.create(FIRST) == store.create(FIRST) == FIRST
    with pytest.raises(ConflictError, match="taken"):
        store.create(FIRST.model_copy(update={"parameters": {"recency": 9}}))
    store.remove("rfm")
    assert store.create(FIRST).version == 2


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_what_never_was_can_not_be_removed_nor_brought_back(tmp_path: Path, act: str) -> None:
    with pytest.raises(NotFoundError):
        getattr(Definitions(tmp_path), act)("nothing")
