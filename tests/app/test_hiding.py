"""What rests on personal data stays so whatever is done to it: frozen, changed, filed, brought back, or what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import yaml

from tests.app import filing
from tests.house.repository import under
from titian.app import (
    applying,
    excluding,
    group_portraits,
    publishing,
    registered,
    returning,
    rule_tags,
    saving_audiences,
    tag_making,
    tagging,
)
from titian.app.answers.audiences import AudienceChange, NewAudience, SnapshotAsked
from titian.app.answers.group_portrait import PortraitAsked
from titian.app.answers.layering import DefinitionAsked, NewLayering
from titian.app.answers.plan import Planned, RestoreAsked
from titian.app.answers.population import PopulationChange
from titian.app.answers.tags import NewTag, TagChange
from titian.app.audiences import listed
from titian.app.building import create
from titian.app.desk import Desk, Reading
from titian.app.hiding import Hiding
from titian.app.in_workspace import InWorkspace
from titian.app.permitted import permitted
from titian.domain.permission import MAY, Role
from titian.domain.words import Words
from titian.errors import ConflictError, ForbiddenError, InputError, MaskedError
from titian.rules.reading import read

READS = r"from titian.rules.reading import .*\bread\b"
NAME = Words(zh="名", en="name")
BORN = {"trait": "birth_date", "op": "is_unknown"}
"""Everybody in the market meets it; that nothing is known of a birthday is as personal as a day."""
SPENT = {"trait": "spend", "op": ">=", "value": 100}
LESS = {"trait": "spend", "op": ">=", "value": 500}


@pytest.fixture
def shop(own_desk: Desk) -> Iterator[Reading]:
    with own_desk.reading() as reading:
        yield reading


@contextmanager
def acting(role: Role) -> Iterator[None]:
    """Somebody of a role acts."""
    before = permitted.set(MAY[role])
    yield
    permitted.reset(before)


def save(reading: Reading, key: str, rule: dict[str, Any]) -> None:
    saving_audiences.save(reading, NewAudience(key=key, name=NAME, rule=rule))


def tag(reading: Reading, key: str, rule: dict[str, Any] | None) -> None:
    rule_tags.save_new(reading, NewTag(key=key, name=NAME, rule=rule))


def freeze(reading: Reading, key: str, into: str) -> None:
    saving_audiences.snapshot(reading, key, SnapshotAsked(key=into, name=NAME))


def hidden(reading: Reading) -> set[str]:
    """The audiences that are masked for a viewer."""
    with acting("viewer"):
        return {one.key for one in listed(reading, None).audiences if one.masked}


def holders(reading: Reading, key: str) -> int:
    return tagging.holders(reading.desk, key, None, 500).total


# Lists that were taken from what is personal


def test_a_list_is_as_personal_as_what_it_was_taken_from(shop: Reading) -> None:
    save(shop, "born", BORN)
    save(shop, "spent", SPENT)
    for key in ("born", "spent"):
        freeze(shop, key, f"{key}_then")
    freeze(shop, "born_then", "born_again")
    assert hidden(shop) == {"born", "born_then", "born_again"}


def test_it_stays_so_when_somebody_adds_a_customer_and_not_when_it_gets_a_rule(shop: Reading) -> None:
    save(shop, "born", BORN)
    freeze(shop, "born", "then")
    asked = AudienceChange(name=NAME, ids=("00001", "00002"), base_version=1)
    saving_audiences.change(shop, "then", asked)
    assert hidden(shop) == {"born", "then"}
    saving_audiences.change(shop, "then", AudienceChange(name=NAME, rule=SPENT, base_version=2))
    assert hidden(shop) == {"born"}


def test_a_list_that_somebody_typed_is_nobodys_secret(shop: Reading) -> None:
    saving_audiences.create(shop, NewAudience(key="few", name=NAME, ids=("00001",)))
    assert hidden(shop) == set()


def test_its_file_says_so_and_brings_it_back(shop: Reading) -> None:
    save(shop, "born", BORN)
    freeze(shop, "born", "then")
    applying.export(shop.desk)
    path = filing.path_of(shop.desk, "audiences/then")
    said = yaml.safe_load(path.read_text("utf-8"))
    assert said["parameters"] == {"customers": "then.csv", "personal": True}
    assert set(filing.deeds(shop)) == set()
    saving_audiences.remove(shop, "then")
    assert filing.deeds(shop) == {"audiences/then": "conflict"}
    said.pop("base_version")
    path.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    assert filing.deeds(shop) == {"audiences/then": "create"}
    filing.apply(shop)
    assert hidden(shop) == {"born", "then"}


@pytest.mark.parametrize("value", ["yes", 1, None])
def test_a_file_says_it_by_true_or_false(shop: Reading, value: object) -> None:
    filing.put_list(shop.desk, "few", "customer_id\n00001\n")
    filing.put(shop.desk, "audiences/few", kind="list", parameters={"customers": "few.csv", "personal": value})
    with pytest.raises(InputError, match="few is no audience"):
        filing.deeds(shop)


# Versions


def test_an_earlier_version_that_was_personal_is_masked_and_stays_where_it_is(shop: Reading) -> None:
    save(shop, "people", BORN)
    save(shop, "people", SPENT)
    with acting("analyst"):
        newest, first = registered.versions(shop.desk, "audiences", "people")
        assert (newest.yaml != "", newest.difference, newest.masked) == (True, "", True)
        assert (first.yaml, first.difference, first.masked) == ("", "", True)
        with pytest.raises(MaskedError):
            returning.restore(shop, "audiences", "people", RestoreAsked(version=1, base_version=2))
    assert hidden(shop) == set()
    returning.restore(shop, "audiences", "people", RestoreAsked(version=1, base_version=2))
    assert hidden(shop) == {"people"}


def test_what_was_removed_is_brought_back_by_whom_may_see_it(shop: Reading) -> None:
    save(shop, "born", BORN)
    saving_audiences.remove(shop, "born")
    with acting("analyst"):
        (gone,) = registered.removed(shop.desk)
        assert (gone.key, gone.masked) == ("born", True)
        with pytest.raises(MaskedError):
            saving_audiences.restore(shop, "born")
        with pytest.raises(MaskedError):
            returning.restore(shop, "audiences", "born", RestoreAsked())
    with acting("operator"):
        saving_audiences.restore(shop, "born")
    assert hidden(shop) == {"born"}


def test_an_earlier_version_of_a_layering_is_not_read_by_its_number(shop: Reading) -> None:
    create(shop, NewLayering(key="parts", name=NAME, kind="quantiles", parameters={"trait": "age_years"}))
    publishing.publish(shop, "parts", DefinitionAsked(parameters={"trait": "spend"}, base_version=1))
    with acting("analyst"):
        assert publishing.definition(shop, "parts", None).version == 2
        for asked in (lambda: publishing.definition(shop, "parts", 1), lambda: _again(shop)):
            with pytest.raises(MaskedError):
                asked()


def _again(reading: Reading) -> object:
    return publishing.publish(reading, "parts", DefinitionAsked(parameters={}, base_version=2, restore=1))


# Plans


def planned(reading: Reading, role: Role) -> dict[str, Planned]:
    with acting(role):
        return {one.key: one for one in filing.planning.plan(reading).definitions if one.sort == "audiences"}


def test_a_plan_tells_neither_lines_nor_who_would_move_of_what_is_masked(shop: Reading) -> None:
    for key, rule in (("born", BORN), ("nested", {"audience": "born"}), ("spent", SPENT)):
        save(shop, key, rule)
    filing.put_rule(shop.desk, "born", {"trait": "age_years", "op": ">", "value": 35}, base_version=1, name=_both())
    filing.put_rule(shop.desk, "spent", LESS, base_version=1, name=_both())
    ours, theirs = planned(shop, "owner"), planned(shop, "analyst")
    assert ours["born"].moves
    assert ours["nested"].moves
    for key in ("born", "nested"):
        assert (theirs[key].masked, theirs[key].difference, theirs[key].moved, theirs[key].moves) == (
            True,
            "",
            None,
            (),
        )
        assert theirs[key].deed == ours[key].deed
    assert theirs["spent"] == ours["spent"]


@pytest.mark.parametrize("before", [True, False], ids=["no more", "from now on"])
def test_a_plan_masks_what_is_personal_as_it_is_or_as_it_would_be(shop: Reading, before: bool) -> None:
    """Also where it is by way of another that changes."""
    first, then = (BORN, SPENT) if before else (SPENT, BORN)
    save(shop, "inner", first)
    save(shop, "outer", {"all": [{"audience": "inner"}, SPENT]})
    filing.put_rule(shop.desk, "inner", then, base_version=1, name=_both())
    assert [planned(shop, "analyst")[key].masked for key in ("inner", "outer")] == [True, True]
    assert not any(one.masked for one in planned(shop, "operator").values())


def _both() -> dict[str, str]:
    return NAME.model_dump()


# Tags that follow


@pytest.mark.parametrize("rule", [None, SPENT], ids=["by hand", "another"])
def test_a_tag_does_not_let_its_personal_rule_go(shop: Reading, rule: dict[str, Any] | None) -> None:
    """Whoever it was given to would show to everybody; also where the rule names an audience that is personal."""
    save(shop, "born", BORN)
    tag(shop, "direct", BORN)
    tag(shop, "by_name", {"audience": "born"})
    for key in ("direct", "by_name"):
        with pytest.raises(ConflictError, match="rests on personal data"):
            rule_tags.save_change(shop, key, TagChange(name=NAME, rule=rule, base_version=1))
    rule_tags.save_change(shop, "direct", TagChange(name=NAME, rule={"all": [BORN, SPENT]}, base_version=1))
    assert tag_making.one(shop.desk, "direct").rule == read({"all": [BORN, SPENT]}).model_dump(mode="json")


def _by_change(shop: Reading) -> None:
    saving_audiences.change(shop, "people", AudienceChange(name=NAME, rule=LESS, base_version=1))


def _by_file(shop: Reading) -> None:
    filing.put_rule(shop.desk, "people", LESS, base_version=1)
    filing.apply(shop)


@pytest.mark.parametrize("how", [_by_change, _by_file])
def test_a_tag_of_what_is_personal_no_more_is_of_those_alone_who_meet_it_now(shop: Reading, how: Any) -> None:
    save(shop, "people", BORN)
    tag(shop, "follows", {"audience": "people"})
    everybody = holders(shop, "follows")
    how(shop)
    with acting("viewer"):
        few = holders(shop, "follows")
        assert few == next(one.customers for one in listed(shop, None).audiences if one.key == "people")
    assert 0 < few < everybody


def test_a_tag_whose_rule_can_not_be_asked_then_is_taken_from_all(shop: Reading) -> None:
    save(shop, "people", BORN)
    tag(shop, "follows", {"audience": "people"})
    assert holders(shop, "follows")
    away = {"trait": "followers", "op": ">", "value": 1}
    saving_audiences.change(shop, "people", AudienceChange(name=NAME, rule=away, base_version=1))
    with acting("viewer"):
        assert holders(shop, "follows") == 0


# Who is left out


@pytest.mark.parametrize("rule", [BORN, {"audience": "born"}, {"not": {"audience": "then"}}, {"all": [SPENT, BORN]}])
def test_nobody_is_left_out_by_what_is_personal(shop: Reading, rule: dict[str, Any]) -> None:
    """Who is missing from every list, and from which day on, everybody sees: also who may see birthdays can't say so."""
    save(shop, "born", BORN)
    freeze(shop, "born", "then")
    with pytest.raises(InputError, match="can't rest on personal data"):
        excluding.change(shop, PopulationChange(rule=rule))
    filing.put(shop.desk, "population/population", kind="population", parameters={"exclude": rule})
    with pytest.raises(InputError, match="can't rest on personal data"):
        filing.deeds(shop)


