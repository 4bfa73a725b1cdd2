"""Acting: traits of being active at all, from events and purchases together."""

from __future__ import annotations

from titian.traits.buying import FIRST_ORDER_AT, LAST_ORDER_AT
from titian.traits.declaring import earliest, latest, words
from titian.traits.doing import first_event_at
from titian.traits.knowing import KNOWN_SINCE, SIGNED_UP_AT
from titian.traits.sources import ACTIVITY_DAYS, EVENTS
from titian.traits.trait import DaysSince, Fold, Term, Trait, Unit

FIRST_EVENT_AT = Trait(
    "first_event_at",
    words("首次行为时间", "first event at"),
    words("第一次行为的时间", "when the first event happened"),
    Unit.INSTANT,
    Fold(EVENTS, "min", (Term("occurred_at", "occurred_at"),)),
)

LAST_EVENT_AT = Trait(
    "last_event_at",
    words("最近行为时间", "last event at"),
    words("最近一次行为的时间", "when the last event happened"),
    Unit.INSTANT,
    Fold(EVENTS, "max", (Term("occurred_at", "occurred_at"),)),
)

LAST_ACTIVE_AT = Trait(
    "last_active_at",
    words("最近活跃时间", "last active at"),
    words("最近一次行为或有效购买的时间", "when the last event or purchase happened"),
    Unit.INSTANT,
    latest(LAST_EVENT_AT, LAST_ORDER_AT),
)

REGISTERED_AT = Trait(
    "registered_at",
    words("注册时间", "registered at"),
    words(
        "客户资料中的注册时间或首次注册行为，取较早者", "the date of registration or the first event of it, the earlier"
    ),
    Unit.INSTANT,
    earliest(SIGNED_UP_AT, first_event_at("register")),
)

FIRST_SEEN_AT = Trait(
    "first_seen_at",
    words("首次出现时间", "first seen at"),
    words("资料、行为、订单中最早的时间", "the earliest of profile, events and purchases"),
    Unit.INSTANT,
    earliest(KNOWN_SINCE, FIRST_EVENT_AT, FIRST_ORDER_AT),
)

LAST_SIGN_AT = Trait(
    "last_sign_at",
    words("最近动静", "last sign of life"),
    words("最近一次活跃；从未活跃的，为首次出现", "the last activity; for who never was active, the first sight"),
    Unit.INSTANT,
    latest(LAST_ACTIVE_AT, FIRST_SEEN_AT),
)

ACTING = (
    FIRST_EVENT_AT,
    LAST_EVENT_AT,
    LAST_ACTIVE_AT,
    REGISTERED_AT,
    FIRST_SEEN_AT,
    LAST_SIGN_AT,
    Trait(
        "silence_days",
        words("沉默天数", "silence"),
        words(
            "距最近一次活跃的本地天数；从未活跃的，从首次出现算起",
            "local days since the last activity, else since first sight",
        ),
        Unit.DAYS,
        DaysSince(LAST_SIGN_AT),
        better="low",
    ),
    Trait(
        "active_days",
        words("活跃天数", "active days"),
        words("有行为或有效订单的本地日期数", "local days with an event or a paid order not fully refunded"),
        Unit.DAYS,
        Fold(ACTIVITY_DAYS, "count", (Term("at"),)),
        empty=0,
        basis=LAST_ACTIVE_AT,
        windowed=True,
    ),
    Trait(
        "active_days_begun",
        words("开始的活跃天数", "active days begun"),
        words(
            "首个行为或有效订单在窗口内的本地日期数，用来把相邻两个窗口分开",
            "local days whose first event or purchase lies in the window: tells one window from the one before",
        ),
        Unit.DAYS,
        Fold(ACTIVITY_DAYS, "count", (Term("first_at"),)),
        empty=0,
        basis=LAST_ACTIVE_AT,
        windowed=True,
    ),
    Trait(
        "active_gap_count",
        words("活跃间隔数", "gaps between active days"),
        words("相邻活跃日之间的间隔个数", "how many gaps lie between active days"),
        Unit.TIMES,
        Fold(ACTIVITY_DAYS, "count", (Term("at", "gap_days", "has_gap"),)),
        empty=0,
    ),
    Trait(
        "online_s",
        words("在线时长", "time spent"),
        words("行为记录的时长合计（秒）", "seconds that events say were spent"),
        Unit.SECONDS,
        Fold(EVENTS, "sum", (Term("occurred_at", "spent_s"),)),
        empty=0,
        basis=LAST_EVENT_AT,
        windowed=True,
    ),
    Trait(
        "event_count",
        words("行为次数", "events"),
        words("行为的次数", "how many events there were"),
        Unit.TIMES,
        Fold(EVENTS, "count", (Term("occurred_at"),)),
        empty=0,
        basis=LAST_EVENT_AT,
        windowed=True,
    ),
    Trait(
        "session_count",
        words("会话次数", "sessions"),
        words("不同会话的个数", "how many different sessions there were"),
        Unit.TIMES,
        Fold(EVENTS, "distinct", (Term("occurred_at", "session_id"),)),
        empty=0,
        basis=LAST_EVENT_AT,
        windowed=True,
    ),
)


def active_rhythm(share: float) -> Trait:
    """The quantile `share` of the customer's own gaps between active days, in days."""
    percent = f"{share * 100:.10g}".replace(".", "_")
    return Trait(
        f"active_gap_q{percent}_days",
        words(f"活跃间隔 {share:.0%} 分位", f"{share:.0%} gap between active days"),
        words(
            f"客户自己相邻活跃日间隔的 {share:.0%} 分位（天）",
            f"the {share:.0%} quantile of the days between the customer's own active days",
        ),
        Unit.DAYS,
        Fold(ACTIVITY_DAYS, "quantile", (Term("at", "gap_days", "has_gap"),), share),
        better="low",
    )
