"""Every deed on audiences and definitions is told once and names no customer; what is refused is not told, and says why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app import filing, market
from titian.app import (
    applying,
    audience_life,
    audiences,
    layerings,
    overlaps,
    planning,
    publishing,
    registered,
    saving_audiences,
    tag_making,
)
from titian.app.answers.audiences import AudienceChange, NewAudience, OverlapAsked, SnapshotAsked
from titian.app.answers.layering import DefinitionAsked
from titian.app.answers.plan import ApplyAsked
from titian.app.answers.tags import NewTag
from titian.app.called import CalledHere
from titian.app.desk import Desk, Reading
from titian.app.workspace import Workspace
from titian.domain.words import Words
from titian.errors import TitianError

NAME = Words(zh="人群", en="Audience")
FOUR = {"trait": "order_count", "op": ">=", "value": 4}
SECRET = sorted(market.customers())[5]
"""A customer who is in lists, and must be in no line."""


@pytest.fixture(scope="module")
def saved(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A shop with the audiences four, above (which names it) and few (a list)."""
    with Desk(market.copied(shop, tmp_path_factory.mktemp("trail") / "shop")) as desk, desk.reading() as reading:
        save(reading, "four", rule=FOUR)
        save(reading, "above", rule={"not": {"audience": "four"}})
        save(reading, "few", ids=(SECRET, "nobody-at-all"))
    return desk.workspace


@pytest.fixture
def own(saved: Workspace, tmp_path: Path) -> Iterator[Reading]:
    """The same, for this test alone."""
    with Desk(market.copied(saved, tmp_path / "own")) as desk, desk.reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def refusing(saved: Workspace) -> Iterator[Reading]:
    """The same, for what is refused."""
    with Desk(saved) as desk, desk.reading() as reading:
        yield reading


def save(reading: Reading, key: str, **asked: Any) -> None:
    saving_audiences.create(reading, NewAudience(key=key, name=NAME, **asked))


def change(base: int, **asked: Any) -> AudienceChange:
    return AudienceChange(base_version=base, **{"name": NAME, **asked})


def filed(reading: Reading) -> None:
    filing.put_list(reading.desk, "pasted", f"{SECRET}\n")
    filing.put_rule(reading.desk, "four", {"not": FOUR})
    filing.apply(reading)


