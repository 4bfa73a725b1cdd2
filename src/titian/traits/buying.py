"""Buying: traits of orders."""

from __future__ import annotations

from titian.traits.declaring import ratio, share_of, words
from titian.traits.sources import ORDERS, PURCHASE_DAYS
from titian.traits.trait import DaysSince, Derived, Fold, Term, Trait, Unit

PAID = Term("ordered_at", "amount", "is_paid")
REFUNDED_PART = Term("refund_at", "refunded", "is_refunded", sign=-1)
REFUND_ROW = Term("ordered_at", "amount", "is_refund", sign=-1)

LAST_ORDER_AT = Trait(
    "last_order_at",
    words("最近购买时间", "last order at"),
    words("最近一笔有效订单（已付款且未全额退款）的时间", "when the last paid order not fully refunded was made"),
    Unit.INSTANT,
    Fold(ORDERS, "max", (Term("ordered_at", "ordered_at", "is_purchase"),)),
)

FIRST_ORDER_AT = Trait(
    "first_order_at",
    words("首次购买时间", "first order at"),
    words("第一笔有效订单的时间", "when the first paid order not fully refunded was made"),
    Unit.INSTANT,
    Fold(ORDERS, "min", (Term("ordered_at", "ordered_at", "is_purchase"),)),
    basis=LAST_ORDER_AT,
)

RECENCY_DAYS = Trait(
    "recency_days",
    words("距上次购买", "time since last order"),
    words(
        "截至时点的本地日期减去最近一笔有效订单的本地日期",
        "local date of the as-of less that of the last order",
    ),
    Unit.DAYS,
    DaysSince(LAST_ORDER_AT),
    better="low",
    basis=LAST_ORDER_AT,
)

ORDER_COUNT = Trait(
    "order_count",
    words("购买次数", "orders"),
    words("已付款且未全额退款的订单数", "paid orders not fully refunded"),
    Unit.ORDERS,
    Fold(ORDERS, "count", (Term("ordered_at", None, "is_purchase"),)),
    empty=0,
    basis=LAST_ORDER_AT,
    windowed=True,
)

SPEND = Trait(
    "spend",
    words("消费金额", "spend"),
    words("已付金额减去退款，各按发生日期计入", "money paid less money refunded, each counted on its own date"),
    Unit.MONEY,
    Fold(ORDERS, "sum", (PAID, REFUNDED_PART, REFUND_ROW)),
    empty=0,
    basis=LAST_ORDER_AT,
    windowed=True,
)

PAID_AMOUNT = Trait(
    "paid_amount",
    words("付款总额", "paid amount"),
    words("已付款订单的金额合计，未扣退款", "money of paid orders before refunds"),
    Unit.MONEY,
    Fold(ORDERS, "sum", (PAID,)),
    empty=0,
    basis=LAST_ORDER_AT,
    windowed=True,
)

REFUND_AMOUNT = Trait(
    "refund_amount",
    words("退款总额", "refunded amount"),
    words("退回的金额合计，按退款日期计入", "money given back, counted on the date it was"),
    Unit.MONEY,
    Fold(
        ORDERS,
        "sum",
        (Term("refund_at", "refunded", "is_refunded"), Term("ordered_at", "amount", "is_refund")),
    ),
    better="low",
    empty=0,
    basis=LAST_ORDER_AT,
    windowed=True,
)

DAYS_BOUGHT = Trait(
    "purchase_days",
    words("购买天数", "purchase days"),
    words("有有效订单的本地日期数", "local days with at least one paid order not fully refunded"),
    Unit.DAYS,
    Fold(PURCHASE_DAYS, "count", (Term("at"),)),
    empty=0,
    basis=LAST_ORDER_AT,
    windowed=True,
)

TYPICAL_GAP_DAYS = Trait(
    "typical_gap_days",
    words("典型购买间隔", "typical gap"),
    words("相邻购买日间隔天数的中位数，至少两个购买日", "median days between purchase days; needs two of them"),
    Unit.DAYS,
    Fold(PURCHASE_DAYS, "quantile", (Term("at", "gap_days", "has_gap"),)),
    better="low",
    basis=LAST_ORDER_AT,
)

TENURE_DAYS = Trait(
    "tenure_days",
    words("客龄", "tenure"),
    words("首次购买至截至时点的本地天数", "local days since the first order"),
    Unit.DAYS,
    DaysSince(FIRST_ORDER_AT),
    basis=LAST_ORDER_AT,
)

AVERAGE_ORDER_VALUE = Trait(
    "average_order_value",
    words("客单价", "average order value"),
    words("消费金额（扣退款）除以购买次数", "spend (net of refunds) divided by orders"),
    Unit.MONEY,
    ratio(SPEND, ORDER_COUNT),
    basis=LAST_ORDER_AT,
    windowed=True,
)

REFUND_SHARE = Trait(
    "refund_share",
    words("退款占比", "refund share"),
    words("退款总额除以付款总额", "money refunded divided by money paid"),
    Unit.SHARE,
    ratio(REFUND_AMOUNT, PAID_AMOUNT),
    better="low",
    basis=LAST_ORDER_AT,
    windowed=True,
)

DISCOUNT_AMOUNT = Trait(
    "discount_amount",
    words("优惠总额", "discounts"),
    words("已付款订单的优惠金额合计", "money taken off the price of paid orders"),
    Unit.MONEY,
    Fold(ORDERS, "sum", (Term("ordered_at", "discount", "is_paid"),)),
    empty=0,
    basis=LAST_ORDER_AT,
    windowed=True,
)

DISCOUNT_SHARE = Trait(
    "discount_share",
    words("优惠占比", "discount share"),
    words(
        "优惠总额除以优惠前的价格（付款总额加优惠总额）",
        "discounts divided by the price before them: paid plus discounts",
    ),
    Unit.SHARE,
    Derived(
        (DISCOUNT_AMOUNT, PAID_AMOUNT),
        lambda values, _: share_of(values["discount_amount"], values["discount_amount"] + values["paid_amount"]),
    ),
    better="low",
    basis=LAST_ORDER_AT,
    windowed=True,
)

BUYING = (
    LAST_ORDER_AT,
    FIRST_ORDER_AT,
    RECENCY_DAYS,
    ORDER_COUNT,
    SPEND,
    PAID_AMOUNT,
    REFUND_AMOUNT,
    DAYS_BOUGHT,
    TYPICAL_GAP_DAYS,
    TENURE_DAYS,
    AVERAGE_ORDER_VALUE,
    REFUND_SHARE,
    DISCOUNT_AMOUNT,
    DISCOUNT_SHARE,
)
