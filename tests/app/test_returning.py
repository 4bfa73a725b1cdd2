"""An earlier version comes back as it was, as a version of its own; what was removed comes back, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.app import filing
from titian.app import excluding, planning, publishing, registered, returning, saving_audiences, tag_making
from titian.app.answers.audiences import AudienceChange, NewAudience
from titian.app.answers.layering import DefinitionAsked
from titian.app.answers.plan import DefinitionVersion, RestoreAsked
from titian.app.answers.population import PopulationChange
from titian.app.answers.tags import NewTag
from titian.app.definition import Sort
from titian.app.desk import Desk, Reading
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, NotFoundError, TitianError

NAME = Words(zh="加购", en="Carts")
CART, VIEW = {"did": "cart"}, {"did": "view"}


@pytest.fixture
def shop(empty: Desk) -> Iterator[Reading]:
    """A workspace without data whose audience `cart` has two versions."""
    with empty.reading() as reading:
        save(reading, CART)
        change(reading, VIEW)
        yield reading


def save(reading: Reading, rule: dict[str, Any], key: str = "cart") -> None:
    saving_audiences.create(reading, NewAudience(key=key, name=NAME, rule=rule))


def change(reading: Reading, rule: dict[str, Any], key: str = "cart") -> None:
    base = reading.desk.audiences.numbers()[key]
    saving_audiences.change(reading, key, AudienceChange(name=NAME, rule=rule, base_version=base))


def restore(reading: Reading, version: int | None, base: int | None, sort: Sort = "audiences", key: str = "cart"):
    return returning.restore(reading, sort, key, RestoreAsked(version=version, base_version=base))


def rule(desk: Desk, key: str = "cart") -> str:
    return str(desk.audiences.current()[key].parameters["rule"]["did"])


def test_an_earlier_version_comes_back_as_the_next_one(shop: Reading) -> None:
    told: DefinitionVersion = restore(shop, 1, 2)
    assert (told.version, rule(shop.desk)) == (3, "cart")
    assert shop.desk.audiences.versions("cart") == (1, 2, 3)
    assert filing.told(shop.desk)[-1] == "audience.publish cart"


def test_the_log_says_which_version_came_back(shop: Reading) -> None:
    restore(shop, 1, 2)
    (line,) = shop.desk.trail.lines("", None, 1)[0]
    assert line.details["restore"] == 1


def test_a_version_that_says_what_is_in_force_changes_nothing(shop: Reading) -> None:
    before = filing.told(shop.desk)
    assert restore(shop, 2, 2).version == 2
    assert filing.told(shop.desk) == before


def test_what_was_removed_comes_back_as_it_last_was(shop: Reading) -> None:
    saving_audiences.remove(shop, "cart")
    assert [one.key for one in registered.removed(shop.desk)] == ["cart"]
    assert restore(shop, None, None).version == 2
    assert (rule(shop.desk), registered.removed(shop.desk)) == ("view", [])


def test_of_what_was_removed_an_earlier_version_comes_back_as_a_new_one(shop: Reading) -> None:
    saving_audiences.remove(shop, "cart")
    assert restore(shop, 1, None).version == 3
    assert rule(shop.desk) == "cart"


@pytest.mark.parametrize("base", [None, 1, 3], ids=["none", "older", "newer"])
def test_another_version_in_force_is_a_conflict_and_nothing_is_done(shop: Reading, base: int | None) -> None:
    with pytest.raises(ConflictError) as raised:
        restore(shop, 1, base)
    assert raised.value.zh != raised.value.message
    assert shop.desk.audiences.versions("cart") == (1, 2)


def test_what_was_removed_meanwhile_is_not_there(shop: Reading) -> None:
    saving_audiences.remove(shop, "cart")
    with pytest.raises(NotFoundError):
        restore(shop, 1, 2)


@pytest.mark.parametrize(("key", "version"), [("nothing", None), ("cart", 9)])
def test_what_never_was_is_not_there(shop: Reading, key: str, version: int | None) -> None:
    with pytest.raises(NotFoundError):
        restore(shop, version, 2 if key == "cart" else None, key=key)


def test_a_version_whose_tag_is_gone_does_not_come_back(shop: Reading) -> None:
    tag_making.create(shop.desk, NewTag(key="vip", name=NAME))
    save(shop, {"tag": "vip"}, "theirs")
    change(shop, CART, "theirs")
    tag_making.remove(shop.desk, "vip")
    with pytest.raises(TitianError):
        restore(shop, 1, 2, key="theirs")
    assert rule(shop.desk, "theirs") == "cart"


def test_a_version_that_would_close_a_circle_does_not_come_back(shop: Reading) -> None:
    save(shop, {"audience": "cart"}, "first")
    change(shop, CART, "first")
    save(shop, {"audience": "first"}, "second")
    change(shop, {"audience": "second"}, "cart")
    with pytest.raises(TitianError):
        restore(shop, 1, 2, key="first")
    assert rule(shop.desk, "first") == "cart"


def test_a_layering_comes_back_with_its_parameters(shop: Reading) -> None:
    publishing.publish(shop, "rfm", DefinitionAsked(parameters={"recency": 30}, base_version=1))
    told = restore(shop, 1, 2, "layerings", "rfm")
    assert told.version == 3
    assert shop.desk.definitions.current()["rfm"].parameters["recency"] == "median"


def test_what_events_mean_comes_back(shop: Reading) -> None:
    shop.desk.event_meanings.say({"看货": "view"})
    shop.desk.event_meanings.say({"看货": "cart"})
    restore(shop, 1, 2, "events", "events")
    assert shop.desk.event_meanings.said().own["view"] == ("看货",)


def test_a_plan_knows_what_came_back_as_made_here(shop: Reading) -> None:
    filing.put_rule(shop.desk, "cart", {"did": "pay"}, base_version=2)
    restore(shop, 1, 2)
    assert planning.plan(shop).conflicts == 1


LAYERED = {"layering": "rfm", "layers": ["none"]}


def leave_out(reading: Reading, rule: dict[str, Any]) -> None:
    excluding.change(reading, PopulationChange(rule=rule))


def test_an_earlier_rule_by_layers_does_not_come_back_under_who_is_left_out(empty: Desk) -> None:
    with empty.reading() as reading:
        save(reading, LAYERED)
        change(reading, VIEW)
        leave_out(reading, {"audience": "cart"})
        with pytest.raises(InputError, match="can't rest on the layering rfm"):
            restore(reading, 1, 2)
        assert rule(empty) == "view"


def test_who_was_left_out_comes_back_unless_that_would_rest_on_itself(empty: Desk) -> None:
    with empty.reading() as reading:
        save(reading, VIEW)
        leave_out(reading, {"audience": "cart"})
        leave_out(reading, CART)
        change(reading, LAYERED)
        with pytest.raises(InputError, match="can't rest on the layering rfm"):
            restore(reading, 1, 2, "population", "population")
        change(reading, VIEW)
        assert restore(reading, 1, 2, "population", "population").version == 3
