"""Tasting: what customers favour, by what they buy and browse, and when and where they come."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import ibis
import ibis.expr.types as ir

from titian.traits.declaring import ratio, words
from titian.traits.knowing import BIRTH_DATE
from titian.traits.moment import Moment
from titian.traits.sources import Source, event_rows, order_rows
from titian.traits.trait import Derived, Fold, Term, Trait, Unit
from titian.warehouse.dataset import Dataset

BROWSED = ("view", "favourite", "cart", "search", "click")
PARTS_OF_DAY = ((5, "night"), (9, "morning"), (12, "forenoon"), (14, "noon"), (18, "afternoon"), (23, "evening"))
"""Local hours before which each part of the day ends; after the last one it is night again."""

MOST_PIECES = 10**9
MOST_MONEY = 10**14 - 1
"""What a column of money holds: so many pieces that one line would be worth more can not have been bought."""

NOTHING = ibis.literal(0).cast("decimal(18, 4)")

Votes = Callable[[Dataset, Moment], ir.Table]
"""customer_id, `value`, and what speaks for it: `money` first, then `pieces`, then `browsed`."""


def bought_items(data: Dataset, moment: Moment) -> ir.Table:
    """Items of purchases before the as_of: customer_id, product_id, category, brand, quantity, money."""
    orders = order_rows(data, moment)
    orders = orders.filter(orders.is_purchase).select("order_id", "customer_id", at="ordered_at")
    items = data.table("order_items")
    joined = items.inner_join(orders, "order_id")
    # A line that names no number of pieces, or none that can be, is of one piece.
    sane = joined.quantity.between(0, MOST_PIECES)
    said = ibis.ifelse(sane.fill_null(False), joined.quantity, 1.0).cast("decimal(18, 4)")
    worth = said.cast("decimal(19, 4)") * joined.unit_price
    possible = (worth.abs() < MOST_MONEY).fill_null(True)
    pieces = ibis.ifelse(possible, said, ibis.literal(1).cast("decimal(18, 4)"))
    money = ibis.ifelse(possible, worth, joined.unit_price.cast(worth.type())).cast("decimal(18, 4)")
    return joined.select("customer_id", "at", "product_id", "category", "brand", quantity=pieces, money=money)


def taste_votes(column: str, data: Dataset, moment: Moment) -> ir.Table:
    """Money and pieces of each category or brand bought; and how often its products were browsed, where an item named them."""
    items = bought_items(data, moment)
    bought = items.filter(items[column].notnull()).select(
        "customer_id",
        value=column,
        money=items.money.coalesce(NOTHING),
        pieces=items.quantity,
        browsed=ibis.literal(0).cast("int64"),
    )
    named = items.filter(items.product_id.notnull()).group_by("product_id").aggregate(taste=items[column].max())
    events = event_rows(data, moment)
    seen = events.filter(events.event.isin(data.meanings.all_names(BROWSED)), events.product_id.notnull())
    browsed = seen.select("customer_id", "product_id").inner_join(named, "product_id")
    browsed = browsed.filter(browsed.taste.notnull())
    return ibis.union(bought, _one_vote(browsed, browsed.taste))


def _acts(data: Dataset, moment: Moment) -> ir.Table:
    """Instants at which customers did or bought something, and where."""
    events, orders = event_rows(data, moment), order_rows(data, moment)
    parts = {
        "events": events.select("customer_id", at=events.occurred_at, city=events.city),
        "orders": orders.filter(orders.is_purchase).select(
            "customer_id", at=orders.ordered_at, city=ibis.null("string")
        ),
    }
    return ibis.union(*([part for name, part in parts.items() if data.has(name)] or parts.values()))


def part_of_day(data: Dataset, moment: Moment) -> ir.Table:
    """One vote per act for the part of the local day in which it was done."""
    acts = _acts(data, moment)
    hour = moment.local(acts.at).hour()
    part = ibis.cases(*((hour < end, name) for end, name in PARTS_OF_DAY), else_="night")
    return _one_vote(acts, part)


def weekday_or_weekend(data: Dataset, moment: Moment) -> ir.Table:
    """One vote per act for weekday or weekend (Saturday and Sunday of the local calendar)."""
    acts = _acts(data, moment)
    # The first of January 1970 was a Thursday.
    weekend = (moment.local_day_number(acts.at) + 3) % 7 >= 5
    return _one_vote(acts, ibis.ifelse(weekend, "weekend", "weekday"))


def usual_place(data: Dataset, moment: Moment) -> ir.Table:
    """One vote per event for the city in which it was done."""
    acts = _acts(data, moment)
    acts = acts.filter(acts.city.notnull())
    return _one_vote(acts, acts.city)


def _one_vote(acts: ir.Table, value: ir.StringValue) -> ir.Table:
    one = ibis.literal(1).cast("int64")
    return acts.select("customer_id", value=value, money=NOTHING, pieces=NOTHING, browsed=one)


def _dominant(votes: Votes, data: Dataset, moment: Moment) -> ir.Table:
    """customer_id, `value` and `at`: the value with most for it, ties in the order of the alphabet."""
    given = votes(data, moment)
    counted = given.group_by("customer_id", "value").aggregate(
        money=given.money.sum(), pieces=given.pieces.sum(), browsed=given.browsed.sum()
    )
    order = [ibis.desc("money"), ibis.desc("pieces"), ibis.desc("browsed"), "value"]
    place = ibis.row_number().over(ibis.window(group_by="customer_id", order_by=order))
    best = counted.mutate(place=place)
    return best.filter(best.place == 0).select("customer_id", "value", at=moment.beginning)


def _favourite(key: str, zh: str, en: str, says: tuple[str, str], tables: tuple[str, ...], votes: Votes) -> Trait:
    source = Source(f"dominant {key}", tables, "at", partial(_dominant, votes), either=tables == ("events", "orders"))
    return Trait(key, words(zh, en), words(*says), Unit.CATEGORY, Fold(source, "max", (Term("at", "value"),)))


ITEMS = Source("bought items", ("order_items", "orders"), "at", bought_items)

_ITEM_MONEY = Trait(
    "item_money",
    words("商品金额", "money of items"),
    words("购买商品的单价乘数量合计", "price times quantity of the items bought"),
    Unit.MONEY,
    Fold(ITEMS, "sum", (Term("at", "money"),)),
    empty=0,
    windowed=True,
)

_ITEM_COUNT = Trait(
    "item_count",
    words("购买件数", "items bought"),
    words("购买商品的件数", "how many pieces were bought"),
    Unit.NONE,
    Fold(ITEMS, "sum", (Term("at", "quantity"),)),
    empty=0,
    windowed=True,
)

AGE = Trait(
    "age_years",
    words("年龄", "age"),
    words("截至时点的周岁，按生日计算", "full years of age on the day of the as-of"),
    Unit.NONE,
    Derived((BIRTH_DATE,), lambda values, moment: moment.years_since(values["birth_date"])),
)

TASTING = (
    _ITEM_MONEY,
    _ITEM_COUNT,
    AGE,
    Trait(
        "average_item_price",
        words("平均件单价", "average item price"),
        words("商品金额除以件数：客户习惯的价位", "money of items divided by pieces: the price level they are used to"),
        Unit.MONEY,
        ratio(_ITEM_MONEY, _ITEM_COUNT),
        windowed=True,
    ),
    _favourite(
        "favourite_category",
        "偏好品类",
        "favourite category",
        (
            "买得最多的品类，先看金额再看件数；没买过的，看得最多的",
            "bought most of, by money, then by pieces; for who bought nothing, browsed most",
        ),
        ("order_items", "orders"),
        partial(taste_votes, "category"),
    ),
    _favourite(
        "favourite_brand",
        "偏好品牌",
        "favourite brand",
        (
            "买得最多的品牌，先看金额再看件数；没买过的，看得最多的",
            "bought most of, by money, then by pieces; for who bought nothing, browsed most",
        ),
        ("order_items", "orders"),
        partial(taste_votes, "brand"),
    ),
    _favourite(
        "part_of_day",
        "常来时段",
        "part of day",
        ("行为和购买最多的时段（本地时间）", "the part of the local day with most events and purchases"),
        ("events", "orders"),
        part_of_day,
    ),
    _favourite(
        "part_of_week",
        "工作日或周末",
        "part of week",
        ("行为和购买更多在工作日还是周末", "whether most events and purchases are on weekdays or weekends"),
        ("events", "orders"),
        weekday_or_weekend,
    ),
    _favourite(
        "usual_city",
        "常在城市",
        "usual city",
        ("行为最多的城市", "the city with most events"),
        ("events",),
        usual_place,
    ),
)