def test_an_audience_by_which_somebody_is_left_out_does_not_become_personal(shop: Reading) -> None:
    save(shop, "few", LESS)
    excluding.change(shop, PopulationChange(rule={"audience": "few"}))
    with shop.desk.reading() as reading:
        with pytest.raises(InputError, match="can't rest on personal data"):
            save(reading, "few", BORN)
        save(reading, "few", {"all": [LESS, SPENT]})


def test_a_rule_of_who_is_left_out_that_an_earlier_titian_kept_is_masked(shop: Reading) -> None:
    shop.desk.population.definitions.create(excluding.definition_of(read(LESS | {"trait": "age_years"})))
    with shop.desk.reading() as reading, acting("analyst"):
        told = excluding.shown(reading, None)
        assert (told.rule, told.masked, told.sample) == (None, True, ())
        assert told.said == Words(zh="依据个人信息，内容已打码", en="rests on personal data: masked")
        with pytest.raises(MaskedError):
            excluding.change(reading, PopulationChange(rule=None))


# What is looked up


@pytest.mark.parametrize("name", ["audiences/born", "tags/follows", "layerings/ages"])
def test_whatever_looks_up_what_rules_name_is_refused_unless_it_is_for_everybody(shop: Reading, name: str) -> None:
    save(shop, "born", BORN)
    tag(shop, "follows", BORN)
    create(shop, NewLayering(key="ages", name=NAME, kind="quantiles", parameters={"trait": "age_years"}))
    sort, key = name.split("/")

    def look(known: InWorkspace) -> object:
        return {"audiences": known.audience, "tags": known.tagged, "layerings": known.layering}[sort](key)

    with acting("viewer"):
        with pytest.raises(MaskedError) as refused:
            look(InWorkspace(shop))
        assert refused.value.details["masked"] == name
        look(InWorkspace(shop, unmasked=True))
        Hiding(shop.desk).need(f"{sort}/nothing")
    look(InWorkspace(shop))


