"""AARRR: the stages at their edges, what is said where nobody can be in one, and why."""

from __future__ import annotations

import pytest

import titian as tt
from tests.layering.stories import AS_OF, ago, bought, codes, did, layer_of, registered, sentences, told
from tests.oracle.village import Invite
from titian.errors import MissingDataError
from titian.layering.contract import LayeringError

PATH = [(40.5, "view"), (40.4, "cart"), (40.3, "purchase")]
OFTEN = [(day + 0.5, "home") for day in range(8)]


@pytest.mark.parametrize(
    ("doings", "stage"),
    [
        ([(1, "view")], "acquisition"),
        ([(9, "register")], "acquisition"),
        ([(9, "register"), (9, "view")], "acquisition"),
        ([(9, "register"), (8, "view")], "activation"),
        ([(9, "view"), (8, "register")], "acquisition"),
        (PATH, "retention"),
        ([*PATH, (11.5, "home")], "retention"),
        ([*PATH, (10.5, "home")], "revenue"),
        ([*PATH, *OFTEN], "referral"),
        (OFTEN, "acquisition"),
        ([(20, "view"), (12.5, "cart"), (12, "purchase")], "acquisition"),
        ([(20, "view"), (14, "view"), (12.5, "cart"), (12, "purchase")], "retention"),
    ],
    ids=[
        "seen",
        "registered and nothing since",
        "nothing later than the registration",
        "something later",
        "something earlier only",
        "path done",
        "29 days kept on",
        "30 days kept on",
        "active on 8 days",
        "active without the path",
        "path too slow",
        "path in time from a later start",
    ],
)
def test_the_first_match_from_the_top_wins(doings: list[tuple[float, str]], stage: str) -> None:
    assert layer_of(tt.AARRR(), told(did("a", *doings))) == stage


def test_a_registration_may_stand_in_the_profile_alone() -> None:
    data = told(did("a", (3, "view")), people=[registered("a", 5), registered("b", 5), registered("c", None)])
    got = tt.AARRR().assign(data, as_of=AS_OF).to_pandas()
    assert dict(zip(got["customer_id"], got["layer"], strict=True)) == {
        "a": "activation",
        "b": "acquisition",
        "c": "acquisition",
    }


def test_the_event_of_registering_after_the_date_of_the_profile_is_no_activity() -> None:
    data = told(did("a", (4.4, "register")), people=[registered("a", 5)])
    assert layer_of(tt.AARRR(), data) == "acquisition"


def test_revenue_may_ask_for_a_payment() -> None:
    path = ("view", "cart")
    kept = [(60, "view"), (60, "cart"), (5, "home")]
    asking = tt.AARRR(core_path=path, revenue_needs_payment=True)
    assert layer_of(asking, told(did("a", *kept))) == "retention"
    assert layer_of(asking, told(did("a", *kept), bought("a", 7))) == "revenue"
    assert layer_of(asking, told(did("a", *kept), bought("a", 7, refunded=True))) == "retention"


@pytest.mark.parametrize(
    ("sent", "stage"),
    [
        ([], "retention"),
        ([Invite("a", "a", ago(3))], "retention"),
        ([Invite("b", "a", ago(3))], "retention"),
        ([Invite("a", None, ago(3))], "referral"),
        ([Invite("a", "b", ago(-3))], "retention"),
    ],
    ids=["none", "to oneself", "received", "sent", "sent later"],
)
def test_referral_may_ask_for_an_invitation(sent: list[Invite], stage: str) -> None:
    doings = [*((day + 0.5, "home") for day in range(8)), (5.4, "view"), (5.3, "cart"), (5.2, "purchase")]
    data = told(did("a", *doings), invites=sent)
    assert layer_of(tt.AARRR(referral_needs_invite=True), data) == stage


def test_an_event_of_inviting_is_an_invitation() -> None:
    data = told(did("a", *PATH, *OFTEN, (3, "invite")))
    assert layer_of(tt.AARRR(referral_needs_invite=True), data) == "referral"


def test_orders_alone_say_nothing_of_a_path() -> None:
    with pytest.raises(MissingDataError, match="events"):
        tt.AARRR().assign(tt.Dataset(orders=told(orders=bought("a", 1)).table("orders").to_pyarrow()), as_of=AS_OF)


