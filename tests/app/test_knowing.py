"""The four things to know of a customer: told by the data, filled in by the team, kept, taken back, and still unknown."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from titian.app import auditing, importing, knowing
from titian.app import workspace as workspaces
from titian.app.answers.knowing import CustomerKnowing, SayingAsked, ThingKnown, ThingSaid
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.domain.mapping import Mapping
from titian.domain.things import KEYS, THINGS
from titian.errors import ConflictError, InputError, NotFoundError, UnknownNameError
from titian.warehouse.progress import silent

TABLES = {
    "customers": "customer_id,name,channel,first_seen_at\nann,Ann,live,2024-01-02\nbob,Bob,,2024-01-02\ncid,Cid,,2024-01-02\n",
    "orders": "order_id,customer_id,ordered_at,amount,channel\n1,ann,2024-01-05,10,app\n2,bob,2024-04-01,20,\n",
    "order_items": "item_id,order_id,category,brand,quantity,unit_price\ni,2,tea,Hill,1,20\n",
    "invites": "inviter_id,invitee_id,invited_at,joined_at\nann,cid,2024-02-01,2024-02-02\nann,,2024-02-03,\n",
    "links": "from_id,to_id,kind,linked_at\nbob,ann,follow,2024-02-01\n",
    "answers": "customer_id,answered_at,score,text\n"
    "ann,2024-03-02,2,slow\nann,2024-03-05,4.5,\nbob,2024-03-20,,so so\ncid,2024-03-03,,\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop of three customers of whom the data tell different things."""
    folder = tmp_path_factory.mktemp("small")
    with Desk(workspaces.init(folder / "shop", WorkspaceSettings(timezone="UTC"))) as desk:
        for table, text in TABLES.items():
            (path := folder / f"{table}.csv").write_text(text, "utf-8")
            columns = {name: name for name in text.splitlines()[0].split(",")}
            importing.load(
                desk, SourceAsked(str(path)), Mapping(table=table, columns=columns), strict=True, progress=silent
            )
    return folder / "shop"


@pytest.fixture(scope="module")
def told(small: Path) -> dict[str, CustomerKnowing]:
    """What the data tell of each."""
    with Desk(workspaces.read(small)) as desk, desk.reading() as reading:
        return {who: knowing.of_customer(reading, who) for who in ("ann", "bob", "cid")}


def by_key(found: CustomerKnowing) -> dict[str, ThingKnown]:
    return {one.key: one for one in found.things}


def of(desk: Desk, customer: str, as_of: date | None = None) -> dict[str, ThingKnown]:
    with desk.reading() as reading:
        return by_key(knowing.of_customer(reading, customer, as_of))


def say(
    desk: Desk, customer: str, thing: str, choice: str | None = None, text: str = "", seen: str | None = None
) -> ThingSaid:
    with desk.reading() as reading:
        return knowing.say(reading, customer, thing, SayingAsked(choice=choice, text=text, seen=seen))


def lines(found: ThingKnown) -> list[str]:
    return [words.en for words in found.data]


def test_the_data_tell_where_somebody_is_from_by_profile_first_touch_and_inviter(
    told: dict[str, CustomerKnowing],
) -> None:
    assert lines(by_key(told["ann"])["where_from"]) == [
        "the profile names the channel live",
        "first seen over the channel app",
    ]
    assert lines(by_key(told["cid"])["where_from"]) == ["joined on the invitation of ann"]
    assert lines(by_key(told["bob"])["where_from"]) == []


def test_the_data_tell_how_they_judge_it_by_the_last_score_and_words(told: dict[str, CustomerKnowing]) -> None:
    assert lines(by_key(told["ann"])["judgement"]) == [
        "the last score they gave is 4.5",
        "answered surveys, 2 in all",
        "last said: “slow”",
    ]
    assert lines(by_key(told["bob"])["judgement"]) == ["answered surveys, 1 in all", "last said: “so so”"]
    assert lines(by_key(told["cid"])["judgement"]) == []


def test_the_data_tell_whom_they_can_bring_by_invites_and_followers(told: dict[str, CustomerKnowing]) -> None:
    assert lines(by_key(told["ann"])["can_bring"]) == ["brought 1 so far", "invitations sent: 2", "followers: 1"]
    assert lines(by_key(told["bob"])["can_bring"]) == []


def test_no_data_tell_why_somebody_ordered_they_only_hint(told: dict[str, CustomerKnowing]) -> None:
    for found in told.values():
        assert not by_key(found)["why_ordered"].known
    hints = [words.en for words in by_key(told["bob"])["why_ordered"].hints]
    assert hints == ["buys most of the category tea", "buys most of the brand Hill"]
    assert by_key(told["cid"])["why_ordered"].hints == ()


def test_what_neither_data_nor_team_say_is_listed_as_unknown(told: dict[str, CustomerKnowing]) -> None:
    assert {who: found.unknown for who, found in told.items()} == {
        "ann": ("why_ordered",),
        "bob": ("where_from", "why_ordered", "can_bring"),
        "cid": ("why_ordered", "judgement", "can_bring"),
    }
    for found in told.values():
        assert [one.key for one in found.things] == list(KEYS)
        assert all(len(one.choices) > 3 and one.question.zh.endswith("？") for one in found.things)


def test_only_data_before_the_day_count(small: Path) -> None:
    with Desk(workspaces.read(small)) as desk:
        assert lines(of(desk, "ann", date(2024, 3, 4))["judgement"])[0] == "the last score they gave is 2"
        assert lines(of(desk, "bob", date(2024, 3, 21))["judgement"])[-1] == "last said: “so so”"
        assert not of(desk, "cid", date(2024, 2, 2))["where_from"].known


