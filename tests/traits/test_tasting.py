"""What customers favour, and when they come: plain loops over the lines, the browsing and the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK, differences
from tests.layering.stories import AS_OF, ago, bought, did
from tests.oracle import known
from tests.oracle.communities import community
from tests.oracle.village import Event, Item, Village, handed

SCENES = {"part_of_day": known.part_of_day, "part_of_week": known.part_of_week, "usual_city": known.usual_city}
LINES = ("item_money", "item_count", "average_item_price")
SEEN = {seed: community(seed) for seed in (6, 13)}
every_community = pytest.mark.parametrize(("seen", "end"), SEEN.values(), ids=SEEN)


def values(data: tt.Dataset, name: str, end: datetime = AS_OF) -> dict[str, object]:
    """A trait by customer, with none for what is not known."""
    found = tt.traits([name], data, as_of=end)
    named = zip(found["customer_id"], found[name], strict=True)
    return {who: None if value is None or value != value else value for who, value in named}


def expected(seen: Village, end: datetime) -> dict[str, Mapping[str, object]]:
    """Every trait of tastes, as the oracle tells them."""
    everyone = seen.everyone(end)
    found: dict[str, Mapping[str, object]] = {
        name: {who: tell(seen, who, end) for who in everyone} for name, tell in SCENES.items()
    }
    lines = {who: known.bought(seen, who, end) for who in everyone}
    money = {who: float(sum(map(known.worth, each))) for who, each in lines.items()}
    pieces = {who: float(sum(map(known.pieces, each))) for who, each in lines.items()}
    price = {who: money[who] / pieces[who] if pieces[who] else None for who in everyone}
    found |= dict(zip(LINES, (money, pieces, price), strict=True))
    for column in ("category", "brand"):
        found[f"favourite_{column}"] = {who: known.favourite(seen, who, end, column) for who in everyone}
    return found


def compare(seen: Village, end: datetime, *names: str) -> None:
    data, told = handed(seen), expected(seen, end)
    for name in names or told:
        if data.has("orders") or name in SCENES:
            assert differences(values(data, name, end), told[name]) == {}, name


@every_community
def test_favourites_and_scenes_are_those_of_the_rows(seen: Village, end: datetime) -> None:
    compare(seen, end, "favourite_category", "favourite_brand", "part_of_day", "average_item_price")


@pytest.mark.full
@settings(QUICK, max_examples=25)
@given(st.integers(0, 10**6))
def test_every_taste_is_that_of_the_rows_in_many_communities(seed: int) -> None:
    compare(*community(seed))


def tea_shop(*items: tuple[str, str | None, float | None, str | None], views: str = "") -> tt.Dataset:
    """Customer a bought these (product, category, pieces, price) and looked at those products."""
    lines = [
        Item("a9", product, category, None, pieces, None if price is None else Decimal(price))
        for product, category, pieces, price in items
    ]
    seen = [Event("a", "view", ago(2), None, product) for product in views.split()]
    return handed(Village("UTC", tuple(seen), tuple(bought("a", 9)), items=tuple(lines)))


CASES = {
    "most money": (tea_shop(("p", "茶", 1, "30"), ("q", "cups", 20, "1")), "茶"),
    "a tie of money is for who has more pieces": (tea_shop(("p", "b", 1, "6"), ("q", "c", 2, "3")), "c"),
    "a tie of both is for what was looked at": (tea_shop(("p", "b", 1, "6"), ("q", "c", 1, "6"), views="q"), "c"),
    "a tie of all is for the alphabet": (tea_shop(("q", "c", 1, "6"), ("p", "b", 1, "6")), "b"),
    "without prices the pieces count": (tea_shop(("p", "b", 1, None), ("q", "c", 3, None)), "c"),
    "what has no price was bought all the same": (tea_shop(("p", "z", 1, None), views="p"), "z"),
    "a line of no category tells nothing": (tea_shop(("p", None, 1, "99"), ("q", "c", 1, "1")), "c"),
    "money taken off is less than nothing": (tea_shop(("p", "off", 1, "-5"), ("q", "c", 1, "0")), "c"),
    "nothing bought or named": (tea_shop(views="p q"), None),
}


@pytest.mark.parametrize(("data", "favourite"), CASES.values(), ids=CASES)
def test_a_favourite_is_what_speaks_most_for_itself(data: tt.Dataset, favourite: str | None) -> None:
    assert values(data, "favourite_category") == {"a": favourite}


def test_who_only_looks_favours_what_others_have_bought_under_that_name() -> None:
    looks = [Event("b", name, ago(3), None, "p") for name in ("view", "加购", "pv")]
    village = Village("UTC", tuple(looks), tuple(bought("a", 9)), items=(Item("a9", "p", "茶", None, 1, Decimal(1)),))
    assert values(handed(village), "favourite_category") == {"a": "茶", "b": "茶"}


def test_orders_that_are_no_purchase_make_no_favourite() -> None:
    orders = [*bought("a", 9, status="unpaid"), *bought("b", 9, refunded=True), *bought("c", -3)]
    items = tuple(Item(order.order_id, "p", "茶", None, 1, Decimal(1)) for order in orders)
    village = Village("UTC", tuple(did("c", (1, "home"))), tuple(orders), items=items)
    assert values(handed(village), "favourite_category") == {"a": None, "b": None, "c": None}


@pytest.mark.parametrize(
    ("pieces", "price", "money"),
    [
        (999_999_999.0, "99999999999999", 99_999_999_999_999.0),
        (1_000_000_000.0, "9999.99", 9_999_990_000_000.0),
        (4_006_381_333_931.0, "5", 5.0),
        (None, "5", 5.0),
        (-2.0, "5", 5.0),
        (0.0, "5", 0.0),
    ],
)
def test_pieces_that_nobody_can_have_bought_are_one(pieces: float | None, price: str, money: float) -> None:
    assert values(tea_shop(("p", "茶", pieces, price)), "item_money") == {"a": money}


def test_a_part_of_the_day_begins_with_its_first_hour() -> None:
    parts = {
        "night": (23, 0, 4), "morning": (5, 8), "forenoon": (9, 11), "noon": (12, 13), "afternoon": (14, 17), "evening": (18, 22),
    }  # fmt: skip
    expected = {f"{hour:02}": part for part, hours in parts.items() for hour in hours}
    events = [Event(hour, "home", datetime(2024, 6, 12, int(hour), tzinfo=AS_OF.tzinfo)) for hour in expected]
    assert values(handed(Village("UTC", tuple(events))), "part_of_day") == expected


@pytest.mark.parametrize(("zone", "part"), [("Asia/Shanghai", "weekend"), ("America/New_York", "weekday")])
def test_the_weekend_is_that_of_the_local_calendar(zone: str, part: str) -> None:
    friday_evening = datetime(2024, 6, 14, 20, tzinfo=AS_OF.tzinfo)
    assert values(handed(Village(zone, (Event("a", "home", friday_evening),))), "part_of_week") == {"a": part}