def test_a_step_that_never_occurs_is_named_with_events_that_do() -> None:
    data = told(did("a", (3, "view"), (2, "view"), (2, "home")))
    (note,) = (
        note
        for note in tt.AARRR(core_path="view,buy it").assign(data, as_of=AS_OF).notes
        if note.code.startswith("path")
    )
    assert "buy it" in note.text.en
    assert "view, home" in note.text.en
    assert "view、home" in note.text.zh


def test_with_ten_thousand_event_names_a_few_are_listed() -> None:
    data = told(did("a", *((3, f"event {n}") for n in range(10_000))))
    notes = tt.AARRR().assign(data, as_of=AS_OF).notes
    assert max(len(note.text.en) for note in notes) < 400


def test_where_nobody_is_known_to_have_registered_it_is_said() -> None:
    assert "nobody_registered" in codes(tt.AARRR(), told(did("a", (1, "view"))))
    assert "nobody_registered" not in codes(tt.AARRR(), told(did("a", (1, "view"), (1, "register"))))


def test_empty_layers_are_named() -> None:
    (note,) = (n for n in tt.AARRR().assign(told(did("a", (1, "view"))), as_of=AS_OF).notes if n.code == "empty_layers")
    assert note.text.en.startswith("Nobody is in: Referral, Revenue, Retention, Activation.")


def test_events_of_the_future_and_of_nobody_change_nothing() -> None:
    now = did("a", (9, "register"))
    later = told([*now, *did("a", (-20_000, "view")), *did("b", (-3, "view"))])
    assert layer_of(tt.AARRR(), later) == "acquisition"
    assert set(tt.AARRR().assign(later, as_of=AS_OF).to_pandas()["customer_id"]) == {"a"}


def test_why_a_stage_says_when_the_path_was_done_and_what_came_after() -> None:
    path, active, kept, silent = sentences(tt.AARRR(), told(did("a", *PATH, (10.5, "home"))))
    assert path == "did the core path (view → cart → purchase) on 2024-05-21 16:48"
    assert active == "active days in 30 days 1 day, short of the fixed line of 8 days"
    assert kept == "days kept on 30 days, meets the fixed line of 30 days"
    assert silent == "silent for 11 days"


def test_why_an_early_stage_says_what_is_known_of_the_registration() -> None:
    data = told([*did("a", (9, "register"), (8, "view")), *did("b", (9, "register")), *did("c", (1, "view"))])
    assert (
        sentences(tt.AARRR(), data)[1]
        == "registered on 2024-06-22 00:00 and has done things since, last on 2024-06-23 00:00"
    )
    assert sentences(tt.AARRR(), data, "b")[1] == "registered on 2024-06-22 00:00 and nothing since"
    assert sentences(tt.AARRR(), data, "c", "zh") == [
        "还没有走完核心路径（浏览 → 加购 → 购买，7 天内）",
        "没有注册记录",
        "已沉默 1 天",
    ]


def test_why_a_stage_that_asks_more_says_whether_it_was_met() -> None:
    asking = tt.AARRR(revenue_needs_payment=True, referral_needs_invite=True)
    said = sentences(asking, told(did("a", *PATH)))
    assert "has invited nobody" in said
    assert "has paid" in said


@pytest.mark.parametrize(
    ("wrong", "what", "zh"),
    [
        ({"core_path": []}, "core_path", "至少要有 1 项"),
        ({"core_path": ["view", " "]}, "names an event", "行为名"),
        ({"core_path": ["view"] * 11}, "at most 10", "最多 10 步"),
        ({"referral_active_days": 40}, "30 days do not hold 40", "不可能有 40 个活跃日"),
        ({"path_limit_days": 0}, "path_limit_days", "应大于 0"),
        ({"keep_days": -1}, "keep_days", "不能小于 0"),
    ],
    ids=["no step", "an empty step", "eleven steps", "more days than there are", "no time", "negative days"],
)
def test_a_wrong_parameter_is_said_in_both_languages(wrong: dict[str, object], what: str, zh: str) -> None:
    with pytest.raises(LayeringError, match=what) as refused:
        tt.AARRR(**wrong)
    assert zh in refused.value.zh
    assert "core_path" in refused.value.hint


def test_a_path_can_be_written_as_one_text() -> None:
    assert tt.AARRR(core_path="view, cart，purchase") == tt.AARRR(core_path=("view", "cart", "purchase"))