def test_what_the_team_says_is_shown_with_who_and_when_and_the_data_beside(own_desk: Desk) -> None:
    done = say(own_desk, "00003", "why_ordered", "gift", " for her mother ")
    assert (done.changed, done.entry is not None) == (True, True)
    found = of(own_desk, "00003")["why_ordered"]
    assert found.said == done.said
    assert found.said is not None
    assert found.said.choice is not None
    assert (found.said.choice.key, found.said.text, found.said.by) == ("gift", "for her mother", "python")
    assert (found.known, len(found.history)) == (True, 1)


def test_an_edit_keeps_what_was_there_and_an_undo_brings_it_back(own_desk: Desk) -> None:
    say(own_desk, "00003", "can_bring", "friends")
    second = say(own_desk, "00003", "can_bring", "family", "two sisters")
    assert [one.text for one in of(own_desk, "00003")["can_bring"].history] == ["two sisters", ""]
    back = knowing.take_back(own_desk, str(second.entry))
    assert back.said is not None
    assert back.said.choice is not None
    assert (back.said.choice.key, back.changed, back.entry) == ("friends", True, None)
    assert not knowing.take_back(own_desk, str(second.entry)).changed
    told = of(own_desk, "00003")["can_bring"].history
    assert [one.taken_back_at is None for one in told] == [False, True]


def test_said_the_same_again_nothing_changes(own_desk: Desk) -> None:
    first = say(own_desk, "00003", "judgement", "mixed")
    before = auditing.lines(own_desk).found
    again = say(own_desk, "00003", "judgement", "mixed")
    assert (again.said, again.changed, again.entry) == (first.said, False, None)
    assert not say(own_desk, "00003", "can_bring").changed
    assert auditing.lines(own_desk).found == before


def test_cleared_it_is_unknown_again_and_that_can_be_taken_back_too(own_desk: Desk) -> None:
    say(own_desk, "00003", "judgement", text="fine")
    cleared = say(own_desk, "00003", "judgement")
    assert (cleared.said, cleared.changed) == (None, True)
    assert not of(own_desk, "00003")["judgement"].known
    assert knowing.take_back(own_desk, str(cleared.entry)).said is not None
    assert of(own_desk, "00003")["judgement"].known


def test_who_writes_over_what_they_did_not_see_is_stopped(own_desk: Desk) -> None:
    first = say(own_desk, "00003", "judgement", text="fine", seen="")
    with pytest.raises(ConflictError):
        say(own_desk, "00003", "judgement", text="bad", seen="")
    assert say(own_desk, "00003", "judgement", text="bad", seen=str(first.entry)).changed
    with pytest.raises(ConflictError):
        knowing.take_back(own_desk, str(first.entry))


def test_lines_of_the_log_hold_neither_what_is_said_nor_of_whom(own_desk: Desk) -> None:
    done = say(own_desk, "00003", "why_ordered", "gift", "a secret")
    knowing.take_back(own_desk, str(done.entry))
    undone, said = auditing.lines(own_desk).lines[:2]
    assert [line.action for line in (said, undone)] == ["known.say", "known.undo"]
    assert said.details == {"thing": "why_ordered", "chosen": True, "characters": 8}
    assert all(line.said.zh != line.action for line in (said, undone))
    every = said.model_dump_json() + undone.model_dump_json()
    assert not [word for word in ("secret", "gift", '"00003"') if word in every]


@pytest.mark.parametrize(
    ("customer", "thing", "asked", "error"),
    [
        ("nobody", "judgement", SayingAsked(text="x"), NotFoundError),
        ("00003", "shoe_size", SayingAsked(text="x"), UnknownNameError),
        ("00003", "\ud800", SayingAsked(text="x"), UnknownNameError),
        ("00003", "judgement", SayingAsked(choice="gift"), UnknownNameError),
        ("00003", "judgement", SayingAsked(text="x" * 501), InputError),
        ("00003", "judgement", SayingAsked(text="a\0b"), InputError),
    ],
    ids=["nobody", "no thing", "no text", "no choice", "long", "nul"],
)
def test_what_can_not_be_said_is_refused_and_changes_nothing(
    own_desk: Desk, customer: str, thing: str, asked: SayingAsked, error: type[Exception]
) -> None:
    with own_desk.reading() as reading, pytest.raises(error):
        knowing.say(reading, customer, thing, asked)
    assert own_desk.sayings.all_that_holds() == []


def test_nobody_is_not_known(own_desk: Desk) -> None:
    with own_desk.reading() as reading, pytest.raises(NotFoundError):
        knowing.of_customer(reading, "nobody")
    with pytest.raises(NotFoundError):
        knowing.take_back(own_desk, "nothing")


def test_to_look_makes_no_store(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path / "shop", ignore=shutil.ignore_patterns("store.sqlite*"))
    with Desk(workspaces.read(tmp_path / "shop")) as desk:
        assert of(desk, "ann")["judgement"].history == ()
        assert desk.stored.there is None


@pytest.mark.parametrize("thing", KEYS)
def test_every_choice_is_named_in_both_languages_and_fits_the_store(thing: str) -> None:
    found = THINGS[thing]  # type: ignore[index]
    assert len(thing) <= 20
    for key, name in found.choices.items():
        assert len(key) <= 40
        assert name.zh
        assert name.en
        assert name.zh != name.en