def test_a_rule_by_a_personal_trait_is_refused_by_the_use_case_too(shop: Reading) -> None:
    """Not only where calls come in: a program that uses the rooms below is no way round."""
    with acting("analyst"), pytest.raises(ForbiddenError, match="you may not ask by birth_date"):
        group_portraits.of_rule(shop, PortraitAsked(rule=BORN))


def test_a_definition_that_can_not_be_read_any_more_is_masked(shop: Reading) -> None:
    held = shop.desk.audiences
    save(shop, "born", BORN)
    unreadable = held.current()["born"].model_copy(update={"parameters": {"rule": {"trait": "of_old", "op": "?"}}})
    with acting("viewer"):
        assert Hiding(shop.desk).hides("audiences", unreadable)
        assert not Hiding(shop.desk).hides("mappings", unreadable)
    assert not Hiding(shop.desk).hides("audiences", unreadable)


ASKS_NOBODY = {"audience_definition", "tag_definition", "population", "tag_making", "dataset", "questions", "hiding"}
"""Rooms that read rules which are kept or were looked at before, those that Python asks by, and the one that looks at them."""


def test_every_use_case_reads_a_rule_by_way_of_the_one_that_masks() -> None:
    """`hiding.rule_asked`: one that comes later can't forget it."""
    reading = {path.stem for path in under("src/titian/app", ".py") if re.search(READS, path.read_text("utf-8"))}
    assert reading == ASKS_NOBODY
