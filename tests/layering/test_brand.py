"""AIPL, 5A, 4A and growth: what reaches each stage, and their windows."""

from __future__ import annotations

import pytest

import titian as tt
from tests.layering.stories import AS_OF, ago, bought, did, layer_of, registered, sentences, told
from tests.oracle.village import Invite
from titian.layering.contract import LayeringError

Doings = list[tuple[float, str]]


@pytest.mark.parametrize("event", ["exposure", "click", "view", "product_view", "浏览"])
def test_one_passive_contact_is_aware(event: str) -> None:
    data = told(did("a", (15, event)))
    assert {layer_of(model, data) for model in (tt.AIPL(), tt.FiveA(), tt.FourA())} == {"aware"}


@pytest.mark.parametrize(
    ("doings", "aipl", "five_a", "four_a"),
    [
        ([(16, "view")], "none", "none", "none"),
        ([(3, "exposure"), (2, "exposure")], "aware", "aware", "aware"),
        ([(3, "view"), (2, "view")], "interest", "appeal", "appeal"),
        ([(16, "view"), (2, "view")], "aware", "aware", "aware"),
        ([(2, "favourite")], "interest", "appeal", "appeal"),
        ([(2, "follow")], "interest", "appeal", "appeal"),
        ([(2, "like")], "none", "appeal", "appeal"),
        ([(2, "search")], "interest", "ask", "appeal"),
        ([(2, "cart")], "interest", "ask", "appeal"),
        ([(2, "join")], "interest", "ask", "appeal"),
        ([(2, "comment")], "none", "ask", "appeal"),
        ([(16, "search")], "none", "none", "none"),
        ([(913, "purchase")], "purchase", "act", "act"),
        ([(914, "purchase")], "none", "none", "none"),
        ([(365, "purchase"), (3, "purchase")], "loyalty", "act", "act"),
        ([(366, "purchase"), (3, "purchase")], "purchase", "act", "act"),
        ([(3.1, "purchase"), (3.2, "purchase")], "purchase", "act", "act"),
        ([(365, "praise")], "loyalty", "advocate", "advocate"),
        ([(366, "share")], "none", "none", "none"),
        ([(9, "refer")], "loyalty", "advocate", "advocate"),
    ],
    ids=str,
)
def test_what_reaches_which_stage(doings: Doings, aipl: str, five_a: str, four_a: str) -> None:
    data = told(did("a", *doings))
    assert (layer_of(tt.AIPL(), data), layer_of(tt.FiveA(), data), layer_of(tt.FourA(), data)) == (aipl, five_a, four_a)


def test_with_five_stages_those_who_speak_stand_above_those_who_buy_again() -> None:
    five = tt.AIPL(advocacy=True)
    data = told([*did("a", (9, "share")), *did("b", (9, "purchase"), (8, "purchase"))])
    assert (layer_of(five, data), layer_of(five, data, "b")) == ("advocacy", "loyalty")
    keys = [layer.key for layer in five.assign(data, as_of=AS_OF).fitted.layers]
    assert keys == ["advocacy", "loyalty", "purchase", "interest", "aware", "none"]


def test_windows_are_parameters() -> None:
    data = told(did("a", (20, "view"), (20, "search"), (200, "purchase"), (190, "purchase")))
    assert layer_of(tt.AIPL(loyalty_days=100), data) == "purchase"
    assert layer_of(tt.AIPL(loyalty_days=100, purchase_days=100), data) == "none"
    assert layer_of(tt.AIPL(loyalty_days=100, purchase_days=100, interest_days=20), data) == "interest"
    assert layer_of(tt.AIPL(loyalty_purchase_days=3), data) == "purchase"


def test_purchases_come_from_orders_alone_too() -> None:
    orders = [*bought("a", 3), *bought("b", 3, 5), *bought("c", 3, refunded=True), *bought("d", 999)]
    data = told(orders=orders)
    assert [layer_of(tt.AIPL(), data, who) for who in "abcd"] == ["purchase", "loyalty", "none", "none"]


@pytest.mark.parametrize("model", [tt.AIPL, tt.FiveA, tt.FourA, tt.Growth], ids=lambda model: model.kind)
def test_customers_who_did_nothing_are_the_people_of_opportunity(model: type[tt.Layering]) -> None:
    data = told(did("b", (1, "view")), people=[registered("a", 5)])
    got = model().assign(data, as_of=AS_OF)
    assert got.row("a")["layer"] == "none"
    none = got.fitted.layer("none")
    assert (none.rank, none.name.zh) == (None, "机会人群")
    assert got.explain("a")


@pytest.mark.parametrize(
    ("doings", "orders", "invites", "layer"),
    [
        ([], (), [], "none"),
        ([(900, "anything")], (), [], "reached"),
        ([], (900,), [], "bought"),
        ([], (900.1, 900.2), [], "bought"),
        ([], (900, 5), [], "bought_again"),
        ([(9, "purchase"), (8, "purchase")], (), [], "bought_again"),
        ([], (), [Invite("a", "b", ago(9), ago(8))], "brought_others"),
        ([], (), [Invite("a", "b", ago(9), None)], "none"),
        ([], (), [Invite("a", "a", ago(9), ago(8))], "none"),
    ],
    ids=["known", "did", "bought", "same day", "again", "by events", "brought", "invited only", "oneself"],
)
def test_growth(doings: Doings, orders: tuple[float, ...], invites: list[Invite], layer: str) -> None:
    data = told(did("a", *doings), bought("a", *orders), [registered("a", None)], invites)
    assert layer_of(tt.Growth(), data) == layer


def test_growth_may_look_at_a_window_and_ask_for_more() -> None:
    data = told(orders=bought("a", 3, 5, 100))
    assert layer_of(tt.Growth(window_days=4), data) == "bought"
    assert layer_of(tt.Growth(again_days=3), data) == "bought_again"
    assert layer_of(tt.Growth(again_days=3, window_days=30), data) == "bought"


def test_invitations_alone_are_enough_for_growth() -> None:
    invites = told(did("x", (1, "y")), invites=[Invite("a", "b", ago(9), ago(8))]).table("invites").to_pyarrow()
    data = tt.Dataset(invites=invites, timezone="UTC")
    assert (layer_of(tt.Growth(), data), layer_of(tt.Growth(), data, "b")) == ("brought_others", "none")


def test_why_a_brand_stage_names_what_reached_it() -> None:
    said = sentences(tt.AIPL(), told(did("a", (3, "view"), (2, "view"))))
    assert said == [
        "view count in 15 days: 2, enough for “Interest”, which takes 2",
        "days with a purchase in 913 days: 0 days, 1 day short of the 1 day that “Purchase” takes",
    ]


@pytest.mark.parametrize("model", [tt.AIPL, tt.FiveA, tt.FourA], ids=lambda model: model.kind)
@pytest.mark.parametrize("days", [0, -5, "soon", 1.5])
def test_windows_that_are_none_are_refused(model: type[tt.Layering], days: object) -> None:
    with pytest.raises(LayeringError, match="aware_days") as refused:
        model(aware_days=days)
    assert refused.value.zh != refused.value.message