DEEDS: dict[str, tuple[Callable[[Reading], object], str]] = {
    "saved": (lambda own: save(own, "more", rule=FOUR), "audience.create more"),
    "saved as a list": (lambda own: save(own, "more", text=SECRET), "audience.create more"),
    "frozen": (
        lambda own: saving_audiences.snapshot(own, "few", SnapshotAsked(key="frozen", name=NAME)),
        "audience.create frozen",
    ),
    "changed": (
        lambda own: saving_audiences.change(own, "four", change(1, rule={"not": FOUR})),
        "audience.publish four",
    ),
    "renamed": (
        lambda own: saving_audiences.change(own, "four", change(1, rule=FOUR, name=Words(zh="四", en="Four"))),
        "audience.publish four",
    ),
    "removed": (lambda own: saving_audiences.remove(own, "few"), "audience.remove few"),
    "applied": (filed, "definitions.apply four, pasted"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_told_once_without_a_customer(own: Reading, deed: str) -> None:
    act, told = DEEDS[deed]
    before = filing.told(own.desk)
    act(own)
    assert filing.told(own.desk) == [*before, told]
    lines, _ = own.desk.trail.lines("", None, None)
    text = json.dumps([line.details for line in lines], default=str, ensure_ascii=False)
    assert SECRET not in text
    assert "nobody-at-all" not in text
    assert own.desk.trail.broken() is None


LOOKS: dict[str, Callable[[Reading], object]] = {
    "listed": lambda own: audiences.listed(own, None),
    "looked at": lambda own: audience_life.now(own, "four", None, None),
    "laid over": lambda own: overlaps.overlap(own, OverlapAsked(audiences=("four", "few"))),
    "planned": planning.plan,
    "read": lambda own: registered.in_force(own.desk),
    "saved as it is": lambda own: saving_audiences.change(own, "four", change(1, rule=FOUR)),
    "created as it is": lambda own: save(own, "four", rule=FOUR),
    "restored while it is there": lambda own: saving_audiences.restore(own, "four"),
}


@pytest.mark.parametrize("how", LOOKS)
def test_to_look_or_to_say_the_same_again_is_not_told(refusing: Reading, how: str) -> None:
    before = filing.told(refusing.desk)
    LOOKS[how](refusing)
    assert filing.told(refusing.desk) == before


def unplanned(reading: Reading) -> None:
    applying.apply(reading.desk, ApplyAsked(digest="0" * 16))


REFUSED: dict[str, tuple[Callable[[Reading], object], str, str]] = {
    "a taken key": (lambda own: save(own, "four", rule={"not": FOUR}), "four", "已被使用"),
    "a page's key": (lambda own: save(own, "new", rule=FOUR), "new", "不能作为人群标识"),
    "an old base": (lambda own: saving_audiences.change(own, "four", change(7, rule=FOUR)), "version 7", "第 7 版"),
    "one in use": (lambda own: saving_audiences.remove(own, "four"), "above", "正在使用"),
    "one that is not there": (lambda own: saving_audiences.remove(own, "nothing"), "nothing", "人群"),
    "one that never was": (lambda own: saving_audiences.restore(own, "nothing"), "nothing", "没有定义"),
    "a circle": (
        lambda own: saving_audiences.change(own, "four", change(1, rule={"audience": "above"})),
        "circle",
        "成环",
    ),
    "neither of two": (lambda own: save(own, "more"), "either a rule or customers", "二选一"),
    "a snapshot under a taken key": (
        lambda own: saving_audiences.snapshot(own, "four", SnapshotAsked(key="above", name=NAME)),
        "above",
        "已被使用",
    ),
    "a plan that nobody saw": (unplanned, "others than when the plan", "有变化"),
    "versions of nothing": (lambda own: registered.versions(own.desk, "audiences", "nothing"), "nothing", "没有定义"),
    "a description without end": (
        lambda own: save(own, "more", rule=FOUR, description="x" * 1_001),
        "1001",
        "最多 1000",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_refused_says_why_and_how_to_mend_in_both_languages_and_is_not_told(
    refusing: Reading, why: str
) -> None:
    act, english, chinese = REFUSED[why]
    before = (filing.told(refusing.desk), refusing.desk.audiences.current())
    with pytest.raises(TitianError) as refused:
        act(refusing)
    error = refused.value
    assert english in error.message
    assert chinese in f"{error.zh} {error.hint_zh}"
    assert error.hint
    assert any("\u4e00" <= one <= "\u9fff" for one in error.hint_zh)
    assert not any("\u4e00" <= one <= "\u9fff" for one in f"{error.message} {error.hint}")
    assert (filing.told(refusing.desk), refusing.desk.audiences.current()) == before


def test_what_rules_name_is_called_by_its_newest_name(own: Reading) -> None:
    renamed = Words(zh="四单以上", en="Four or more")
    saving_audiences.change(own, "four", change(1, rule=FOUR, name=renamed))
    called = CalledHere(own)
    assert called.audience("four") == renamed
    said = {one.key: one.said for one in audiences.listed(own, None).audiences}
    assert (renamed.zh in said["above"].zh, renamed.en in said["above"].en) == (True, True)


def test_what_is_gone_or_never_was_is_called_by_its_key(own: Reading) -> None:
    called = CalledHere(own)
    saving_audiences.remove(own, "few")
    gone = [called.audience("few"), called.tag("none"), called.layering("none"), called.layer("none", "x")]
    assert [one.en for one in gone] == ["few", "none", "none", "x"]
    assert called.layer("value_levels", "no_layer") == Words(zh="no_layer", en="no_layer")


def test_tags_and_layerings_are_called_by_the_names_that_the_team_gave(own: Reading) -> None:
    tag_making.create(own.desk, NewTag(key="vip", name=Words(zh="贵宾", en="VIP")))
    filing.put(own.desk, "layerings/mine", kind="value_levels", name={"zh": "我的分层", "en": "My levels"})
    filing.apply(own)
    rule = {"any": [{"tag": "vip"}, {"layering": "mine", "layers": ["churned"]}]}
    save(own, "named", rule=rule)
    said = next(one.said for one in audiences.listed(own, None).audiences if one.key == "named")
    churned = next(
        one.layer.name for one in layerings.now(own, "mine", None, None).layers if one.layer.key == "churned"
    )
    for words in (Words(zh="贵宾", en="VIP"), Words(zh="我的分层", en="My levels"), churned):
        assert words.zh in said.zh
        assert words.en in said.en


def test_an_audience_of_a_published_layering_is_who_its_page_shows(own: Reading) -> None:
    save(own, "away", rule={"layering": "value_levels", "layers": ["churned"]})
    publishing.publish(own, "value_levels", DefinitionAsked(base_version=1, parameters={"churn_days": 120}))
    shown = {one.layer.key: one.customers for one in layerings.now(own, "value_levels", None, None).layers}
    assert saving_audiences.shown(own, "away").customers == shown["churned"]


ODD = ["😀" * 100, "\u202egnp.exe\u202c", "مرحبا", "<b>x</b>", "x" * 100, "=HYPERLINK(1)", "a\u2028b", "{{7*7}}", "\\0"]


def test_odd_names_are_kept_and_told_as_they_were_written(own: Reading) -> None:
    version = 1
    for text in ODD:
        asked = change(version, rule=FOUR, name=Words(zh=text, en=""), description=text * 9)
        found = saving_audiences.change(own, "four", asked).audience
        version = found.version
        assert (found.name.zh, found.name.en, found.description) == (text, text, text * 9)
        applying.export(own.desk)
        assert "audiences/four" not in filing.deeds(own)


@pytest.mark.parametrize(
    "name", [Words(zh="", en=" "), Words(zh="a\0", en="a"), Words(zh="x" * 101, en="x"), Words(zh="\ud800", en="x")]
)
def test_names_that_can_not_be_kept_are_refused(refusing: Reading, name: Words) -> None:
    with pytest.raises(TitianError) as refused:
        saving_audiences.change(refusing, "four", change(1, rule=FOUR, name=name))
    assert refused.value.code == "input"
    assert refusing.desk.audiences.numbers()["four"] == 1
