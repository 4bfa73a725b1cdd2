"""The catalogue of traits: one declaration each."""

from __future__ import annotations

import re
from collections.abc import Mapping

import ibis.expr.types as ir

from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.traits.moment import Moment
from titian.traits.trait import Derived, Fold, Match, Term, Trait, Unit


def _words(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


def _ratio(over: str, under: str) -> Derived:
    def compute(values: Mapping[str, ir.Value], _moment: Moment) -> ir.Value:
        below = values[under].cast("float64")
        return values[over].cast("float64") / below.nullif(0)

    return Derived((CATALOGUE[over], CATALOGUE[under]), compute)


def _days_since(trait: Trait) -> Derived:
    return Derived((trait,), lambda values, moment: moment.days_since(values[trait.key]))


PAID = Term("ordered_at", "amount", "is_paid")
REFUNDED_PART = Term("refund_at", "refunded", "is_paid", sign=-1)
REFUND_ROW = Term("ordered_at", "amount", "is_refund", sign=-1)

LAST_ORDER_AT = Trait(
    "last_order_at",
    _words("最近购买时间", "last order at"),
    _words("最近一笔有效订单（已付款且未全额退款）的时间", "when the last paid order not fully refunded was made"),
    Unit.INSTANT,
    Fold("orders", "max", (Term("ordered_at", "ordered_at", "is_purchase"),)),
)

FIRST_ORDER_AT = Trait(
    "first_order_at",
    _words("首次购买时间", "first order at"),
    _words("第一笔有效订单的时间", "when the first paid order not fully refunded was made"),
    Unit.INSTANT,
    Fold("orders", "min", (Term("ordered_at", "ordered_at", "is_purchase"),)),
    basis=LAST_ORDER_AT,
)

CATALOGUE: dict[str, Trait] = {
    trait.key: trait
    for trait in (
        LAST_ORDER_AT,
        FIRST_ORDER_AT,
        Trait(
            "recency_days",
            _words("距上次购买", "time since last order"),
            _words(
                "截至时点的本地日期减去最近一笔有效订单的本地日期",
                "local date of the as-of less that of the last order",
            ),
            Unit.DAYS,
            _days_since(LAST_ORDER_AT),
            better="low",
            basis=LAST_ORDER_AT,
        ),
        Trait(
            "order_count",
            _words("购买次数", "orders"),
            _words("已付款且未全额退款的订单数", "paid orders not fully refunded"),
            Unit.ORDERS,
            Fold("orders", "count", (Term("ordered_at", None, "is_purchase"),)),
            empty=0,
            basis=LAST_ORDER_AT,
            windowed=True,
        ),
        Trait(
            "spend",
            _words("消费金额", "spend"),
            _words(
                "已付金额减去退款，各按发生日期计入", "money paid less money refunded, each counted on its own date"
            ),
            Unit.MONEY,
            Fold("orders", "sum", (PAID, REFUNDED_PART, REFUND_ROW)),
            empty=0,
            basis=LAST_ORDER_AT,
            windowed=True,
        ),
        Trait(
            "paid_amount",
            _words("付款总额", "paid amount"),
            _words("已付款订单的金额合计，未扣退款", "money of paid orders before refunds"),
            Unit.MONEY,
            Fold("orders", "sum", (PAID,)),
            empty=0,
            basis=LAST_ORDER_AT,
            windowed=True,
        ),
        Trait(
            "refund_amount",
            _words("退款总额", "refunded amount"),
            _words("退回的金额合计，按退款日期计入", "money given back, counted on the date it was"),
            Unit.MONEY,
            Fold(
                "orders",
                "sum",
                (Term("refund_at", "refunded", "is_paid"), Term("ordered_at", "amount", "is_refund")),
            ),
            better="low",
            empty=0,
            basis=LAST_ORDER_AT,
            windowed=True,
        ),
        Trait(
            "active_days",
            _words("购买天数", "purchase days"),
            _words("有有效订单的本地日期数", "local days with at least one paid order not fully refunded"),
            Unit.DAYS,
            Fold("purchase_days", "count", (Term("at"),)),
            empty=0,
            basis=LAST_ORDER_AT,
            windowed=True,
        ),
        Trait(
            "typical_gap_days",
            _words("典型购买间隔", "typical gap"),
            _words(
                "相邻购买日间隔天数的中位数，至少两个购买日", "median days between purchase days; needs two of them"
            ),
            Unit.DAYS,
            Fold("purchase_days", "median", (Term("at", "gap_days", "has_gap"),)),
            better="low",
            basis=LAST_ORDER_AT,
        ),
        Trait(
            "tenure_days",
            _words("客龄", "tenure"),
            _words("首次购买至截至时点的本地天数", "local days since the first order"),
            Unit.DAYS,
            _days_since(FIRST_ORDER_AT),
            basis=LAST_ORDER_AT,
        ),
    )
}

CATALOGUE |= {
    trait.key: trait
    for trait in (
        Trait(
            "average_order_value",
            _words("客单价", "average order value"),
            _words("消费金额（扣退款）除以购买次数", "spend (net of refunds) divided by orders"),
            Unit.MONEY,
            _ratio("spend", "order_count"),
            basis=LAST_ORDER_AT,
            windowed=True,
        ),
        Trait(
            "refund_share",
            _words("退款占比", "refund share"),
            _words("退款总额除以付款总额", "money refunded divided by money paid"),
            Unit.SHARE,
            _ratio("refund_amount", "paid_amount"),
            better="low",
            basis=LAST_ORDER_AT,
            windowed=True,
        ),
    )
}

_WINDOW = re.compile(r"(?P<key>.+)_(?P<days>[1-9]\d{0,4})d")
_EVENT = re.compile(r"days_since_(?P<since>.+)|(?P<event>.+)_(?P<what>count|duration_s|value)")


def trait(name: str) -> Trait:
    """The trait called `name`: one of the catalogue (`spend`), with a window (`spend_365d`), or of an event.

    Event traits are `days_since_<event>`, `<event>_count`, `<event>_duration_s` and `<event>_value`.
    Raises UnknownNameError with the valid names.
    """
    if name in CATALOGUE:
        return CATALOGUE[name]
    window = _WINDOW.fullmatch(name)
    if window:
        return trait(window["key"]).within(int(window["days"]))
    event = _EVENT.fullmatch(name)
    if event is None:
        raise UnknownNameError("trait", "指标", name, [*CATALOGUE, "days_since_<event>", "<event>_count"])
    if event["since"]:
        return days_since_event(event["since"])
    return event_trait(event["event"], event["what"])


def last_event_at(event: str) -> Trait:
    """When the customer last did `event`."""
    return Trait(
        f"last_{event}_at",
        _words(f"最近一次 {event}", f"last {event} at"),
        _words(f"最近一次行为 {event} 的时间", f"when the customer last did {event}"),
        Unit.INSTANT,
        Fold("events", "max", (Term("occurred_at", "occurred_at", Match("event", event)),)),
    )


def days_since_event(event: str) -> Trait:
    """Local days since the customer last did `event`."""
    last = last_event_at(event)
    return Trait(
        f"days_since_{event}",
        _words(f"距上次 {event}", f"days since {event}"),
        _words(f"距最近一次行为 {event} 的本地天数", f"local days since the customer last did {event}"),
        Unit.DAYS,
        _days_since(last),
        better="low",
        basis=last,
    )


def event_trait(event: str, what: str) -> Trait:
    """How often the customer did `event` (count), how long (duration_s), or the sum of its values (value)."""
    column, unit, zh, en = {
        "count": (None, Unit.TIMES, "次数", "count"),
        "duration_s": ("duration_s", Unit.SECONDS, "时长（秒）", "duration (s)"),
        "value": ("value", Unit.NONE, "数值合计", "value"),
    }[what]
    return Trait(
        f"{event}_{what}",
        _words(f"{event} {zh}", f"{event} {en}"),
        _words(f"行为 {event} 的{zh}", f"{en} of the event {event}"),
        unit,
        Fold("events", "sum" if column else "count", (Term("occurred_at", column, Match("event", event)),)),
        empty=0,
        basis=last_event_at(event),
        windowed=True,
    )
