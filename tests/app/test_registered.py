"""The list of definitions: those of the house beside the team's, and what was removed, by whom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.app import filing
from titian.app import publishing, registered, saving_audiences
from titian.app.acting import acting
from titian.app.answers.audiences import NewAudience
from titian.app.answers.layering import DefinitionAsked
from titian.app.answers.plan import DefinitionInForce
from titian.app.desk import Desk, Reading
from titian.domain.words import Words
from titian.layering.registry import LAYERINGS

NAME = Words(zh="核心", en="Core")
IN_RFM = {"layering": "rfm", "layers": ["champions"]}


@pytest.fixture
def shop(empty: Desk) -> Iterator[Reading]:
    with empty.reading() as reading:
        yield reading


def save(reading: Reading, key: str = "core") -> None:
    saving_audiences.create(reading, NewAudience(key=key, name=NAME, rule={"did": "cart"}))


def told(desk: Desk, house: bool = True) -> dict[str, DefinitionInForce]:
    return {f"{one.sort}/{one.key}": one for one in registered.in_force(desk, house)}


def test_those_of_the_house_are_listed_when_asked_for(shop: Reading) -> None:
    ready = {f"layerings/{key}" for key, kind in LAYERINGS.items() if kind.ready}
    assert set(told(shop.desk)) == ready
    assert told(shop.desk, house=False) == {}


def test_one_of_the_house_has_its_name_and_no_day(shop: Reading) -> None:
    rfm = told(shop.desk)["layerings/rfm"]
    assert (rfm.origin, rfm.by, rfm.at, rfm.version) == ("house", "titian", None, 1)
    assert rfm.name is not None
    assert "RFM" in rfm.name.zh


def test_one_of_the_house_that_was_changed_is_the_teams(shop: Reading) -> None:
    publishing.publish(shop, "rfm", DefinitionAsked(parameters={"recency": 30}, base_version=1))
    rfm = told(shop.desk)["layerings/rfm"]
    assert (rfm.origin, rfm.version, rfm.at is None) == ("here", 2, False)
    assert rfm.name == told(shop.desk, house=False)["layerings/rfm"].name
    assert len(told(shop.desk)) == sum(kind.ready for kind in LAYERINGS.values())


def test_what_came_from_a_file_says_so(shop: Reading) -> None:
    filing.put_rule(shop.desk, "spent")
    filing.apply(shop)
    assert told(shop.desk)["audiences/spent"].origin == "file"


def test_nothing_was_removed_at_first(shop: Reading) -> None:
    assert registered.removed(shop.desk) == []
    save(shop)
    assert registered.removed(shop.desk) == []


def test_what_was_removed_tells_by_whom(shop: Reading) -> None:
    save(shop)
    before = acting.set("wang")
    saving_audiences.remove(shop, "core")
    acting.reset(before)
    (gone,) = registered.removed(shop.desk)
    assert (gone.sort, gone.key, gone.version, gone.name, gone.by) == ("audiences", "core", 1, NAME, "wang")
    assert gone.at is not None
    assert gone.at.tzinfo is not None


def test_what_went_with_its_file_tells_by_whom_too(shop: Reading) -> None:
    save(shop)
    save(shop, "other")
    filing.put_rule(shop.desk, "other", {"did": "cart"}, name={"zh": NAME.zh, "en": NAME.en}, base_version=1)
    filing.apply(shop, prune=True)
    (gone,) = registered.removed(shop.desk)
    assert (gone.key, gone.by is None, gone.at is None) == ("core", False, False)


def test_who_removed_it_last_is_told(shop: Reading) -> None:
    save(shop)
    for who in ("wang", "li"):
        before = acting.set(who)
        saving_audiences.remove(shop, "core")
        acting.reset(before)
        if who == "wang":
            saving_audiences.restore(shop, "core")
    assert [one.by for one in registered.removed(shop.desk)] == ["li"]
